/** Opens outbox.db; a damaged file is kept aside, and what can still be read of it goes into a new one. */
import { existsSync, renameSync } from 'node:fs';
import { Outbox } from './outbox.ts';
import { isCorrupt, openSqlite } from './sqlite.ts';

const salvaged = ['meta', 'operation', 'draft', 'call', 'rejection'];

/** `damaged`: where the old file lies, for the technician. Throws a CoreError for a file from a newer Guichet. */
export function openOutbox(file: string): { outbox: Outbox; damaged: string | null } {
  try {
    return { outbox: checked(file), damaged: null };
  } catch (error) {
    if (!isCorrupt(error)) throw error;
    const damaged = `${file}.damaged-${new Date().toISOString().replace(/[:.]/g, '')}`;
    for (const suffix of ['', '-wal', '-shm']) if (existsSync(file + suffix)) renameSync(file + suffix, damaged + suffix);
    const outbox = new Outbox(file);
    for (const table of salvaged) salvage(damaged, outbox, table);
    return { outbox, damaged };
  }
}

function checked(file: string): Outbox {
  const outbox = new Outbox(file);
  const state = outbox.db.pragma('quick_check(1)', { simple: true });
  if (state === 'ok') return outbox;
  outbox.close();
  throw Object.assign(new Error(String(state)), { code: 'SQLITE_CORRUPT' });
}

/** Row by row, until the damage: a row that was read whole is good. */
function salvage(damaged: string, outbox: Outbox, table: string): void {
  try {
    const db = openSqlite(damaged, { readonly: true });
    try {
      for (const row of db.prepare<[], Record<string, unknown>>(`SELECT * FROM ${table}`).iterate()) {
        const names = Object.keys(row);
        outbox.db
          .prepare(`INSERT OR IGNORE INTO ${table}(${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`)
          .run(...Object.values(row));
      }
    } finally {
      db.close();
    }
  } catch (error) {
    console.warn(`outbox.db: the rest of "${table}" could not be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
