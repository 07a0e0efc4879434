/** Brings a file that SQLite wrote without waiting for the disk onto the disk, while the process goes on. */
import { existsSync } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';

/**
 * By name and inode. Closed only once nobody in this process has the database open (`releaseSettled`): on POSIX systems the first close
 * of a file ends every lock that the process has on it, those of SQLite too.
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

/** The file is about to be deleted, and nobody has it open: its room on the disk comes back only when it is closed here too. */
export function releaseSettled(file: string): void {
  for (const [key, handle] of kept) {
    if (!key.startsWith(`${file}:`) && !key.startsWith(`${file}-wal:`)) continue;
    kept.delete(key);
    handle.close().catch((error: unknown) => console.warn(`${file}: ${error instanceof Error ? error.message : String(error)}`));
  }
}
