import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { putCalendar, putPolicy, putSite } from '../../../server/db/directory.ts';
import { importOperations } from '../../../server/operations/import.ts';
import { type BareDesk, bareDesk, START } from '../bare-desk.ts';
import { importedSolution } from '../desk-content.ts';

let desk: BareDesk;
beforeEach(async () => {
  desk = await bareDesk();
  const hours: [string, string][] = [
    ['08:00', '12:00'],
    ['13:00', '18:00'],
  ];
  await desk.write((tx) =>
    putCalendar(tx, {
      id: 'weekdays',
      name: 'Weekdays',
      // Friday of the first week is a holiday.
      schedule: {
        timeZone: 'Europe/Paris',
        hours: { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours },
        holidays: ['2026-05-08'],
      },
      isDefault: false,
    }),
  );
  await desk.write((tx) => putSite(tx, { id: 'lyon', name: 'Lyon', calendarId: 'weekdays' }));
});
afterEach(() => desk.close());

/** Rounds of both jobs at an instant. */
async function roundsAt(instant: string): Promise<number> {
  desk.setClock((Date.parse(instant) - START) / 60_000);
  const closed = await desk.endUnanswered();
  await desk.send();
  return closed;
}
/** Solved on Monday, 4 May 2026. */
async function solved(more: Record<string, unknown> = {}): Promise<string> {
  const id = await desk.open({ beneficiaryId: 'gina', ...more });
  await desk.must('amira', 'claim', id);
  await desk.must('amira', 'resolve', id, { text: 'Done', code: 'solved' });
  return id;
}
const phase = async (id: string) => (await desk.ticket(id)).phase;
const mails = async (kind: string) =>
  desk.read(async (db) => {
    const rows = await db
      .selectFrom('mail')
      .select(['person_id', 'state'])
      .where('kind', '=', kind as 'reminder')
      .orderBy('person_id')
      .execute();
    return rows.map(({ person_id, state }) => `${person_id} ${state}`);
  });
const dueAt = (id: string) =>
  desk.read(async (db) => (await db.selectFrom('ticket').select('answer_due_at').where('id', '=', id).executeTakeFirst())?.answer_due_at);

test('reminded at the opening of the third business day, closed at the end of the fifth, in the time of the site, and told of it', async () => {
  const id = await solved();
  expect(await dueAt(id)).toBe('2026-05-07T06:00:00.000Z');
  await roundsAt('2026-05-07T05:59:59.999Z');
  expect(await mails('reminder')).toEqual([]);
  await roundsAt('2026-05-07T06:00:00.000Z');
  expect(await mails('reminder')).toEqual(['farid sent', 'gina sent']);
  // Tuesday, Wednesday, Thursday, Monday, Tuesday.
  expect(await dueAt(id)).toBe('2026-05-12T16:00:00.000Z');
  expect(await roundsAt('2026-05-12T15:59:59.999Z')).toBe(0);
  expect(await phase(id)).toBe('resolved');
  expect(await roundsAt('2026-05-12T16:00:00.000Z')).toBe(1);
  expect(await desk.ticket(id)).toMatchObject({ phase: 'closed', closedAt: '2026-05-12T16:00:00.000Z' });
  await roundsAt('2026-05-12T16:01:00.000Z');
  expect(await mails('auto_closed')).toEqual(['farid sent', 'gina sent']);
  const letters = desk.letters().join('\n');
  expect(letters).toMatch(/Subject: .*closed without an answer/i);
  expect(await roundsAt('2026-05-13T16:00:00.000Z')).toBe(0);
  expect([await dueAt(id), await mails('reminder'), await mails('auto_closed')]).toEqual([
    null,
    ['farid sent', 'gina sent'],
    ['farid sent', 'gina sent'],
  ]);
});

test('the decision is the server’s, recorded as every other operation', async () => {
  const id = await solved();
  await roundsAt('2026-05-12T16:00:00.000Z');
  const rows = await desk.read((db) =>
    db.selectFrom('operation').select(['name', 'author_id', 'status']).where('ticket_id', '=', id).orderBy('seq').execute(),
  );
  expect(rows.at(-1)).toEqual({ name: 'auto_close', author_id: 'system', status: 'applied' });
  const { doc } = await desk.read((db) => db.selectFrom('resolution').select('doc').where('ticket_id', '=', id).executeTakeFirstOrThrow());
  expect(JSON.parse(doc).decision).toEqual({ kind: 'auto_closed', by: null, at: '2026-05-12T16:00:00.000Z', reason: '' });
});

test('whoever writes meanwhile gets no second reminder, and moves nothing', async () => {
  const id = await solved();
  await roundsAt('2026-05-07T06:00:00.000Z');
  await desk.must('farid', 'note', id, { text: 'Demain', visibility: 'public' });
  await roundsAt('2026-05-07T06:00:05.000Z');
  expect(await mails('reminder')).toEqual(['farid sent', 'gina sent']);
  expect(await dueAt(id)).toBe('2026-05-12T16:00:00.000Z');
});

test('an answer ends the waiting; a further solution waits anew', async () => {
  const [validated, refused] = [await solved(), await solved()];
  await desk.must('gina', 'validate', validated);
  await desk.must('gina', 'refuse', refused, { reason: 'No' });
  expect([await dueAt(validated), await dueAt(refused)]).toEqual([null, null]);
  expect(await roundsAt('2026-05-06T10:00:00.000Z')).toBe(0);
  await desk.must('amira', 'resolve', refused, { text: 'Again', code: 'solved' });
  expect(await roundsAt('2026-05-12T16:00:00.000Z')).toBe(0);
  expect(await mails('reminder')).toEqual(['farid sent', 'gina sent']);
  // Thursday, Monday, Tuesday, Wednesday, Thursday.
  expect(await roundsAt('2026-05-14T16:00:00.000Z')).toBe(1);
  expect([await phase(validated), await phase(refused)]).toEqual(['closed', 'closed']);
});

test('an answer that comes between the look and the closing wins', async () => {
  const id = await solved();
  desk.setClock(8 * 24 * 60 + 8 * 60);
  await desk.must('gina', 'validate', id);
  // As the query found it before.
  await desk.write((tx) => tx.updateTable('ticket').set({ answer_due_at: '2026-05-12T16:00:00.000Z' }).where('id', '=', id).execute());
  expect(await desk.endUnanswered()).toBe(0);
  expect(await mails('auto_closed')).toEqual([]);
});

test('a server that was off for a week closes at once, without a reminder before it', async () => {
  const id = await solved();
  await desk.restart();
  expect(await roundsAt('2026-05-20T09:00:00.000Z')).toBe(1);
  expect(await desk.ticket(id)).toMatchObject({ phase: 'closed', closedAt: '2026-05-20T09:00:00.000Z' });
  expect(await mails('reminder')).toEqual([]);
});

test('whoever held the ticket is not reminded of what he may not judge', async () => {
  const id = await desk.open({ beneficiaryId: 'amira' });
  await desk.must('amira', 'claim', id);
  await desk.must('amira', 'resolve', id, { text: 'Done', code: 'solved' });
  await roundsAt('2026-05-07T06:00:00.000Z');
  expect(await mails('reminder')).toEqual(['farid sent']);
});

test('a reminder that is answered before it leaves stays', async () => {
  const id = await solved();
  desk.setClock((Date.parse('2026-05-07T06:00:00.000Z') - START) / 60_000);
  await desk.endUnanswered();
  await desk.must('gina', 'validate', id);
  await desk.send();
  expect(await mails('reminder')).toEqual(['farid taken_back', 'gina taken_back']);
});

test('the days are the policy’s', async () => {
  const { policy } = await desk.read((db) => desk.services.desk.in(db));
  const { revision: _revision, ...rest } = policy();
  await desk.write((tx) => putPolicy(tx, { ...rest, answer: { remindAfterDays: 1, closeAfterDays: 1 } }));
  const id = await solved();
  await roundsAt('2026-05-05T06:00:00.000Z');
  expect(await mails('reminder')).toEqual(['farid sent', 'gina sent']);
  expect(await roundsAt('2026-05-05T16:00:00.000Z')).toBe(1);
  expect(await phase(id)).toBe('closed');
});

test('a holiday that is put in later counts when the day comes', async () => {
  const id = await solved();
  const { closures: _none, ...site } = { id: 'lyon', name: 'Lyon', calendarId: 'weekdays', closures: [] };
  await desk.write((tx) => putSite(tx, { ...site, closures: ['2026-05-12'] }));
  expect(await roundsAt('2026-05-12T16:00:00.000Z')).toBe(0);
  expect(await roundsAt('2026-05-13T16:00:00.000Z')).toBe(1);
  expect(await phase(id)).toBe('closed');
});

describe('imports', () => {
  async function imported(): Promise<string> {
    const ticketId = crypto.randomUUID();
    const operations = importedSolution(ticketId, Date.parse('2026-05-04T06:00:00.000Z'));
    await importOperations(desk.services, 'ines', operations, false);
    return ticketId;
  }

  test('are left alone', async () => {
    const id = await imported();
    expect(await roundsAt('2027-05-12T16:00:00.000Z')).toBe(0);
    expect([await phase(id), await dueAt(id), await mails('reminder'), await mails('auto_closed')]).toEqual(['resolved', null, [], []]);
  });

  test('until a person touches them', async () => {
    const id = await imported();
    await desk.must('amira', 'note', id, { text: 'Seen', visibility: 'internal' });
    expect(await dueAt(id)).toBe('2026-05-07T06:00:00.000Z');
    expect(await roundsAt('2026-05-12T16:00:00.000Z')).toBe(1);
  });
});
