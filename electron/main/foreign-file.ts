/** Files that came from outside and are saved for the person: the system is told, so that it asks before it runs one. */
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What every system takes as a name; those that Windows keeps for devices get an underscore. */
export function savedName(name: string): string {
  const clean = name.replace(/[<>:"/\\|?*]/g, '_').replace(/[. ]+$/, '');
  return /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(clean) || clean === '' ? `_${clean}` : clean;
}

/** The zone of the internet, as browsers write it. */
export const zoneMark = '[ZoneTransfer]\r\nZoneId=3\r\n';
/** "0081": downloaded, not yet looked at by its user. */
export function quarantineMark(now: Date): string {
  return `0081;${Math.floor(now.getTime() / 1000).toString(16)};Guichet;`;
}

/** Leaves the file unmarked where the place cannot hold marks (a memory stick): it is saved all the same. */
export async function markAsForeign(file: string, platform: NodeJS.Platform = process.platform, now: Date = new Date()): Promise<void> {
  try {
    if (platform === 'win32') writeFileSync(`${file}:Zone.Identifier`, zoneMark);
    else if (platform === 'darwin') await run('/usr/bin/xattr', ['-w', 'com.apple.quarantine', quarantineMark(now), file]);
  } catch (error) {
    console.warn(`a saved file could not be marked: ${error instanceof Error && 'code' in error ? String(error.code) : 'internal'}`);
  }
}
