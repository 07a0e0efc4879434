import { afterAll, beforeAll, expect, test } from 'vitest';
import { listOf } from './console.ts';
import { type Stage, setStage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.close());

const note = { text: 'hello', visibility: 'internal' };
const isPush = (method: string, path: string) => method === 'POST' && path === '/v1/operations';

test('after a 5xx operations go singly: the one that fails alone stops its ticket, the others pass', async () => {
  const farid = await stage.direct('farid');
  const [bad, good] = [await farid.open({ title: 'Bad' }), await farid.open({ title: 'Good' })];
  const line = await stage.newLine();
  const amira = await stage.console('amira', line);
  await amira.until('ticket', good, (ticket) => ticket !== null);
  line.fate = ({ method, path, body }) => (isPush(method, path) && body.includes(bad) ? { status: 500, error: 'internal' } : 'pass');
  for (const id of [bad, good]) await amira.perform('note', id, note);
  await amira.until('ticket', good, (ticket) => ticket?.timeline.some((shown) => shown.entry.kind === 'noted' && !shown.unsent) ?? false);
  const items = await amira.until('outbox', undefined, (list) => list.some((item) => item.state === 'stopped'));
  expect(items.map((item) => [item.ticketId, item.name])).toEqual([
    [bad, 'claim'],
    [bad, 'note'],
  ]);
  expect((await (await stage.direct('chloe')).ticket(good)).ticket.holderId).toBe('amira');
  line.fate = () => 'pass';
  await amira.call('retryNow', undefined);
  await amira.inStep();
  expect((await (await stage.direct('chloe')).ticket(bad)).entries.filter((entry) => entry.kind === 'noted')).toHaveLength(1);
  await amira.stop();
});

test('429 stops all pushes for as long as it says', async () => {
  const farid = await stage.direct('farid');
  const id = await farid.open({ title: 'Too many' });
  const line = await stage.newLine();
  const amira = await stage.console('amira', line);
  await amira.until('ticket', id, (ticket) => ticket !== null);
  line.fate = ({ method, path }) => (isPush(method, path) ? { status: 429, error: 'too_many_attempts', retryAfter: 3_600 } : 'pass');
  await amira.perform('note', id, note);
  const status = await amira.until('sync', undefined, (value) => value.nextTryAt !== null);
  expect(Date.parse(status.nextTryAt ?? '')).toBeGreaterThan(Date.now() + 3_000_000);
  const before = line.seen.length;
  await amira.perform('note', id, note);
  expect((await amira.now('sync', undefined)).waiting).toBe(3);
  expect(line.seen.slice(before).filter((request) => request.startsWith('POST'))).toEqual([]);
  line.fate = () => 'pass';
  await amira.call('retryNow', undefined);
  await amira.inStep();
  await amira.stop();
});

test('a refused access token is asked for anew, and nothing is lost meanwhile', async () => {
  const farid = await stage.direct('farid');
  const id = await farid.open({ title: 'Token' });
  const line = await stage.newLine();
  const amira = await stage.console('amira', line);
  await amira.until('ticket', id, (ticket) => ticket !== null);
  let refused = 0;
  line.fate = ({ method, path }) => (isPush(method, path) && refused++ === 0 ? { status: 401, error: 'unauthorized' } : 'pass');
  await amira.perform('claim', id);
  await amira.inStep();
  expect(amira.asked).toEqual(['token']);
  expect((await (await stage.direct('chloe')).ticket(id)).ticket.holderId).toBe('amira');
  await amira.stop();
});

test('a resync replaces everything without a moment of emptiness, and keeps the outbox', async () => {
  const farid = await stage.direct('farid');
  for (let i = 0; i < 5; i++) await farid.open({ title: `Resync ${i}` });
  const line = await stage.newLine();
  const amira = await stage.console('amira', line);
  const { pool, mine } = await amira.now('counts', undefined);
  expect(pool).toBeGreaterThan(4);
  const [row] = (await amira.now('list', listOf('pool'))).rows;
  let told = 0;
  line.fate = ({ method, path }) => {
    if (isPush(method, path)) return { status: 503, error: 'unavailable' };
    return path.startsWith('/v1/feed') && told++ === 0 ? { status: 409, error: 'resync' } : 'pass';
  };
  const smallest = amira.until('counts', undefined, (counts) => counts.pool < pool);
  const emptied = smallest.then(
    () => 'emptied',
    () => 'kept',
  );
  const before = line.seen.length;
  // A change elsewhere makes the console pull.
  await farid.open({ title: 'The poke' });
  await amira.until('counts', undefined, (counts) => counts.pool === pool + 1);
  expect(line.seen.slice(before)).toContain('GET /v1/bootstrap');
  await amira.perform('claim', row?.id ?? '');
  await amira.until('counts', undefined, (counts) => counts.pool === pool && counts.mine === mine + 1);
  line.fate = () => 'pass';
  await amira.call('retryNow', undefined);
  await amira.inStep();
  expect(await Promise.race([emptied, amira.now('counts', undefined).then(() => 'kept')])).toBe('kept');
  await amira.stop();
});

test('an online operation waits for the server, and says what it answered', async () => {
  const line = await stage.newLine();
  const bruno = await stage.direct('bruno');
  const chloe = await stage.direct('chloe');
  const farid = await stage.direct('farid');
  const id = await farid.open({ title: 'To be reopened' });
  await bruno.must('claim', id);
  await bruno.must('resolve', id, { text: 'Done', code: 'solved' });
  const lead = await stage.console('chloe', line);
  await lead.until('ticket', id, (ticket) => ticket?.ticket.resolvedAt !== null);
  expect(await lead.perform('reopen', id, { reason: 'Not done' })).toMatchObject({ ok: true, undoable: false });
  expect((await chloe.ticket(id)).ticket.phase).toBe('open');
  await bruno.must('resolve', id, { text: 'Done again', code: 'solved' });
  await lead.until('ticket', id, (ticket) => ticket?.ticket.resolvedAt !== null);
  // The line goes without a word: the request is the first to find out.
  line.fate = ({ method, path }) => (isPush(method, path) ? 'lose_request' : 'pass');
  const doubtful = await lead.perform('reopen', id, { reason: 'Once more' });
  expect(doubtful).toMatchObject({ ok: true });
  expect((await lead.now('outbox', undefined)).map((item) => item.state)).toEqual(['sending']);
  line.fate = () => 'pass';
  await lead.call('retryNow', undefined);
  await lead.inStep();
  expect((await chloe.ticket(id)).ticket.counts.reopens).toBe(2);
  await lead.stop();
});
