/** Everything that is PostgreSQL's own in how it is spoken to: connections, types, locks that have a name. */
import { createHash } from 'node:crypto';
import { Kysely, PostgresDialect, type PostgresPool } from 'kysely';
import pg from 'pg';
import { DatabaseUnavailableError } from './store.ts';
import type { Tables } from './tables.ts';

/** Connections of a process, besides the steady one. */
const MOST_CONNECTIONS = 10;
const CONNECT_MS = 5_000;
/** Whoever stands still for so long in the middle of a transaction (a frozen process, a lost machine) holds up nobody any more. */
const IDLE_IN_TRANSACTION_MS = 30_000;

/** Sums and counts are bigint there, and small. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) => (oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format)),
};

export function connectionConfig(url: string): pg.ClientConfig {
  return {
    connectionString: url,
    application_name: 'guichet',
    connectionTimeoutMillis: CONNECT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    keepAlive: true,
    types,
  };
}

/** A text with the character of code 0 is none for PostgreSQL; in JSON it stands escaped, so that only names and the like can have it. */
function storable(value: unknown): unknown {
  return typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\uFFFD') : value;
}

/** More is not kept prepared: a plan takes some memory in each connection. Longer texts are of many rows, and no two alike. */
const MOST_PREPARED = 300;
const LONGEST_PREPARED = 1_500;

/**
 * Names under which statements are kept prepared, so that they are parsed once for a connection, and planned at most a few times. Not
 * one that asks for all columns: PostgreSQL refuses it from the moment at which a newer server adds one.
 */
function preparedNames(): (text: string) => string | undefined {
  const names = new Map<string, string>();
  return (text) => {
    const known = names.get(text);
    if (known !== undefined) return known;
    if (names.size >= MOST_PREPARED || text.length > LONGEST_PREPARED || !/^(select|insert|update|delete|with) [^*]+$/.test(text))
      return undefined;
    const name = `guichet ${names.size}`;
    names.set(text, name);
    return name;
  };
}

/** As Kysely uses a pool, with connections that wait for the database only where there is something to wait for. */
function withoutIdleTrips(pool: pg.Pool): PostgresPool {
  const nameOf = preparedNames();
  return {
    options: pool.options,
    connect: async () => {
      const client = await pool.connect();
      return { query: queriesOn(client, nameOf), release: (destroy?: boolean) => client.release(destroy) } as unknown as Awaited<
        ReturnType<PostgresPool['connect']>
      >;
    },
    end: () => pool.end(),
  };
}

/**
 * The beginning of a transaction is sent together with its first statement, whose answer is given only when both have succeeded; and
 * nobody waits for the end of one that has only read: there is nothing that could fail.
 */
function queriesOn(
  client: pg.PoolClient,
  nameOf: (text: string) => string | undefined,
): (text: string, values: readonly unknown[]) => Promise<Pick<pg.QueryResult, 'command' | 'rows'>> {
  let begun: Promise<unknown> | undefined;
  let onlyReads = false;
  return async (text, values) => {
    if (text.startsWith('start transaction')) {
      onlyReads = text.endsWith(' read only');
      begun = client.query(text);
      begun.catch(() => undefined);
      return { command: 'START', rows: [] };
    }
    const beginning = begun;
    begun = undefined;
    if (onlyReads && text === 'commit') {
      client.query(text).catch(() => undefined);
      return { command: 'COMMIT', rows: [] };
    }
    const name = nameOf(text);
    const query = { ...(name !== undefined && { name }), text, values: values.map(storable) };
    const [answer] = await Promise.all([client.query(query), beginning]);
    return answer;
  };
}

export function openPostgres(url: string): Kysely<Tables> {
  const pool = new pg.Pool({ ...connectionConfig(url), max: MOST_CONNECTIONS, pipeline: true });
  // One that breaks: the pool makes another when it is needed, and whoever waits for an answer on it is told by that. Without a
  // listener the process would end, on the pool while nobody uses it, on the connection itself while somebody does.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool: withoutIdleTrips(pool) }) });
}

/** The number under which PostgreSQL knows a name as a lock (its "advisory locks"). */
export function lockKey(name: string): string {
  return createHash('sha256').update(name).digest().readBigInt64BE(0).toString();
}

/** Shared: servers of this database. Exclusive: whoever replaces what is in it. */
export const SERVING = lockKey('serving');
export const MIGRATING = lockKey('migrating');

/** Host and database, without user and password: for messages. */
export function whereIs(url: string): string {
  const { hostname, port, pathname, searchParams } = new URL(url);
  return `${searchParams.get('host') ?? hostname}${port && `:${port}`}${pathname}`;
}

/** Connection lost or refused, server stopping, starting or out of memory or connections (SQLSTATE classes 08, 57P, 53 but a full disk). */
function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  if (/^(08...|57P..|53[234]..)$/.test(code)) return true;
  if ('syscall' in error && (error.syscall === 'connect' || error.syscall === 'getaddrinfo')) return true;
  if (/^(ECONNRESET|EPIPE|ETIMEDOUT|ECONNREFUSED)$/.test(code)) return true;
  return /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/.test(error.message);
}

/** @throws DatabaseUnavailableError in the place of whatever the driver says then */
export async function reaching<T>(url: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isUnreachable(error) ? new DatabaseUnavailableError(whereIs(url), error) : error;
  }
}
