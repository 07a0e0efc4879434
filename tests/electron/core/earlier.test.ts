import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { putPerson } from '../../../server/db/directory.ts';
import { openInput } from '../../server/desk-content.ts';
import type { TestConsole } from './console.ts';
import type { Line } from './line.ts';
import { type Stage, setStage } from './stage.ts';

let stage: Stage;
let line: Line;
let amira: TestConsole;
beforeAll(async () => {
  stage = await setStage();
  line = await stage.newLine();
  amira = await stage.console('amira', line);
});
afterAll(() => stage.close());

const earlier = (personId: string, except: string | null = null) => amira.call('earlier', { personId, except });

test('what a person had before: this year’s number, the newest first, how each ended and was rated; the one in sight is left out', async () => {
  const gina = await stage.direct('gina');
  const farid = await stage.direct('farid');
  const bruno = await stage.direct('bruno');
  const solve = async (id: string) => {
    await bruno.must('claim', id);
    await bruno.must('resolve', id, { text: 'Restarted', code: 'solved' });
  };
  const rated = await gina.open({ title: 'Rated' });
  await solve(rated);
  await gina.must('validate', rated);
  const [resolution] = (await bruno.ticket(rated)).resolutions;
  await gina.must('rate', rated, { resolutionId: resolution?.id, duration: 4, answers: 5, comment: 'Quick' });
  const refused = await gina.open({ title: 'Refused' });
  await solve(refused);
  await gina.must('refuse', refused, { reason: 'It came back' });
  const pooled = await gina.open({ title: 'In the pool' });
  // Asked by somebody else, for her; and hers, but not for her.
  const asked = await farid.open({ title: 'Asked by Farid', beneficiaryId: 'gina' });
  await gina.open({ title: 'For Farid', beneficiaryId: 'farid' });
  await amira.until('ticket', asked, (ticket) => ticket !== null);
  await amira.inStep();
  expect(await earlier('gina', pooled)).toMatchObject({
    thisYear: 3,
    tickets: [
      { ticketId: asked, title: 'Asked by Farid', state: 'open', held: false, rating: null },
      { ticketId: refused, state: 'refused', held: true },
      { ticketId: rated, state: 'confirmed', rating: { duration: 4, answers: 5 } },
    ],
  });
  // The figures are on the solution too, with what was said.
  const seen = await amira.now('ticket', rated);
  expect(seen?.resolutions.at(-1)?.rating).toMatchObject({ duration: 4, answers: 5, comment: 'Quick', by: 'gina' });
  expect(seen?.timeline.at(-1)?.entry).toMatchObject({ kind: 'rated', data: { duration: 4, answers: 5, comment: 'Quick' } });
  expect(await earlier('nobody')).toEqual({ thisYear: 0, tickets: [] });
});

test('knows of unsent work, and of tickets that nobody has sent yet', async () => {
  const bruno = await stage.direct('bruno');
  const held = await (await stage.direct('farid')).open({ title: 'Held offline' });
  await amira.until('ticket', held, (ticket) => ticket !== null);
  await line.down();
  await amira.until('sync', undefined, (status) => status.state === 'offline');
  const before = await earlier('farid');
  await amira.perform('claim', held);
  const fresh = randomUUID();
  await amira.perform('open', fresh, openInput('farid', { title: 'Only here', channel: 'phone', duringCall: true }));
  const after = await earlier('farid');
  expect(after.thisYear).toBe(before.thisYear + 1);
  expect(after.tickets.slice(0, 2)).toMatchObject([{ ticketId: fresh }, { ticketId: held, held: true }]);
  await line.up();
  await amira.call('retryNow', undefined);
  await amira.inStep();
  expect(await earlier('farid')).toEqual(after);
  expect((await bruno.ticket(held)).ticket.holderId).toBe('amira');
});

test('last year’s are shown and not counted as this year’s, and no more than five are', async () => {
  const ines = await stage.direct('ines');
  const opened = (at: string, title: string) => ({
    id: randomUUID(),
    name: 'open',
    ticketId: randomUUID(),
    actorId: 'leo',
    at,
    input: openInput('leo', { title }),
  });
  const thisYear = new Date().getUTCFullYear();
  const operations = [
    opened(`${thisYear - 1}-12-31T23:59:59.999Z`, 'Last year'),
    ...Array.from({ length: 6 }, (_none, index) => opened(`${thisYear}-01-01T00:00:00.00${index}Z`, `New year ${index}`)),
  ];
  const { status } = await ines.call('POST', '/v1/import', { operations });
  expect(status).toBe(200);
  await amira.until('ticket', operations.at(-1)?.ticketId ?? '', (ticket) => ticket !== null);
  await amira.inStep();
  const found = await earlier('leo');
  expect(found.thisYear).toBe(6);
  expect(found.tickets.map(({ title }) => title)).toEqual([5, 4, 3, 2, 1].map((index) => `New year ${index}`));
});

test('a caller is found by login, by number in any notation, and by name', async () => {
  const zoe = { id: 'p4711', name: 'Zoé Adam', email: 'zadam@example.org', phone: { typed: '04 65 71 12 31', e164: '+33465711231' } };
  const rest = { siteId: 'lyon', place: '', language: 'fr' as const, active: true };
  await stage.desk.server.database.write((tx) => putPerson(tx, { ...zoe, ...rest }));
  await amira.call('retryNow', undefined);
  const ids = async (text: string) => (await amira.call('findPeople', text)).map(({ id }) => id);
  await expect.poll(() => ids('zoe')).toEqual([zoe.id]);
  for (const text of ['zadam', 'P4711', 'adam', '+33 4 65 71 12 31', '0033465711231', '04.65.71.12.31', '(0)4 6571 1231', '04 65 71 12'])
    expect(await ids(text), text).toEqual([zoe.id]);
});
