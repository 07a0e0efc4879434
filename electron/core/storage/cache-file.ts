/**
 * cache.db as a file: made, thrown away when it is of no use any more, and replaced by cache.next.db, which a resync loads beside it
 * (docs/decisions/0016).
 */
import { existsSync, renameSync, rmSync } from 'node:fs';
import { uptime } from 'node:os';
import { CACHE_VERSION, cacheSchema } from './cache-schema.ts';
import { dropAside, setAside } from './damaged.ts';
import { releaseSettled } from './settle.ts';
import { isCorrupt, openSqlite } from './sqlite.ts';

/** A clock that is set moves the moment at which the machine seems to have started. */
const BOOT_SLACK_S = 60;
/** A ticket with its lines is 4 to 5 kB: three of them to a page. With the usual 4 kB the file is nearly twice as large, and slower to fill. */
const PAGE_BYTES = 16_384;
/** In this order: a log that is found beside another database would be taken for its own. */
const PARTS = ['', '-wal', '-shm'] as const;

/** When this machine started, in seconds since 1970, as near as its clock tells. */
export function bootedAt(): number {
  return Math.round(Date.now() / 1000 - uptime());
}

/** Where a resync loads what will replace this cache.db. */
export function nextFileOf(file: string): string {
  return file.replace(/\.db$/, '.next.db');
}

/**
 * Leaves a cache.db that can be worked with: a swap that was cut off is brought to its end, and what is of another version, another
 * person's, or was being filled when the machine went down is deleted. A half-filled next one stays, to be gone on with. A damaged one
 * is kept aside: its name there, or null.
 */
export function prepareCacheFile(file: string, personId: string | null): string | null {
  const next = nextFileOf(file);
  const coming = stateOf(next, personId);
  if (coming === 'complete') swapCacheFile(file);
  else if (coming === 'of_no_use' || coming === 'damaged') removeCacheFile(next);
  const found = stateOf(file, personId);
  if (found === 'of_no_use') removeCacheFile(file);
  const aside = found === 'damaged' ? setCacheAside(file) : null;
  if (!existsSync(file)) makeCacheFile(file);
  return aside;
}

/** Nobody in this process may have it open. Returns where it lies now. */
export function setCacheAside(file: string): string {
  removeCacheFile(nextFileOf(file));
  releaseSettled(file);
  dropAside(file);
  return setAside(file);
}

export function makeCacheFile(file: string): void {
  const db = openSqlite(file);
  db.pragma(`page_size = ${PAGE_BYTES}`);
  db.pragma('journal_mode = WAL');
  db.transaction(() => {
    db.exec(cacheSchema);
    db.pragma(`user_version = ${CACHE_VERSION}`);
  })();
  db.close();
}

export function removeCacheFile(file: string): void {
  releaseSettled(file);
  for (const part of PARTS) rmSync(file + part, { force: true });
}

/**
 * Puts the next one, which is complete, in the place of this cache.db. Nobody in this process may have either open. A process that is
 * killed in here leaves a complete next one, and the next start does the rest.
 */
export function swapCacheFile(file: string): void {
  const next = nextFileOf(file);
  // What a killed process left in its log belongs into the file before that has another name.
  if (existsSync(`${next}-wal`)) stateOf(next, null);
  removeCacheFile(file);
  renameSync(next, file);
}

function stateOf(file: string, personId: string | null): 'missing' | 'of_no_use' | 'damaged' | 'half' | 'complete' {
  if (!existsSync(file)) return 'missing';
  try {
    const db = openSqlite(file);
    try {
      if (db.pragma('user_version', { simple: true }) !== CACHE_VERSION) return 'of_no_use';
      const read = db.prepare<[string], string>('SELECT value FROM meta WHERE name = ?').pluck();
      const meta = (name: string) => read.get(name) as string | undefined;
      const unsettled = meta('unsettled');
      // The close below writes the log into the file: nobody has to wait for the disk where the file is settled later anyway.
      if (unsettled !== undefined) db.pragma('synchronous = OFF');
      const isOnDisk = unsettled === undefined || Math.abs(Number(unsettled.split(' ')[0]) - bootedAt()) < BOOT_SLACK_S;
      const owner = meta('person');
      if (!isOnDisk || (personId !== null && owner !== undefined && owner !== personId)) return 'of_no_use';
      return meta('position') === undefined ? 'half' : 'complete';
    } finally {
      db.close();
    }
  } catch (error) {
    if (!isCorrupt(error)) throw error;
    return 'damaged';
  }
}
