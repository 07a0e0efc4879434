/** Frozen: what people upload, until and after it is attached to a ticket. The bytes lie in files of their own. */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('upload')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('person_id', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('size', 'integer', (c) => c.notNull())
    .addColumn('sha256', 'text', (c) => c.notNull())
    .addColumn('stored_as', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('received', 'integer', (c) => c.notNull())
    .addColumn('type', 'text')
    .addColumn('ticket_id', 'text')
    .addColumn('operation_id', 'text')
    .addColumn('touched_at', 'text', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('upload_by_person').on('upload').columns(['person_id', 'state']).execute();
  await db.schema.createIndex('upload_by_state').on('upload').columns(['state', 'touched_at']).execute();
}
