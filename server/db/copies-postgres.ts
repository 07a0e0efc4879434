/**
 * Copies of a database in PostgreSQL: files of SQLite with the same tables. So a backup needs no further program whose version has to
 * fit, and what was taken from one kind of database can be put back into the other.
 */
import { chmodSync, closeSync, copyFileSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { type Kysely, sql, type Transaction } from 'kysely';
import { CopyError, prepare, remove, sync } from './copies.ts';
import { openPostgres, reaching, SERVING, whereIs } from './dialect-postgres.ts';
import { openSqliteWriter } from './dialect-sqlite.ts';
import { type Migration, migrate, migrations } from './migrate.ts';
import { migratePostgres } from './postgres-store.ts';
import type { Tables } from './tables.ts';

const ROWS_AT_ONCE = 500;
type StoredRow = Record<string, string | number | Buffer | null>;

/** One consistent state of the database, also while servers write to it. @throws CopyError, DatabaseUnavailableError */
export async function backUpPostgres(url: string, file: string): Promise<void> {
  await using(url, (db) => copyTo(db, url, file));
}

/**
 * Puts a backup in the place of what is in the database, of which a backup is kept in the data folder under the name that is returned
 * (null: there was nothing). @throws CopyError, DatabaseUnavailableError, and leaves everything as it is
 */
export async function restorePostgres(url: string, dataDir: string, file: string, now: Date): Promise<{ kept: string | null }> {
  if (!existsSync(file)) throw new CopyError(`There is no file ${file}.`);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const prepared = join(dataDir, 'postgresql.restoring');
  remove(prepared);
  try {
    copyFileSync(file, prepared);
    chmodSync(prepared, 0o600);
    prepare(prepared, file, now);
    await bringTo(prepared, migrations, now);
    return await using(url, (db) =>
      db.connection().execute(async (connection) => {
        const { rows } = await sql<{ free: boolean }>`select pg_try_advisory_lock(${SERVING}) as free`.execute(connection);
        if (!rows[0]?.free) throw new CopyError(`A server runs on ${whereIs(url)}. Stop it, then restore.`);
        const name = `postgresql.before-${now.toISOString().replace(/[-:]|\.\d+/g, '')}.db`;
        const kept = (await schemaVersion(db)) === undefined ? null : join(dataDir, name);
        if (kept !== null) await copyTo(db, url, kept);
        await migratePostgres(db, () => now);
        await db.transaction().execute((tx) => replaceAll(tx, prepared));
        await sql`analyze`.execute(db);
        return { kept };
      }),
    );
  } finally {
    remove(prepared);
  }
}

/** What it holds in the process's name, locks too, ends with its connections. */
function using<T>(url: string, work: (db: Kysely<Tables>) => Promise<T>): Promise<T> {
  const db = openPostgres(url);
  return reaching(url, () => work(db)).finally(() => db.destroy());
}

/** Undefined: no Guichet server ever used it. */
async function schemaVersion(db: Kysely<Tables>): Promise<number | undefined> {
  const { rows } = await sql<{ there: boolean }>`select to_regclass('schema_version') is not null as there`.execute(db);
  if (!rows[0]?.there) return undefined;
  const { version } = await db
    .selectFrom('schema_version')
    .select((e) => e.fn.max('version').as('version'))
    .executeTakeFirstOrThrow();
  return version;
}

async function copyTo(db: Kysely<Tables>, url: string, file: string): Promise<void> {
  const version = await schemaVersion(db);
  if (version === undefined) throw new CopyError(`There is no database of a Guichet server at ${whereIs(url)}.`);
  if (version > migrations.length)
    throw new CopyError(`${whereIs(url)} is used by a newer server (schema ${version}, this one knows ${migrations.length}).`);
  if (existsSync(file)) throw new CopyError(`${file} exists already; a backup overwrites nothing.`);
  // Before there is anything in it: it holds everything that the database holds.
  closeSync(openSync(file, 'wx', 0o600));
  try {
    await bringTo(file, migrations.slice(0, version), new Date());
    const copy = new Database(file);
    try {
      copy.pragma('journal_mode = DELETE');
      copy.pragma('synchronous = OFF');
      copy.pragma('foreign_keys = OFF');
      await db
        .transaction()
        .setIsolationLevel('repeatable read')
        .setAccessMode('read only')
        .execute(async (tx) => {
          for (const table of tablesOf(copy)) await copyTable(tx, table, copy);
        });
    } finally {
      copy.close();
    }
    sync(file);
  } catch (error) {
    remove(file);
    throw error;
  }
}

/** The schema of these migrations, in a file of SQLite that may have rows already. */
async function bringTo(file: string, list: readonly Migration[], now: Date): Promise<void> {
  const writer = openSqliteWriter(file);
  try {
    await migrate(writer, () => now, list);
  } finally {
    await writer.destroy();
  }
}

/** In the order in which they were made: what a row refers to comes before it. */
function tablesOf(file: Database.Database): string[] {
  return file
    .prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid")
    .pluck()
    .all() as string[];
}

/** A cursor: the table may be larger than the memory. */
async function copyTable(tx: Transaction<Tables>, table: string, copy: Database.Database): Promise<void> {
  const columns = copy.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(table) as string[];
  const quoted = columns.map((name) => `"${name}"`).join(', ');
  const insert = copy.prepare(`INSERT INTO "${table}" (${quoted}) VALUES (${columns.map(() => '?').join(', ')})`);
  const put = copy.transaction((rows: StoredRow[]) => {
    for (const row of rows) insert.run(columns.map((name) => row[name]));
  });
  copy.exec(`DELETE FROM "${table}"`);
  await sql`declare rows_of no scroll cursor for select * from ${sql.table(table)}`.execute(tx);
  for (;;) {
    const { rows } = await sql<StoredRow>`fetch ${sql.lit(ROWS_AT_ONCE)} from rows_of`.execute(tx);
    put(rows);
    if (rows.length < ROWS_AT_ONCE) break;
  }
  await sql`close rows_of`.execute(tx);
}

async function replaceAll(tx: Transaction<Tables>, prepared: string): Promise<void> {
  const file = new Database(prepared, { readonly: true });
  try {
    const tables = tablesOf(file);
    await sql`truncate ${sql.join(tables.map((table) => sql.table(table)))}`.execute(tx);
    for (const table of tables) {
      let rows: StoredRow[] = [];
      const put = async () => {
        if (rows.length > 0)
          await tx
            .insertInto(table as keyof Tables)
            .values(rows as never)
            .execute();
        rows = [];
      };
      for (const row of file.prepare<[], StoredRow>(`SELECT * FROM "${table}"`).iterate()) {
        if (rows.push(row) === ROWS_AT_ONCE) await put();
      }
      await put();
    }
  } finally {
    file.close();
  }
}
