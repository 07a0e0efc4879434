/** All that a database holds, as one hash: equal as long as nothing was written. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { GuichetDatabase, ReadDb } from '../../server/db/database.ts';
import { onPostgresql } from './storage.ts';

export interface Fingerprint {
  tables: number;
  hash: string;
}

export function fingerprint(database: GuichetDatabase): Promise<Fingerprint> {
  return database.read(onPostgresql ? ofPostgresql : ofSqlite);
}

async function ofSqlite(db: ReadDb): Promise<Fingerprint> {
  const names = await db
    .selectFrom(sql<{ name: string }>`sqlite_master`.as('tables'))
    .select('name')
    .where(sql`type`, '=', 'table')
    .orderBy('name')
    .execute();
  const hash = createHash('sha256');
  for (const { name } of names) {
    const rows = await db
      .selectFrom(sql<Record<string, unknown>>`${sql.table(name)}`.as('t'))
      .selectAll()
      .execute();
    hash.update(JSON.stringify([name, rows]));
  }
  return { tables: names.length, hash: hash.digest('hex') };
}

async function ofPostgresql(db: ReadDb): Promise<Fingerprint> {
  const names = await db
    .selectFrom(sql<{ name: string }>`(select tablename as name from pg_tables where schemaname = current_schema())`.as('tables'))
    .select('name')
    .orderBy('name')
    .execute();
  // Hashed where it lies: every request of a test would else bring all of it.
  const each = names.map(({ name }) => sql`select md5(string_agg(t::text, ' ' order by t::text)) as hash from ${sql.table(name)} as t`);
  const { hash } = await db
    .selectFrom(sql<{ hash: string | null }>`(${sql.join(each, sql` union all `)})`.as('hashes'))
    .select((e) => sql<string>`string_agg(coalesce(${e.ref('hash')}, '-'), ' ')`.as('hash'))
    .executeTakeFirstOrThrow();
  return { tables: names.length, hash };
}
