/** Everything that is SQLite's own: how it is opened, its pragmas, its kind of transaction. */
import Database from 'better-sqlite3';
import { CompiledQuery, type DatabaseConnection, Kysely, SqliteDialect, type SqliteDialectConfig, SqliteDriver } from 'kysely';
import type { Tables } from './tables.ts';

/** Kysely prepares anew for every query; the few hundred texts of this server are worth keeping. */
function withPreparedStatements(raw: Database.Database): SqliteDialectConfig['database'] {
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
  /** The write lock is taken at once: a transaction that reads first and writes later could otherwise fail half way. */
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}

class ImmediateDialect extends SqliteDialect {
  readonly #database: Database.Database;
  constructor(database: Database.Database) {
    super({ database });
    this.#database = database;
  }
  override createDriver(): SqliteDriver {
    return new ImmediateDriver({ database: withPreparedStatements(this.#database) });
  }
}

/** The one connection that writes. WAL, so that readers never wait for it. */
export function openSqliteWriter(file: string): Kysely<Tables> {
  const raw = new Database(file);
  raw.pragma('journal_mode = WAL');
  raw.pragma('synchronous = FULL');
  raw.pragma('foreign_keys = ON');
  raw.pragma('busy_timeout = 5000');
  return new Kysely<Tables>({ dialect: new ImmediateDialect(raw) });
}

/** A connection that cannot write. */
export function openSqliteReader(file: string): Kysely<Tables> {
  const raw = new Database(file, { readonly: true });
  raw.pragma('busy_timeout = 5000');
  return new Kysely<Tables>({ dialect: new SqliteDialect({ database: withPreparedStatements(raw) }) });
}
