/** Frozen: mails that are tried again, links that decide, codes that say whose an answer is, solutions that wait for one. Imports nothing live. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('mail')
    .addColumn('attempts', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();

  await db.schema.alterTable('ticket').addColumn('answer_due_at', 'text').execute();
  await db.schema.createIndex('ticket_by_answer').on('ticket').column('answer_due_at').execute();
  // Due at once: the first round finds out how long each has waited.
  await sql`update ticket set answer_due_at = '1970-01-01T00:00:00.000Z' where untouched = 0 and phase = 'resolved'`.execute(db);

  await db.schema
    .createTable('decision_link')
    .addColumn('hash', 'text', (c) => c.primaryKey())
    .addColumn('person_id', 'text', (c) => c.notNull())
    .addColumn('ticket_id', 'text', (c) => c.notNull())
    .addColumn('resolution_id', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .execute();

  await db.schema
    .createTable('reply_code')
    .addColumn('hash', 'text', (c) => c.primaryKey())
    .addColumn('person_id', 'text', (c) => c.notNull())
    .addColumn('ticket_id', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .execute();
}
