/**
 * Copies of the database: made while the server runs, put back while it does not. A database that was put back is another one than
 * consoles know: its epoch is new, so that they start over, and offer what they have an answer for and it lacks.
 */
import { randomUUID } from 'node:crypto';
import { chmodSync, closeSync, copyFileSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { migrations } from './migrate.ts';

/** What a person can mend; told as it is. */
export class CopyError extends Error {}

const databaseIn = (dataDir: string) => join(dataDir, 'guichet.db');

/** One consistent state of the database, also while a server writes to it. @throws CopyError */
export async function backUp(dataDir: string, file: string): Promise<void> {
  const source = databaseIn(dataDir);
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
  check(file);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const target = databaseIn(dataDir);
  const prepared = join(dataDir, 'guichet.db.restoring');
  for (const suffix of ['', '-wal', '-shm']) rmSync(prepared + suffix, { force: true });
  copyFileSync(file, prepared);
  chmodSync(prepared, 0o600);
  const db = new Database(prepared);
  try {
    db.transaction(() => {
      db.prepare('UPDATE position SET epoch = ?').run(randomUUID());
      db.prepare('UPDATE session SET revoked_at = coalesce(revoked_at, ?)').run(now.toISOString());
    })();
    // One file, whole, before it takes the place.
    db.pragma('journal_mode = DELETE');
  } finally {
    db.close();
  }
  sync(prepared);
  const kept = existsSync(target) ? `${target}.before-${now.toISOString().replace(/[-:]|\.\d+/g, '')}` : null;
  if (kept !== null) {
    closeAlone(target, prepared);
    renameSync(target, kept);
  }
  renameSync(prepared, target);
  sync(dataDir);
  return { kept };
}

/** It is a Guichet database, whole, and not of a newer server. */
function check(file: string): void {
  if (!existsSync(file)) throw new CopyError(`There is no file ${file}.`);
  let version: unknown;
  let state: unknown;
  try {
    const db = new Database(file, { readonly: true });
    try {
      state = db.pragma('quick_check', { simple: true });
      version = db.prepare('SELECT max(version) FROM schema_version').pluck().get();
    } finally {
      db.close();
    }
  } catch {
    throw new CopyError(`${file} is no backup of a Guichet server.`);
  }
  if (state !== 'ok') throw new CopyError(`${file} is damaged: ${String(state)}`);
  if (typeof version !== 'number') throw new CopyError(`${file} is no backup of a Guichet server.`);
  if (version > migrations.length)
    throw new CopyError(
      `${file} is from a newer server (schema ${version}, this one knows ${migrations.length}). Restore it with that version.`,
    );
}

/** Puts the write-ahead log into the database and takes it away, which works only where nobody else has it open. */
function closeAlone(target: string, prepared: string): void {
  const db = new Database(target, { timeout: 500 });
  try {
    db.pragma('journal_mode = DELETE');
    if (db.pragma('journal_mode', { simple: true }) !== 'delete') throw new Error('in use');
  } catch {
    rmSync(prepared, { force: true });
    throw new CopyError(`A server runs on ${target}. Stop it, then restore.`);
  } finally {
    db.close();
  }
}

function sync(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } catch {
    // Some systems sync no folders; the files themselves are on the disk.
  } finally {
    closeSync(handle);
  }
}
