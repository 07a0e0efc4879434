/** Everything that is SQLite's own: how it is opened, its pragmas, its kind of transaction. */
import Database from 'better-sqlite3';
import { CompiledQuery, type DatabaseConnection, Kysely, type SqliteDatabase, SqliteDialect, SqliteDriver } from 'kysely';
import { LAST_RESORT_PAGES } from './checkpoints.ts';
import type { Tables } from './tables.ts';

/** Holds the upper parts of every index of a large desk; the default (2 MB) reads them again for each operation. */
const CACHE_KIB = 64 * 1024;

/** Kysely prepares anew for every query; the few hundred texts of this server are worth keeping. */
function withPreparedStatements(raw: Database.Database): SqliteDatabase {
  const kept = new Map<string, Database.Statement>();
  return {
    close: () => {
      kept.clear();
      raw.close();
    },
    prepare: (sql) => {
      const known = kept.get(sql);
      if (known) return known;
      const statement = raw.prepare(sql);
      if (kept.size >= 500) kept.clear();
      kept.set(sql, statement);
      return statement;
    },
  };
}

class ImmediateDriver extends SqliteDriver {
  readonly #raw: Database.Database;
  constructor(raw: Database.Database) {
    super({ database: withPreparedStatements(raw) });
    this.#raw = raw;
  }
  /** The write lock is taken at once: a transaction that reads first and writes later could otherwise fail half way. */
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
  /** On a full disk SQLite has rolled back by itself: a second time would fail, and hide why. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#raw.inTransaction) await super.rollbackTransaction(connection);
  }
}

class ImmediateDialect extends SqliteDialect {
  readonly #database: Database.Database;
  constructor(database: Database.Database) {
    super({ database });
    this.#database = database;
  }
  override createDriver(): SqliteDriver {
    return new ImmediateDriver(this.#database);
  }
}

/** The one connection that writes. WAL, so that readers never wait for it. */
export function openSqliteWriter(file: string): Kysely<Tables> {
  const raw = new Database(file);
  raw.pragma('journal_mode = WAL');
  raw.pragma('synchronous = FULL');
  raw.pragma('foreign_keys = ON');
  raw.pragma('busy_timeout = 5000');
  raw.pragma(`cache_size = -${CACHE_KIB}`);
  raw.pragma(`wal_autocheckpoint = ${LAST_RESORT_PAGES}`);
  return new Kysely<Tables>({ dialect: new ImmediateDialect(raw) });
}

/** A connection that cannot write; opened when it is first used, since one that never was is not closed with the rest. */
export function openSqliteReader(file: string): Kysely<Tables> {
  const open = async () => {
    const raw = new Database(file, { readonly: true });
    raw.pragma('busy_timeout = 5000');
    raw.pragma(`cache_size = -${CACHE_KIB}`);
    return withPreparedStatements(raw);
  };
  return new Kysely<Tables>({ dialect: new SqliteDialect({ database: open }) });
}
