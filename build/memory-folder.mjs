/** A folder in memory, for files that are written to the disk thousands of times and thrown away. */
import { chmodSync, mkdtempSync, statfsSync } from 'node:fs';
import { join } from 'node:path';

const memory = '/dev/shm';
const ROOM = 2 * 2 ** 30;

/** A new folder that others may enter, as the system's temporary one; undefined where there is no room in memory. */
export function memoryFolder(prefix) {
  if (process.platform !== 'linux') return undefined;
  try {
    const { bavail, bsize } = statfsSync(memory);
    if (bavail * bsize < ROOM) return undefined;
    const folder = mkdtempSync(join(memory, prefix));
    chmodSync(folder, 0o755);
    return folder;
  } catch {
    return undefined;
  }
}
