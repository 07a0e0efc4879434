/** cache.db as a file: made, and thrown away when it is of no use any more. */
import { existsSync, rmSync } from 'node:fs';
import { uptime } from 'node:os';
import { CACHE_VERSION, cacheSchema } from './cache-schema.ts';
import { isCorrupt, openSqlite } from './sqlite.ts';

/** A clock that is set moves the moment at which the machine seems to have started. */
const BOOT_SLACK_S = 60;
/** A ticket with its lines is 4 to 5 kB: three of them to a page. With the usual 4 kB the file is nearly twice as large, and slower to fill. */
const PAGE_BYTES = 16_384;

/** When this machine started, in seconds since 1970, as near as its clock tells. */
export function bootedAt(): number {
  return Math.round(Date.now() / 1000 - uptime());
}

/**
 * Makes cache.db, or deletes and makes it anew when it is of another version, damaged, another person's, or was being filled when
 * the machine went down.
 */
export function prepareCacheFile(file: string, personId: string | null): void {
  if (existsSync(file)) {
    try {
      const db = openSqlite(file);
      const version = db.pragma('user_version', { simple: true });
      const meta = (name: string) =>
        db.prepare<[string], string>('SELECT value FROM meta WHERE name = ?').pluck().get(name) as string | undefined;
      const owner = version === CACHE_VERSION ? meta('person') : undefined;
      const unsettled = version === CACHE_VERSION ? meta('unsettled') : undefined;
      const isOnDisk = version === CACHE_VERSION && (unsettled === undefined || Math.abs(Number(unsettled) - bootedAt()) < BOOT_SLACK_S);
      db.close();
      if (isOnDisk && (personId === null || owner === undefined || owner === personId)) return;
    } catch (error) {
      if (!isCorrupt(error)) throw error;
    }
    for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
  }
  const db = openSqlite(file);
  db.pragma(`page_size = ${PAGE_BYTES}`);
  db.pragma('journal_mode = WAL');
  db.transaction(() => {
    db.exec(cacheSchema);
    db.pragma(`user_version = ${CACHE_VERSION}`);
  })();
  db.close();
}
