import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Ticket } from '#shared/domain/model.ts';
import { openDatabase } from '../../server/db/database.ts';
import { deskCache } from '../../server/db/desk.ts';
import { openPostgres } from '../../server/db/dialect-postgres.ts';
import { openSqliteWriter } from '../../server/db/dialect-sqlite.ts';
import { migrate, migrations } from '../../server/db/migrate.ts';
import { databaseFile } from '../../server/db/sqlite-store.ts';
import { endUnanswered } from '../../server/jobs/answers.ts';
import { inPool, resolvedByAmira } from '../shared/domain/story.ts';
import { fillDesk } from './desk-content.ts';
import { newStorage } from './storage.ts';

test('a desk from before answers were awaited keeps its mails; what is solved is looked at once, what an import wrote never', async () => {
  const storage = await newStorage({ empty: true });
  const before = storage.databaseUrl === null ? openSqliteWriter(databaseFile(storage.dataDir)) : openPostgres(storage.databaseUrl);
  const solvedAt = resolvedByAmira().now.resolvedAt ?? '';
  const clock = () => new Date(solvedAt);
  await migrate(before, clock, migrations.slice(0, 5));
  const put = async (id: string, ticket: Ticket, untouched: 0 | 1) => {
    const { teamId, requesterId, beneficiaryId, openedBy, phase } = ticket;
    const doc = JSON.stringify({ ...ticket, id, siteId: 'lyon' });
    await sql`insert into ticket (id, team_id, requester_id, beneficiary_id, opened_by, phase, opened_at, revision, untouched, doc)
      values (${id}, ${teamId}, ${requesterId}, ${beneficiaryId}, ${openedBy}, ${phase}, ${ticket.openedAt}, ${ticket.revision}, ${untouched}, ${doc})`.execute(
      before,
    );
  };
  await put('solved', resolvedByAmira().now, 0);
  await put('imported', resolvedByAmira().now, 1);
  await put('open', inPool().now, 0);
  await sql`insert into mail (id, kind, cause, operation_id, ticket_id, person_id, state, due_at)
    values ('r.remi', 'resolved', 'r', 'r', 'solved', 'remi', 'sent', ${solvedAt})`.execute(before);
  await before.destroy();

  let now = clock();
  const database = await openDatabase({ ...storage, clock: () => now });
  await database.write((tx) => fillDesk(tx, 'nobody signs in'));
  expect(await database.read((db) => db.selectFrom('mail').select(['id', 'state', 'attempts']).execute())).toEqual([
    { id: 'r.remi', state: 'sent', attempts: 0 },
  ]);
  const due = () =>
    database.read(async (db) => {
      const rows = await db.selectFrom('ticket').select(['id', 'answer_due_at']).orderBy('id').execute();
      return rows.map((row) => `${row.id} ${row.answer_due_at}`);
    });
  expect(await due()).toEqual(['imported null', 'open null', 'solved 1970-01-01T00:00:00.000Z']);
  const services = { database, desk: deskCache(), clock: () => now };
  expect(await endUnanswered(services)).toBe(0);
  // The test desk opens every day round the clock: the third day after Monday begins on Thursday at midnight in Paris.
  expect(await due()).toEqual(['imported null', 'open null', 'solved 2026-05-06T22:00:00.000Z']);
  now = new Date('2026-05-20T00:00:00.000Z');
  expect(await endUnanswered(services)).toBe(1);
  expect(await due()).toEqual(['imported null', 'open null', 'solved null']);
  await database.close();
  await storage.remove();
});
