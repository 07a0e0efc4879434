import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Ticket } from '#shared/domain/model.ts';
import { openDatabase } from '../../server/db/database.ts';
import { deskCache } from '../../server/db/desk.ts';
import { openPostgres } from '../../server/db/dialect-postgres.ts';
import { openSqliteWriter } from '../../server/db/dialect-sqlite.ts';
import { migrate, migrations } from '../../server/db/migrate.ts';
import { databaseFile } from '../../server/db/sqlite-store.ts';
import { tellDueAlerts } from '../../server/jobs/alerts.ts';
import { sendDueMails } from '../../server/mail/job.ts';
import { openPost } from '../../server/mail/post.ts';
import { readSettings } from '../../server/settings.ts';
import { heldByAmira, inPool } from '../shared/domain/story.ts';
import { fillDesk } from './desk-content.ts';
import { newStorage } from './storage.ts';

const MONDAY = Date.parse('2026-05-04T07:00:00.000Z');
const later = (minutes: number) => new Date(MONDAY + minutes * 60_000);

test('a desk from before alerts keeps its mails, and what its clocks have passed is told to nobody', async () => {
  const storage = await newStorage({ empty: true });
  const before = storage.databaseUrl === null ? openSqliteWriter(databaseFile(storage.dataDir)) : openPostgres(storage.databaseUrl);
  await migrate(before, () => later(0), migrations.slice(0, 4));
  const put = async (id: string, ticket: Ticket, untouched: 0 | 1) => {
    const { teamId, requesterId, beneficiaryId, openedBy, phase } = ticket;
    const doc = JSON.stringify({ ...ticket, id, siteId: 'lyon' });
    await sql`insert into ticket (id, team_id, requester_id, beneficiary_id, opened_by, phase, opened_at, revision, untouched, doc)
      values (${id}, ${teamId}, ${requesterId}, ${beneficiaryId}, ${openedBy}, ${phase}, ${ticket.openedAt}, 1, ${untouched}, ${doc})`.execute(
      before,
    );
  };
  await put('pool', inPool().now, 0);
  await put('imported', inPool().now, 1);
  const resolution = { id: 'r', ticketId: 'held', by: 'amira', at: later(9).toISOString(), text: 'Done', code: null };
  await put('held', { ...heldByAmira().now, requesterId: 'farid' }, 0);
  await sql`insert into resolution values ('r', 'held', ${later(9).toISOString()}, 0, 1, ${JSON.stringify(resolution)})`.execute(before);
  for (const [id, state] of [
    ['r.farid', 'queued'],
    ['r.gina', 'sent'],
  ]) {
    await sql`insert into mail (id, operation_id, ticket_id, resolution_id, person_id, state, due_at)
      values (${id}, 'r', 'held', 'r', ${id?.slice(2)}, ${state}, ${later(9).toISOString()})`.execute(before);
  }
  await before.destroy();

  let now = later(6 * 60);
  const clock = () => now;
  const database = await openDatabase({ ...storage, clock });
  await database.write((tx) => fillDesk(tx, 'nobody signs in'));
  const settings = readSettings(storage.env);
  const mailing = { post: openPost(settings), publicUrl: () => 'https://desk.example.org', chance: () => 0, isClosing: () => false };
  const services = { database, desk: deskCache(), clock, settings, ...mailing };
  const mails = await database.read((db) => db.selectFrom('mail').selectAll().orderBy('id').execute());
  const kept = {
    kind: 'resolved',
    cause: 'r',
    operation_id: 'r',
    ticket_id: 'held',
    due_at: later(9).toISOString(),
    sent_at: null,
    attempts: 0,
  };
  expect(mails).toEqual([
    { id: 'r.farid', person_id: 'farid', state: 'queued', ...kept },
    { id: 'r.gina', person_id: 'gina', state: 'sent', ...kept },
  ]);
  expect(await sendDueMails(services)).toBe(1);

  expect(await tellDueAlerts(services)).toBe(0);
  // Four hours after they were opened, by the 30, 60 and 480 minutes of the test desk.
  const told = () =>
    database.read((db) => db.selectFrom('alert').select(['ticket_id', 'key']).orderBy('ticket_id').orderBy('key').execute());
  const keys = (await told()).map((row) => `${row.ticket_id} ${row.key}`);
  expect(keys).toEqual([
    'held contact.0.breach',
    'held contact.0.half',
    'held contact.0.soon',
    'held resolution.0.half',
    'pool resolution.0.half',
    'pool takeCharge.0.breach',
    'pool takeCharge.0.half',
    'pool takeCharge.0.soon',
  ]);
  const waiting = () => database.read((db) => db.selectFrom('mail').select('id').where('kind', '=', 'alert').orderBy('id').execute());
  expect(await waiting()).toEqual([]);
  now = later(10 * 60);
  expect(await tellDueAlerts(services)).toBe(4);
  expect((await waiting()).map((row) => row.id)).toEqual([
    'alert.held.resolution.0.breach.amira',
    'alert.held.resolution.0.breach.chloe',
    'alert.pool.resolution.0.breach.chloe',
  ]);
  await database.close();
  await storage.remove();
});
