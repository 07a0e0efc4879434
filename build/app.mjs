/** Builds the console into out/ when its sources are newer than the last build. */
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './place.mjs';
import { run } from './run.mjs';

const sources = ['electron', 'renderer', 'shared', 'resources', 'electron.vite.config.ts', 'package.json', 'package-lock.json'];
const stamp = join(root, 'out', '.built');

/** Resolves with the exit code of the build, 0 when there was nothing to do. */
export async function buildWhenStale() {
  const built = modified(stamp);
  if (built > 0 && sources.every((source) => newest(join(root, source)) <= built)) return 0;
  return buildApp();
}

export async function buildApp() {
  // Taken before the build: what is saved while it runs makes it stale.
  const from = new Date();
  const code = await run('electron-vite', ['build', '--logLevel', 'warn']);
  if (code === 0) writeFileSync(stamp, `${from.toISOString()}\n`);
  return code;
}

/** Milliseconds since the epoch; folders count too, so that a deleted file is seen. */
function newest(path) {
  const own = modified(path);
  try {
    return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), own);
  } catch {
    return own;
  }
}

function modified(path) {
  try {
    return statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}
