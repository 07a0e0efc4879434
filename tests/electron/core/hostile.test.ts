/** Consoles against what no honest server, requester or import would send. */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { firstKeyOf } from '../../../electron/core/storage/cache-schema.ts';
import { openInput } from '../../server/desk-content.ts';
import { listOf, TestConsole } from './console.ts';
import { type Stage, setStage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.close());

/** Tickets of the team network that farid opened at this instant. */
async function importOpenings(count: number, at: string): Promise<void> {
  const ines = await stage.direct('ines');
  const open = { name: 'open', actorId: 'farid', at, input: openInput('farid', { channel: 'import' }) };
  for (let left = count; left > 0; left -= 1_000) {
    const operations = Array.from({ length: Math.min(left, 1_000) }, () => ({ id: randomUUID(), ticketId: randomUUID(), ...open }));
    expect((await ines.call('POST', '/v1/import', { operations })).status).toBe(200);
  }
}

test('thousands of tickets with one and the same opening, and openings of long ago, stop no console', async () => {
  const line = await stage.newLine();
  const before = await stage.console('amira', line);
  const { pool } = await before.now('counts', undefined);
  await importOpenings(2_100, '2026-03-02T00:00:00.000Z');
  await importOpenings(3, '1970-01-01T00:00:00.000Z');
  // Through the feed, and through a bootstrap.
  await before.until('counts', undefined, (counts) => counts.pool === pool + 2_103);
  const after = await stage.console('bruno', line);
  await after.until('counts', undefined, (counts) => counts.pool === pool + 2_103);
  const { rows, total } = await after.now('list', listOf('pool', { sort: 'newest', offset: 2_000, limit: 100 }));
  expect([total, rows.length]).toEqual([pool + 2_103, 100]);
  await Promise.all([before.stop(), after.stop()]);
});

test('a ticket with NUL, half characters and marks of its own in its texts arrives, is found and is shown', async () => {
  const farid = await stage.direct('farid');
  const title = 'Zorglub\u0000 \ud800 \u202Egnp.exe \uE000mark\uE001 <b>x</b>';
  const id = await farid.open({ title, description: `a\u0000b ${'\u0301'.repeat(5_000)}` });
  const amira = await stage.console('amira', await stage.newLine());
  const shown = await amira.until('ticket', id, (ticket) => ticket !== null);
  expect(shown?.ticket.title).toBe(title);
  const found = await amira.now('list', listOf('pool', { text: 'zorg' }));
  expect(found.rows.map((row) => row.id)).toEqual([id]);
  for (const text of [
    '"',
    'a" OR "b',
    '*',
    '(',
    '\u0000',
    '\ud800',
    'NEAR(a b)',
    'title:x',
    '-',
    '^a',
    `${'x '.repeat(2_000)}`.slice(0, 200),
  ])
    expect(Array.isArray((await amira.now('list', listOf('pool', { text }))).rows), JSON.stringify(text)).toBe(true);
  await amira.stop();
});

test.each([
  ['1e300', 3_600_000],
  ['3000000', 3_600_000],
  ['99999999999999999999', 3_600_000],
  ['0', 1_000],
])('"Retry-After: %s" neither ends the synchronisation nor makes it hammer', async (told, wait) => {
  const farid = await stage.direct('farid');
  const id = await farid.open({ title: 'Wait' });
  const line = await stage.newLine();
  const amira = await stage.console('amira', line);
  await amira.until('ticket', id, (ticket) => ticket !== null);
  line.fate = ({ method }) =>
    method === 'POST' ? { status: 429, error: 'too_many_attempts', retryAfter: told as unknown as number } : 'pass';
  await amira.perform('note', id, { text: 'hello', visibility: 'internal' });
  const { nextTryAt } = await amira.until('sync', undefined, (value) => value.nextTryAt !== null);
  const left = Date.parse(nextTryAt ?? '') - Date.now();
  expect(left).toBeLessThan(wait * 1.2);
  expect(left).toBeGreaterThan(wait / 10);
  // Reads go through the same loop: as many as there were tries.
  expect(line.seen.filter((request) => request === 'POST /v1/operations').length).toBeLessThan(4);
  line.fate = () => 'pass';
  await amira.call('retryNow', undefined);
  await amira.inStep();
  await amira.stop();
});

test('a feed that says "more" and leads nowhere is not asked as fast as the line goes', async () => {
  const serverTime = new Date().toISOString();
  const answers: Record<string, string> = {
    '/v1/hello': JSON.stringify({ service: 's', serverVersion: '1', protocols: [1], serverTime }),
    '/v1/bootstrap': '{"kind":"end","next":null,"position":"e:1:t","total":0}\n',
    '/v1/feed': JSON.stringify({ changes: [], cursor: 'e:1:t', more: true, serverTime }),
  };
  let asked = 0;
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0] ?? '';
    if (path === '/v1/feed') asked += 1;
    response.writeHead(200, { 'content-type': 'application/json' }).end(answers[path] ?? '{}');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const amira = await TestConsole.start(stage.newProfile());
  try {
    await amira.signIn(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, async () => ({
      accessToken: 'a'.repeat(43),
      accessExpiresAt: new Date(Date.now() + 600_000).toISOString(),
      person: { id: 'amira' },
    }));
    const { detail } = await amira.until('sync', undefined, (status) => status.state === 'failed');
    expect(detail).toContain('leads nowhere');
    expect(asked).toBeLessThan(3);
  } finally {
    await amira.kill();
    server.closeAllConnections();
    server.close();
  }
});

test.each(['0001-01-01T00:00:00.000Z', '1970-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z'])(
  'a ticket opened at %s has a key that counts',
  (openedAt) => {
    const key = firstKeyOf(openedAt);
    expect(Number.isSafeInteger(key) && key >= 0).toBe(true);
  },
);
