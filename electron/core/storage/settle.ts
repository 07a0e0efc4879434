/** Brings a file that SQLite wrote without waiting for the disk onto the disk, while the process goes on. */
import { existsSync } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';

/**
 * By name and inode. Never closed before the process ends: on POSIX systems the first close of a file ends every lock that the process
 * has on it, those of SQLite too.
 */
const kept = new Map<string, FileHandle>();

/** Resolves once everything written so far to the database and its write-ahead log is on the disk. */
export async function settle(file: string): Promise<void> {
  for (const name of [`${file}-wal`, file]) {
    // There is no log once the last connection has put it into the database.
    if (name !== file && !existsSync(name)) continue;
    const key = `${name}:${(await stat(name)).ino}`;
    const handle = kept.get(key) ?? (await open(name, 'r+'));
    kept.set(key, handle);
    await handle.datasync();
  }
}
