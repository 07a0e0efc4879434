/**
 * PostgreSQL: several processes, many connections. Transactions that write run at READ COMMITTED, since all of them end at one row
 * (the feed's counter), and take locks that have a name where SQLite has the whole database locked (docs/decisions/0014).
 */
import { setTimeout as pause } from 'node:timers/promises';
import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import { z } from 'zod';
import { type Position, positionColumns, positionOf, readPosition } from './database.ts';
import { lockKey, MIGRATING, openPostgres, reaching } from './dialect-postgres.ts';
import { prepareSchema } from './migrate.ts';
import { steadyConnection } from './steady-connection.ts';
import { OvertakenError, type Query, type RowsOf, type Store, type Write } from './store.ts';
import type { Tables } from './tables.ts';

const CHANNEL = 'guichet_position';
/** What is announced reaches everybody at once; this is for what was lost on the way. */
const LOOK_EVERY_MS = 5_000;
const MOST_TRIES = 10;
/** A statement has room for 65,535 values; a write of ours has a hundred rows at most. */
const WRITES_AT_ONCE = 20;

const Announced = z.object({ epoch: z.string(), seq: z.number(), tag: z.string(), directoryVersion: z.number() });

/** Serialization failure, deadlock, and an id that another transaction has just brought: done again, it will see it. */
const LOST = new Set(['40001', '40P01', '23505']);
function hasLost(error: unknown): boolean {
  return error instanceof OvertakenError || (error instanceof Error && 'code' in error && LOST.has(String(error.code)));
}

/** @throws FutureSchemaError, DatabaseUnavailableError */
export async function postgresStore(url: string, clock: () => Date): Promise<Store> {
  const db = openPostgres(url);
  const listeners = new Set<(position: Position) => void>();
  const tell = (position: Position) => {
    for (const listener of listeners) listener(position);
  };
  const readOnly = <T>(work: (raw: Transaction<Tables>) => Promise<T>) =>
    reaching(url, () => db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(work));
  let opened = false;
  const look = () => {
    // Before the schema is there, there is no position.
    if (opened) readOnly(readPosition).then(tell, () => undefined);
  };
  const steady = await reaching(url, () =>
    steadyConnection(url, {
      channel: CHANNEL,
      heard: (payload) => tell(Announced.parse(JSON.parse(payload))),
      connected: look,
    }),
  ).catch(async (error) => {
    await db.destroy();
    throw error;
  });
  try {
    await reaching(url, () => migratePostgres(db, clock));
  } catch (error) {
    await steady.close();
    await db.destroy();
    throw error;
  }
  opened = true;
  const timer = setInterval(look, LOOK_EVERY_MS);
  timer.unref();

  return {
    isShared: true,
    read: readOnly,
    write: async (work) => {
      for (let tries = 1; ; tries += 1) {
        try {
          return await reaching(url, () => db.transaction().setIsolationLevel('read committed').execute(work));
        } catch (error) {
          if (tries >= MOST_TRIES || !hasLost(error)) throw error;
          await pause(Math.random() * 10 * tries);
        }
      }
    },
    lock: async (raw, names) => {
      if (names.length > 0) await sql`select ${holding(names)}`.execute(raw);
    },
    begin: async (raw, names) => {
      const position = raw.selectFrom('position').select(positionColumns);
      const row = await (names.length > 0 ? position.select(holding(names).as('held')) : position).executeTakeFirstOrThrow();
      return positionOf(row);
    },
    lockTickets: async (raw) => {
      // Not a name for each of thousands: there is room for a few thousand locks in all. Who reads does not wait.
      await sql`lock table ticket in share row exclusive mode`.execute(raw);
    },
    rowsOf: askedAtOnce,
    together: async (raw, writes) => {
      const changed: number[] = [];
      for (let start = 0; start < writes.length; start += WRITES_AT_ONCE) {
        changed.push(...(await atOnce(raw, writes.slice(start, start + WRITES_AT_ONCE))));
      }
      return changed;
    },
    announcing: sql`pg_notify(${CHANNEL},
      json_build_object('epoch', epoch, 'seq', seq, 'tag', tag, 'directoryVersion', directory_version)::text)`,
    onAnnounced: (listener) => void listeners.add(listener),
    committed: () => undefined,
    alone: (name, work) => steady.alone(name, work),
    close: async () => {
      clearInterval(timer);
      await steady.close();
      await db.destroy();
    },
  };
}

/** An expression that waits for the locks of these names, in one order for everybody: two that want the same ones never wait for each other. */
function holding(names: readonly string[]): RawBuilder<number> {
  const keys = [...new Set(names)].sort().map(lockKey);
  return sql`(select count(pg_advisory_xact_lock(key)) from unnest(${keys}::bigint[]) as key)`;
}

/** Several queries as one statement. */
async function askedAtOnce<const Queries extends readonly Query<unknown>[]>(
  raw: Transaction<Tables>,
  queries: Queries,
): Promise<RowsOf<Queries>> {
  const lists = queries.map((query) => sql`(select coalesce(json_agg(rows), '[]') from (${query}) as rows)`);
  const { rows } = await sql<{ asked: RowsOf<Queries> }>`select json_build_array(${sql.join(lists)}) as asked`.execute(raw);
  const [row] = rows;
  if (!row) throw new Error('A select without a table has one row.');
  return row.asked;
}

/** Several writes as one statement. */
async function atOnce(raw: Transaction<Tables>, writes: readonly Write[]): Promise<number[]> {
  const name = (index: number) => sql.ref(`write_${index}`);
  const parts = writes.map((write, index) => sql`${name(index)} as (${write} returning 1)`);
  const counts = writes.map((_, index) => sql`(select count(1) from ${name(index)})`);
  const { rows } = await sql<{ changed: number[] }>`with ${sql.join(parts)} select array[${sql.join(counts)}]::int[] as changed`.execute(
    raw,
  );
  return rows[0]?.changed ?? [];
}

/** Of processes that start together one migrates, and the others find it done. */
export async function migratePostgres(db: Kysely<Tables>, clock: () => Date): Promise<void> {
  await db.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(${MIGRATING})`.execute(connection);
    try {
      await prepareSchema(connection, clock);
      await connection.transaction().execute(compareByBytes);
    } finally {
      await sql`select pg_advisory_unlock(${MIGRATING})`.execute(connection);
    }
  });
}

/** Whatever the collation of the database, texts are ordered as SQLite and the programs around it order them. */
async function compareByBytes(db: Kysely<Tables>): Promise<void> {
  const { rows } = await sql<{ table: string; column: string }>`
    select table_name as "table", column_name as "column" from information_schema.columns
    where table_schema = current_schema() and data_type = 'text' and collation_name is distinct from 'C'
    order by table_name, ordinal_position`.execute(db);
  for (const { table, column } of rows) {
    await sql`alter table ${sql.table(table)} alter column ${sql.ref(column)} type text collate "C"`.execute(db);
  }
}
