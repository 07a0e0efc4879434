/**
 * Frozen: what was told of the clocks, and when each ticket's clocks are to be looked at next. A mail has any cause, not only a resolution.
 * Imports nothing live.
 */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('ticket').addColumn('next_alert_at', 'text').execute();
  await db.schema.createIndex('ticket_by_alert').on('ticket').column('next_alert_at').execute();
  // Their clocks ran before anybody was told anything: the first round finds out what has passed, and tells it to nobody.
  await sql`update ticket set next_alert_at = 'unknown' where untouched = 0 and phase in ('open', 'waiting')`.execute(db);

  await db.schema
    .createTable('alert')
    .addColumn('ticket_id', 'text', (c) => c.notNull())
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('clock', 'text', (c) => c.notNull())
    .addColumn('mark', 'text', (c) => c.notNull())
    .addColumn('due_at', 'text')
    .addColumn('told_at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('alert_key', ['ticket_id', 'key'])
    .execute();

  // Made anew: SQLite cannot allow a column to be empty that was not.
  await db.schema
    .createTable('mail_of_any_cause')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('cause', 'text', (c) => c.notNull())
    .addColumn('operation_id', 'text')
    .addColumn('ticket_id', 'text', (c) => c.notNull())
    .addColumn('person_id', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('due_at', 'text', (c) => c.notNull())
    .addColumn('sent_at', 'text')
    .execute();
  await sql`insert into mail_of_any_cause (id, kind, cause, operation_id, ticket_id, person_id, state, due_at, sent_at)
    select id, 'resolved', resolution_id, operation_id, ticket_id, person_id, state, due_at, sent_at from mail`.execute(db);
  await db.schema.dropTable('mail').execute();
  await db.schema.alterTable('mail_of_any_cause').renameTo('mail').execute();
  await db.schema.createIndex('mail_by_state').on('mail').columns(['state', 'due_at']).execute();
  await db.schema.createIndex('mail_by_operation').on('mail').column('operation_id').execute();
}
