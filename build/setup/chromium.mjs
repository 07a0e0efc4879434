/** A real browser for the requesters' pages: the Chromium of this machine. Where there is none, the tests of those pages are left out. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installOptional } from './optional-packages.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Its program; undefined: there is none on the path. */
export function chromiumProgram() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(isProgram);
}

export function ensureChromium() {
  if (!chromiumProgram()) installOptional('chromium');
}

/** Why no browser can be tested with here; undefined when one can. */
export function whyNoChromium() {
  return chromiumProgram() ? undefined : 'there is no Chromium here (Debian: apt-get install chromium)';
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
