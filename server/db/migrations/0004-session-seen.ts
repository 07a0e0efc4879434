/** Frozen: the newest feed position that each session was sent, where several processes serve one database. Imports nothing live. */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('session_seen')
    .addColumn('session_id', 'text', (c) => c.primaryKey().references('session.id'))
    .addColumn('seq', 'integer', (c) => c.notNull())
    .execute();
}
