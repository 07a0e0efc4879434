/** Opens outbox.db; what can still be read of a damaged one is saved into a new one, and the damaged one is kept aside. */
import { existsSync, renameSync, rmSync } from 'node:fs';
import { setAside } from './damaged.ts';
import { Outbox } from './outbox.ts';
import { type OperationRecord, operationOf } from './outbox-rows.ts';
import { DamagedRow, isCorrupt, openSqlite, type Sqlite } from './sqlite.ts';

/**
 * `damaged`: where the old file lies, for the technician. `thorough`: looks also at what SQLite cannot judge, the content of each row.
 * Throws a CoreError for a file from a newer Guichet.
 */
export function openOutbox(file: string, { thorough = false } = {}): { outbox: Outbox; damaged: string | null } {
  const saved = file.replace(/\.db$/, '.saved.db');
  // A process was killed while it put the saved rows in the place of the damaged ones: it had them all.
  if (existsSync(saved) && !existsSync(file)) {
    const damaged = setAside(file);
    renameSync(saved, file);
    return { outbox: checked(file, thorough), damaged };
  }
  try {
    return { outbox: checked(file, thorough), damaged: null };
  } catch (error) {
    if (!isCorrupt(error)) throw error;
    for (const part of ['', '-wal', '-shm']) rmSync(saved + part, { force: true });
    save(file, saved);
    const damaged = setAside(file);
    renameSync(saved, file);
    return { outbox: new Outbox(file), damaged };
  }
}

function checked(file: string, thorough: boolean): Outbox {
  const outbox = new Outbox(file);
  try {
    const state = outbox.db.pragma('quick_check(1)', { simple: true });
    if (state !== 'ok') throw new DamagedRow(String(state));
    if (thorough) for (const table of tablesOf(outbox.db)) for (const row of rowsOf(outbox.db, table)) judge(table, row);
    return outbox;
  } catch (error) {
    outbox.close();
    throw error;
  }
}

function save(damaged: string, saved: string): void {
  const outbox = new Outbox(saved);
  try {
    // One transaction, so that it is there as a whole or not at all.
    outbox.transaction(() => {
      for (const table of tablesOf(outbox.db)) {
        // From both ends, up to the damage: what lies between two damaged places is lost, what lies around one is not.
        for (const order of ['ASC', 'DESC'] as const) saveRows(damaged, outbox.db, table, order);
      }
    });
  } finally {
    outbox.close();
  }
}

function saveRows(damaged: string, to: Sqlite, table: string, order: 'ASC' | 'DESC'): void {
  try {
    const db = openSqlite(damaged, { readonly: true });
    try {
      for (const row of rowsOf(db, table, order)) {
        const names = Object.keys(row);
        if (!isGood(table, row)) continue;
        to.prepare(`INSERT OR IGNORE INTO ${table}(${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`).run(
          ...Object.values(row),
        );
      }
    } finally {
      db.close();
    }
  } catch (error) {
    if (!isCorrupt(error)) throw error;
    console.warn(`outbox.db: the rest of "${table}" could not be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

type AnyRecord = Record<string, unknown>;

function tablesOf(db: Sqlite): string[] {
  return db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'").pluck().all() as string[];
}

/** In the order of the table itself, without any index. */
function rowsOf(db: Sqlite, table: string, order: 'ASC' | 'DESC' = 'ASC'): IterableIterator<AnyRecord> {
  const key = db.prepare('SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk').pluck().all(table) as string[];
  const by = key.map((name) => `${name} ${order}`).join(', ');
  return db.prepare<[], AnyRecord>(`SELECT * FROM ${table} NOT INDEXED ORDER BY ${by}`).iterate();
}

/** @throws DamagedRow */
function judge(table: string, row: AnyRecord): void {
  if (table === 'operation') operationOf(row as unknown as OperationRecord);
  else if (typeof row.content === 'string') jsonOf(row.content);
}
function isGood(table: string, row: AnyRecord): boolean {
  try {
    judge(table, row);
    return true;
  } catch (error) {
    console.warn(`outbox.db: a row of "${table}" is damaged: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new DamagedRow(error instanceof Error ? error.message : String(error));
  }
}
