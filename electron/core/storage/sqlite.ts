/** Opens SQLite files; the only place that loads the addon. */
import Database from 'better-sqlite3';

export type Sqlite = Database.Database;
export type Statement = Database.Statement<unknown[]>;

/** better-sqlite3 13 needs Node-API 10; below it the process would crash instead of failing. */
function refuseOldRuntime(): void {
  const level = Number(process.versions.napi);
  if (level < 10) throw new Error(`This runtime offers Node-API ${level}; SQLite needs 10 (Node 22.14 or newer).`);
}

export function openSqlite(file: string, options: { readonly?: boolean } = {}): Sqlite {
  refuseOldRuntime();
  const db = new Database(file, { readonly: options.readonly ?? false, timeout: 5_000 });
  try {
    db.pragma('temp_store = memory');
    db.pragma('cache_size = -32000');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** What was read cannot be what was written, although SQLite found nothing wrong with the page: treated like one that it did. */
export class DamagedRow extends Error {
  readonly code = 'SQLITE_CORRUPT';
}

/** SQLITE_CORRUPT or not a database at all. */
export function isCorrupt(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB';
}
