import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import type { ImportOperation, ImportResponse } from '#shared/contract/api.ts';
import { startDesk, type TestDesk, type TestSession } from './desk.ts';
import { openInput } from './desk-content.ts';

let desk: TestDesk;
let ines: TestSession;
let amira: TestSession;
beforeAll(async () => {
  desk = await startDesk();
  [ines, amira] = [await desk.signIn('ines'), await desk.signIn('amira')];
});
afterAll(() => desk.close());

let minute = 0;
/** Each a minute after the last, early in 2025. */
function step(name: string, ticketId: string, actorId: string, input: Record<string, unknown> = {}): ImportOperation {
  minute += 1;
  const at = new Date(Date.UTC(2025, 0, 6, 8, minute)).toISOString();
  return { id: randomUUID(), name, ticketId, actorId, at, input };
}
async function bring(operations: ImportOperation[], skipTouched = false) {
  const answer = await ines.call<z.infer<typeof ImportResponse>>('POST', '/v1/import', { operations, skipTouched });
  expect(answer.status).toBe(200);
  return answer.body.outcomes;
}
const openStep = (ticketId: string, more = {}) => step('open', ticketId, 'farid', openInput('farid', { channel: 'import', ...more }));

test('a whole life is imported with its people and instants, in one place of the feed', async () => {
  const id = randomUUID();
  const call = {
    outcome: 'reached',
    number: '01 99 00 12 34',
    startedAt: '2025-01-06T08:03:00.000Z',
    duration: 60,
    note: '',
    callbackAt: null,
  };
  const steps = [
    openStep(id),
    step('claim', id, 'bruno'),
    step('log_call', id, 'bruno', call),
    step('resolve', id, 'bruno', { text: '', code: null }),
    step('refuse', id, 'farid', { reason: '' }),
    step('resolve', id, 'bruno', { text: 'Again', code: 'solved' }),
    step('validate', id, 'farid'),
  ];
  const outcomes = await bring(steps);
  expect(new Set(outcomes.map((one) => one.status))).toEqual(new Set(['applied']));
  expect(new Set(outcomes.map((one) => ('seq' in one ? one.seq : 0))).size).toBe(1);
  const { ticket, entries, resolutions } = await amira.ticket(id);
  expect(ticket).toMatchObject({
    number: 'I-2025-000001',
    phase: 'closed',
    openedAt: steps[0]?.at,
    openedBy: 'farid',
    counts: { refusals: 1 },
  });
  expect(ticket.closedAt).toBe(steps.at(-1)?.at);
  expect(ticket.revision).toBe(steps.length);
  expect(entries.map((entry) => [entry.authorId, entry.at])).toEqual(
    steps.map((one) => [one.actorId, one.name === 'log_call' ? entries[2]?.at : one.at]),
  );
  expect(resolutions.map((one) => one.decision?.kind)).toEqual(['refused', 'validated']);
});

test('what a person has touched is left alone when asked, and what nobody touched goes on', async () => {
  const [touched, untouched] = [randomUUID(), randomUUID()];
  await bring([openStep(touched), openStep(untouched)]);
  await amira.must('note', touched, { text: 'Mine now', visibility: 'internal' });
  const outcomes = await bring([step('claim', touched, 'bruno'), step('claim', untouched, 'bruno')], true);
  expect(outcomes.map((one) => one.status)).toEqual(['skipped', 'applied']);
  expect((await amira.ticket(touched)).ticket.holderId).toBeNull();
  expect((await bring([step('claim', touched, 'bruno')])).map((one) => one.status)).toEqual(['applied']);
});

test('sent again it has one effect, in the same request, in the next, and at the same time', async () => {
  const id = randomUUID();
  const steps = [openStep(id), step('note', id, 'bruno', { text: 'Once', visibility: 'public' })];
  const [first, second] = await Promise.all([bring([...steps, ...steps]), bring(steps)]);
  expect(first?.slice(0, 2)).toEqual(second);
  expect(first?.slice(2)).toEqual(second);
  expect((await amira.ticket(id)).entries).toHaveLength(2);
  const changed = steps.map((one) => ({ ...one, at: '2025-02-01T00:00:00.000Z' }));
  expect((await bring(changed)).map((one) => one.status === 'rejected' && one.refusal.code)).toEqual(['id_reused', 'id_reused']);
});

test('a wrong one is rejected and told, the others go through', async () => {
  const id = randomUUID();
  const outcomes = await bring([
    openStep(id),
    step('claim', id, 'nobody-known'),
    step('explode', id, 'bruno'),
    step('note', randomUUID(), 'bruno', { text: 'No such ticket', visibility: 'public' }),
    { ...step('claim', id, 'bruno'), at: '2999-01-01T00:00:00.000Z' },
    { ...openStep(randomUUID()), at: '0001-01-01T00:00:00.000Z' },
    step('claim', id, 'bruno'),
  ]);
  expect(outcomes.map((one) => (one.status === 'rejected' ? one.refusal.code : one.status))).toEqual([
    'applied',
    'unknown_reference',
    'invalid',
    'not_found',
    'invalid',
    'invalid',
    'applied',
  ]);
});

test('a thousand operations on hundreds of tickets come out as they went in', async () => {
  const ids: string[] = Array.from({ length: 250 }, () => randomUUID());
  const operations = ids.flatMap((id, index) => [
    openStep(id, { kind: index % 2 ? 'incident' : 'request' }),
    step('claim', id, 'bruno'),
    step('note', id, 'bruno', { text: `Note ${index}`, visibility: 'internal' }),
    step('close', id, 'bruno', { code: null }),
  ]);
  const outcomes = await bring(operations);
  expect(outcomes.every((one) => one.status === 'applied')).toBe(true);
  const { rows, total } = await amira.bootstrap();
  expect(rows.filter((one) => one.table === 'ticket')).toHaveLength(total);
  const tickets = rows
    .filter((one) => one.table === 'ticket' && ids.includes(one.row.id))
    .map((one) => one.row as unknown as { number: string; phase: string });
  expect(new Set(tickets.map((ticket) => ticket.number)).size).toBe(250);
  expect(tickets.every((ticket) => ticket.phase === 'closed')).toBe(true);
});
