/**
 * Copies of the database: made while the server runs, put back while it does not. A database that was put back is another one than
 * consoles know: its epoch is new, so that they start over, and offer what they have an answer for and it lacks.
 */
import { randomUUID } from 'node:crypto';
import { chmodSync, closeSync, constants, copyFileSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { migrations } from './migrate.ts';
import { databaseFile } from './sqlite-store.ts';

/** What a person can mend; told as it is. */
export class CopyError extends Error {}

/** What SQLite keeps beside a database. */
const sides = ['-wal', '-shm'] as const;

/** One consistent state of the database, also while a server writes to it. @throws CopyError */
export async function backUp(dataDir: string, file: string): Promise<void> {
  const source = databaseFile(dataDir);
  if (!existsSync(source)) throw new CopyError(`There is no database in ${dataDir}.`);
  if (existsSync(file)) throw new CopyError(`${file} exists already; a backup overwrites nothing.`);
  // Before there is anything in it: it holds everything that the database holds.
  closeSync(openSync(file, 'wx', 0o600));
  const db = new Database(source, { readonly: true });
  try {
    await db.backup(file);
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  } finally {
    db.close();
  }
}

/**
 * Puts a backup in the place of the database, which is kept beside it under the name that is returned (null: there was none). Everybody
 * signs in anew: a session that was ended since the backup must not live again. @throws CopyError and leaves everything as it is
 */
export function restore(dataDir: string, file: string, now: Date): { kept: string | null } {
  if (!existsSync(file)) throw new CopyError(`There is no file ${file}.`);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const target = databaseFile(dataDir);
  const prepared = `${target}.restoring`;
  remove(prepared);
  try {
    copyFileSync(file, prepared);
    chmodSync(prepared, 0o600);
    prepare(prepared, file, now);
    sync(prepared);
    const kept = existsSync(target) ? `${target}.before-${now.toISOString().replace(/[-:]|\.\d+/g, '')}` : null;
    if (kept !== null) keep(target, kept);
    // A log without its database, or of the one before, is none of the one that comes.
    for (const side of sides) rmSync(target + side, { force: true });
    // At every moment there is a whole database under the name: a server that found none would begin an empty one.
    renameSync(prepared, target);
    syncFolder(dataDir);
    return { kept };
  } finally {
    remove(prepared);
  }
}

/** Refuses what is no whole database of this server or an older one; makes it another one than consoles know. */
export function prepare(prepared: string, file: string, now: Date): void {
  const db = new Database(prepared);
  try {
    const { state, version } = asked(db, file);
    if (state !== 'ok') throw new CopyError(`${file} is damaged: ${String(state)}`);
    if (typeof version !== 'number') throw new CopyError(`${file} is no backup of a Guichet server.`);
    if (version > migrations.length)
      throw new CopyError(
        `${file} is from a newer server (schema ${version}, this one knows ${migrations.length}). Restore it with that version.`,
      );
    db.transaction(() => {
      db.prepare('UPDATE position SET epoch = ?').run(randomUUID());
      db.prepare('UPDATE session SET revoked_at = coalesce(revoked_at, ?)').run(now.toISOString());
    })();
    // One file, whole, before it takes the place.
    db.pragma('journal_mode = DELETE');
  } finally {
    db.close();
  }
}

function asked(db: Database.Database, file: string): { state: unknown; version: unknown } {
  try {
    const state = db.pragma('quick_check', { simple: true });
    return { state, version: db.prepare('SELECT max(version) FROM schema_version').pluck().get() };
  } catch {
    throw new CopyError(`${file} is no backup of a Guichet server.`);
  }
}

/** A copy of the database that is replaced, with what its log holds; as it lies there when it is damaged, which is why one restores. */
function keep(target: string, kept: string): void {
  const db = new Database(target, { timeout: 500 });
  try {
    // Puts the log into the database, which works only where nobody else has it open.
    db.pragma('journal_mode = DELETE');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code.startsWith('SQLITE_BUSY')) throw new CopyError(`A server runs on ${target}. Stop it, then restore.`);
  } finally {
    db.close();
  }
  for (const part of ['', ...sides]) {
    if (!existsSync(target + part)) continue;
    copyFileSync(target + part, kept + part, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    chmodSync(kept + part, 0o600);
    sync(kept + part);
  }
}

/** A database, or what has become of one, with all that lies beside it. */
export function remove(database: string): void {
  for (const part of ['', ...sides]) rmSync(database + part, { force: true });
}

export function sync(file: string): void {
  const handle = openSync(file, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
function syncFolder(folder: string): void {
  // Windows cannot open a folder; its rename is journalled.
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
