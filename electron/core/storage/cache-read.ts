/** Reading cache.db: a connection that SQLite itself opens read-only, so that nothing that holds it can write. */
import { rowSchemas, type TableName } from '#shared/domain/model.ts';
import { overlaySchema } from './cache-schema.ts';
import { type RowSource, rowSource } from './rows.ts';
import { openSqlite, type Sqlite } from './sqlite.ts';

export interface CacheReader {
  /** For the list queries of view/; read-only, with the temporary overlay tables. */
  db: Sqlite;
  rows: RowSource;
  meta(name: string): string | null;
  /** "epoch:seq:tag" of the last applied page; null before the first bootstrap is complete. */
  position(): string | null;
  ticketCount(): number;
  /** Every row sorted by table and id, in code-unit order. */
  eachRow(): Generator<{ table: TableName; row: { id: string } }>;
  /** What `read` asks for is of one moment, and the file is locked once for all of it. */
  atOneMoment<T>(read: () => T): T;
  close(): void;
}

/** The file must be there: sync/bootstrap.ts makes it. */
export function openCacheReader(file: string): CacheReader {
  const db = openSqlite(file, { readonly: true });
  db.exec(overlaySchema);
  const meta = db.prepare<[string], string>('SELECT value FROM meta WHERE name = ?').pluck();
  const count = db.prepare<[], number>('SELECT count(*) FROM ticket').pluck();
  const rows = rowSource(db);
  const read = (name: string) => (meta.get(name) as string | undefined) ?? null;
  return {
    db,
    rows,
    meta: read,
    position: () => read('position'),
    ticketCount: () => count.get() as number,
    eachRow: () => sortedRows(rows),
    atOneMoment: (read) => db.transaction(read)(),
    close: () => db.close(),
  };
}

function* sortedRows(rows: RowSource): Generator<{ table: TableName; row: { id: string } }> {
  for (const table of Object.keys(rowSchemas).sort() as TableName[]) {
    const all: { id: string }[] = rows.all(table);
    for (const row of all.sort((a, b) => (a.id < b.id ? -1 : 1))) yield { table, row };
  }
}
