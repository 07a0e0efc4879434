/** Brings a database to this server's schema, one frozen migration after the other, and refuses one from the future. */
import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import { up as first } from './migrations/0001-first.ts';
import { up as files } from './migrations/0002-files.ts';
import { up as presence } from './migrations/0003-presence.ts';
import { up as sessionSeen } from './migrations/0004-session-seen.ts';
import { up as alerts } from './migrations/0005-alerts.ts';
import { up as requesters } from './migrations/0006-requesters.ts';
import { up as inboundMail } from './migrations/0007-inbound-mail.ts';
import type { Tables } from './tables.ts';

export interface Migration {
  name: string;
  up(db: Kysely<unknown>): Promise<void>;
}

/** In order; the place in the list is the version. */
export const migrations: readonly Migration[] = [
  { name: '0001-first', up: first },
  { name: '0002-files', up: files },
  { name: '0003-presence', up: presence },
  { name: '0004-session-seen', up: sessionSeen },
  { name: '0005-alerts', up: alerts },
  { name: '0006-requesters', up: requesters },
  { name: '0007-inbound-mail', up: inboundMail },
];

/** The database was written by a newer server. */
export class FutureSchemaError extends Error {
  constructor(found: number, known: number) {
    super(
      `The database has schema version ${found}, this server knows ${known} at most: it was written by a newer Guichet server. ` +
        'Start that version, or restore an older backup.',
    );
    this.name = 'FutureSchemaError';
  }
}

/** @throws FutureSchemaError */
export async function migrate(db: Kysely<Tables>, now: () => Date, list: readonly Migration[] = migrations): Promise<void> {
  await db.schema
    .createTable('schema_version')
    .ifNotExists()
    .addColumn('version', 'integer', (c) => c.primaryKey())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('applied_at', 'text', (c) => c.notNull())
    .execute();
  const { version } = await db
    .selectFrom('schema_version')
    .select((e) => e.fn.coalesce(e.fn.max('version'), e.lit(0)).as('version'))
    .executeTakeFirstOrThrow();
  if (version > list.length) throw new FutureSchemaError(version, list.length);
  for (const [index, migration] of list.entries()) {
    if (index < version) continue;
    await db.transaction().execute(async (tx) => {
      await migration.up(tx as unknown as Kysely<unknown>);
      await tx
        .insertInto('schema_version')
        .values({ version: index + 1, name: migration.name, applied_at: now().toISOString() })
        .execute();
    });
  }
}

/** Everything that a server expects to find: the schema, and the counter of the feed in an epoch of its own. @throws FutureSchemaError */
export async function prepareSchema(db: Kysely<Tables>, now: () => Date): Promise<void> {
  await migrate(db, now);
  await db
    .insertInto('position')
    .values({ id: 1, epoch: randomUUID(), seq: 0, tag: '0', directory_version: 0 })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
