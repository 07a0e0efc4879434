import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { CHUNK_BYTES } from '#shared/contract/limits.ts';
import { backUp, restore } from '../../../server/db/copies.ts';
import { openInput } from '../../server/desk-content.ts';
import { sha256 } from '../../server/uploads.ts';
import { listOf, TestConsole } from './console.ts';
import { attach, attachedOn, filesIn, read, signInLater } from './file-acts.ts';
import type { Line } from './line.ts';
import { type Stage, setStage } from './stage.ts';

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

let stage: Stage;
let line: Line;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.close());
afterEach(() => {
  line.fate = () => 'pass';
});

async function console_(login: string): Promise<TestConsole> {
  line = await stage.newLine();
  return stage.console(login, line);
}
const attached = (ticketId: string) => attachedOn(stage, ticketId);
async function bytesOnServer(id: string): Promise<Buffer> {
  const { tokens } = await stage.direct('chloe');
  const answer = await fetch(`${stage.desk.url}/v1/files/${id}`, { headers: { authorization: `Bearer ${tokens.accessToken}` } });
  return Buffer.from(await answer.arrayBuffer());
}
const later = (one: TestConsole, server: string, login: string) => signInLater(stage, one, server, login);

describe('a file', () => {
  test('comes in whole although the session gets another token meanwhile', async () => {
    const ticketId = await (await stage.direct('farid')).open({ title: 'Token renewed' });
    const amira = await console_('amira');
    await amira.until('ticket', ticketId, (seen) => seen !== null);
    const bytes = randomBytes(2 * CHUNK_BYTES);
    const begun = await amira.call('beginFile', { ticketId, name: 'long.bin', size: bytes.length });
    if (!begun.ok) throw new Error('refused');
    const add = (from: number) => amira.call('addPiece', { id: begun.id, bytes: new Uint8Array(bytes.subarray(from, from + CHUNK_BYTES)) });
    await add(0);
    // As main does every few minutes.
    await amira.signIn(line.url, async () => (await stage.desk.signIn('amira')).tokens);
    await amira.until('sync', undefined, (status) => status.state === 'up_to_date');
    await add(CHUNK_BYTES);
    expect(await amira.call('endFile', { id: begun.id, ticketId, visibility: 'internal' })).toMatchObject({ ok: true });
    await amira.inStep();
    expect(sha256(await bytesOnServer(begun.id))).toBe(sha256(bytes));
    await amira.stop();
  });

  test('attached without the server, in a console that is killed, arrives once and byte for byte', async () => {
    const ticketId = await (await stage.direct('farid')).open({ title: 'Offline file' });
    let amira = await console_('amira');
    await amira.until('ticket', ticketId, (seen) => seen !== null);
    await line.down();
    await amira.until('sync', undefined, (status) => status.state === 'offline');
    const bytes = Buffer.concat([PNG, randomBytes(2 * CHUNK_BYTES + 17)]);
    const { id, performed } = await attach(amira, ticketId, 'C:\\photos\\switch.png', bytes);
    expect(performed).toMatchObject({ ok: true, claimed: true, undoable: true });
    const before = await amira.now('ticket', ticketId);
    expect(before?.timeline.at(-1)).toMatchObject({
      unsent: true,
      entry: { kind: 'attached', data: { attachment: { id, name: 'switch.png', size: bytes.length, type: 'image/png' } } },
    });
    expect(before?.uploads).toEqual({ [id]: { state: 'waiting', received: 0, size: bytes.length, problem: null } });
    await amira.kill();

    expect(statSync(join(amira.profile, 'core', 'files')).mode & 0o777).toBe(process.platform === 'win32' ? 0o666 : 0o700);
    amira = await TestConsole.start(amira.profile);
    later(amira, line.url, 'amira');
    await amira.until('outbox', undefined, (items) => items.some((item) => item.name === 'attach'));
    // Shown without the network.
    expect(sha256((await read(amira, ticketId, id)) as Uint8Array)).toBe(sha256(bytes));
    await line.up();
    await amira.call('retryNow', undefined);
    await amira.inStep();
    expect(await attached(ticketId)).toEqual([{ kind: 'file', id, name: 'switch.png', size: bytes.length, type: 'image/png' }]);
    expect(sha256(await bytesOnServer(id))).toBe(sha256(bytes));
    const after = await amira.until('ticket', ticketId, (seen) => seen?.timeline.at(-1)?.unsent === false);
    expect(after?.uploads).toEqual({});
    await amira.stop();
  });

  test('is sent on where it was when core is killed in the middle of it, without a piece twice', async () => {
    const ticketId = await (await stage.direct('farid')).open({ title: 'Killed upload' });
    let amira = await console_('amira');
    await amira.until('ticket', ticketId, (seen) => seen !== null);
    const bytes = randomBytes(4 * CHUNK_BYTES);
    const pieces: string[] = [];
    // The third piece does not come back before the kill.
    line.fate = ({ method, path }) => {
      if (method !== 'PUT') return 'pass';
      pieces.push(path);
      return pieces.length === 3 ? { delay: 3_600_000 } : 'pass';
    };
    const { id } = await attach(amira, ticketId, 'log.bin', bytes);
    await amira.until('ticket', ticketId, (seen) => seen?.uploads[id]?.received === 2 * CHUNK_BYTES);
    await expect.poll(() => pieces.length).toBe(3);
    await amira.kill();
    line.fate = ({ method, path }) => {
      if (method === 'PUT') pieces.push(path);
      return 'pass';
    };
    amira = await TestConsole.start(amira.profile);
    later(amira, line.url, 'amira');
    await amira.inStep();
    expect(pieces.map((path) => Number(path.split('=')[1]) / CHUNK_BYTES)).toEqual([0, 1, 2, 2, 3]);
    expect(await attached(ticketId)).toHaveLength(1);
    expect(sha256(await bytesOnServer(id))).toBe(sha256(bytes));
    await amira.stop();
  });

  test('arrives whole over a line that cuts, repeats and loses answers', async () => {
    const ticketId = await (await stage.direct('farid')).open({ title: 'Bad line' });
    const amira = await console_('amira');
    await amira.until('ticket', ticketId, (seen) => seen !== null);
    const fates = ['lose_answer', 'repeat', 'lose_request', 'lose_answer'] as const;
    let requests = 0;
    line.fate = ({ path }) => (path.startsWith('/v1/uploads') && requests < 12 ? (fates[requests++ % 4] ?? 'pass') : 'pass');
    const bytes = randomBytes(2 * CHUNK_BYTES + 1);
    const { id } = await attach(amira, ticketId, 'bad-line.bin', bytes);
    const steps = setInterval(() => void amira.call('retryNow', undefined), 200);
    try {
      await amira.inStep();
    } finally {
      clearInterval(steps);
    }
    expect(requests).toBe(12);
    expect(await attached(ticketId)).toHaveLength(1);
    expect(sha256(await bytesOnServer(id))).toBe(sha256(bytes));
    await amira.stop();
  });

  test('holds up no other work while it is sent, and nothing waits for it', async () => {
    const ticketId = await (await stage.direct('farid')).open({ title: 'Slow upload' });
    const amira = await console_('amira');
    await amira.until('ticket', ticketId, (seen) => seen !== null);
    line.fate = ({ method }) => (method === 'PUT' ? { delay: 3_600_000 } : 'pass');
    const { id } = await attach(amira, ticketId, 'slow.bin', randomBytes(CHUNK_BYTES));
    await amira.perform('note', ticketId, { text: 'While it is sent', visibility: 'internal' });
    await amira.perform('resolve', ticketId, { text: 'Done', code: 'solved' });
    // Only the file is left.
    await amira.until('sync', undefined, (status) => status.waiting === 1 && status.state === 'up_to_date');
    expect(await amira.now('outbox', undefined)).toMatchObject([{ name: 'attach', state: 'queued' }]);
    const { ticket, entries } = await (await stage.direct('chloe')).ticket(ticketId);
    expect(ticket).toMatchObject({ phase: 'resolved', holderId: 'amira' });
    expect(entries.map((entry) => entry.kind)).toEqual(expect.arrayContaining(['noted', 'resolved']));
    expect((await amira.now('ticket', ticketId))?.uploads[id]?.state).toBe('uploading');
    // Taken back before it was sent: it goes, with its bytes at the next start.
    const entry = (await amira.now('ticket', ticketId))?.timeline.find((one) => one.entry.kind === 'attached')?.entry;
    expect(await amira.call('undo', [String(entry?.id)])).toMatchObject({ ok: true });
    await amira.inStep();
    expect(await attached(ticketId)).toEqual([]);
    await amira.kill();
  });

  test.each([
    [401, 'unauthorized'],
    [429, 'too_many_attempts'],
  ] as const)('waits after %i like the other work, and goes then', async (status, error) => {
    const ticketId = await (await stage.direct('farid')).open({ title: `After ${status}` });
    const amira = await console_('amira');
    await amira.until('ticket', ticketId, (seen) => seen !== null);
    let refused = 0;
    line.fate = ({ path }) => (path.startsWith('/v1/uploads') && refused++ < 2 ? { status, error, retryAfter: 1 } : 'pass');
    await attach(amira, ticketId, 'after.bin', randomBytes(100));
    await amira.inStep();
    expect(refused).toBeGreaterThan(2);
    expect(await attached(ticketId)).toHaveLength(1);
    await amira.stop();
  });

  test('on which the server fails lets another one pass', async () => {
    const ticketId = await (await stage.direct('farid')).open({ title: 'One fails' });
    const amira = await console_('amira');
    await amira.until('ticket', ticketId, (seen) => seen !== null);
    line.fate = ({ path, body }) => (path === '/v1/uploads' && body.includes('bad.bin') ? { status: 500, error: 'internal' } : 'pass');
    await attach(amira, ticketId, 'bad.bin', randomBytes(100));
    await attach(amira, ticketId, 'good.bin', randomBytes(100));
    await amira.until('sync', undefined, (status) => status.waiting === 1);
    expect(await attached(ticketId)).toMatchObject([{ name: 'good.bin' }]);
    line.fate = () => 'pass';
    await amira.call('retryNow', undefined);
    await amira.inStep();
    expect(await attached(ticketId)).toHaveLength(2);
    await amira.stop();
  });
});

describe('a file of somebody else', () => {
  test('is fetched once, found by its name, shown without the network, and not to whoever lost sight of it', async () => {
    const ticketId = await (await stage.direct('farid')).open({ title: 'To look at' });
    const amira = await console_('amira');
    const other = await stage.newLine();
    const bruno = await stage.console('bruno', other);
    await amira.until('ticket', ticketId, (seen) => seen !== null);
    const bytes = Buffer.concat([PNG, randomBytes(CHUNK_BYTES)]);
    const [one, two] = [await attach(amira, ticketId, 'voyants-étage.png', bytes), await attach(amira, ticketId, 'unseen.bin', bytes)];
    await amira.inStep();
    await bruno.until('ticket', ticketId, (seen) => seen?.timeline.filter(({ entry }) => entry.kind === 'attached').length === 2);
    const found = await bruno.until('list', listOf('search', { text: 'voyants' }), (list) => list.total === 1);
    expect(found.rows[0]).toMatchObject({ id: ticketId, found: { field: 'note', excerpt: '\uE000voyants\uE001-étage.png unseen.bin' } });
    expect(sha256((await read(bruno, ticketId, one.id)) as Uint8Array)).toBe(sha256(bytes));
    const first = await bruno.call('readFile', { ticketId, fileId: one.id, offset: 0 });
    expect(first).toMatchObject({ state: 'bytes', picture: 'image/png' });
    expect(other.seen.filter((request) => request === `GET /v1/files/${one.id}`)).toHaveLength(1);
    await other.down();
    await bruno.until('sync', undefined, (status) => status.state === 'offline');
    expect(sha256((await read(bruno, ticketId, one.id)) as Uint8Array)).toBe(sha256(bytes));
    expect(await read(bruno, ticketId, two.id)).toBe('needs_network');
    expect(await read(bruno, ticketId, crypto.randomUUID())).toBe('missing');
    await other.up();
    await (await stage.direct('chloe')).must('assign', ticketId, {
      teamId: 'workplace',
      holderId: null,
      reason: 'r',
      seenHolderId: 'amira',
    });
    await bruno.call('retryNow', undefined);
    await bruno.until('ticket', ticketId, (seen) => seen === null);
    expect(await read(bruno, ticketId, one.id)).toBe('missing');
    expect(readdirSync(join(bruno.profile, 'core', 'fetched'))).toEqual([ticketId]);
    await bruno.stop();
    const again = await TestConsole.start(bruno.profile);
    later(again, other.url, 'bruno');
    await expect.poll(() => readdirSync(join(bruno.profile, 'core', 'fetched'))).toEqual([]);
    await again.stop();
    await amira.stop();
  });
});

test('a link to a ticket that was opened without the server goes after its opening', async () => {
  const ticketId = await (await stage.direct('farid')).open({ title: 'To link' });
  const amira = await console_('amira');
  await amira.until('ticket', ticketId, (seen) => seen !== null);
  await line.down();
  await amira.until('sync', undefined, (status) => status.state === 'offline');
  const otherId = crypto.randomUUID();
  expect(await amira.perform('link', ticketId, { otherId, as: 'related' })).toMatchObject({ refusal: { code: 'unknown_reference' } });
  await amira.perform('open', otherId, openInput('farid', { title: 'Opened offline' }));
  expect(await amira.perform('link', ticketId, { otherId, as: 'duplicate_of' })).toMatchObject({ ok: true, claimed: false });
  expect((await amira.now('ticket', ticketId))?.timeline.at(-1)).toMatchObject({ entry: { kind: 'linked', data: { number: null } } });
  await line.up();
  await amira.call('retryNow', undefined);
  await amira.inStep();
  const { entries } = await (await stage.direct('chloe')).ticket(ticketId);
  const number = expect.stringMatching(/^I-\d{4}-\d{6}$/);
  expect(entries.filter((entry) => entry.kind === 'linked')).toMatchObject([{ data: { as: 'duplicate_of', ticketId: otherId, number } }]);
  await amira.stop();
});

test('a server that is put back gets the files again that it lacks: attached ones and those that were only uploaded', async () => {
  const { desk } = stage;
  const folder = mkdtempSync(join(tmpdir(), 'guichet-restored-'));
  try {
    const ticketId = await (await stage.direct('farid')).open({ title: 'Restored' });
    const amira = await console_('amira');
    await amira.until('ticket', ticketId, (seen) => seen !== null);
    const yesterday = join(folder, 'yesterday.db');
    await backUp(desk.settings.dataDir, yesterday);
    const bytes = randomBytes(CHUNK_BYTES + 5);
    const { id } = await attach(amira, ticketId, 'since-yesterday.bin', bytes);
    await amira.inStep();
    expect(await attached(ticketId)).toHaveLength(1);
    // Uploaded, but its operation does not get through before the server's disk is lost.
    line.fate = ({ path, body }) => (path === '/v1/operations' && body.includes('attach') ? 'lose_request' : 'pass');
    const uploads = () => line.seen.filter((request) => request.endsWith('/finish')).length;
    const before = uploads();
    const { id: only } = await attach(amira, ticketId, 'only-uploaded.bin', bytes);
    await expect.poll(uploads).toBe(before + 1);
    await line.down();
    await amira.until('sync', undefined, (status) => status.state === 'offline');
    await desk.restart(() => {
      restore(desk.settings.dataDir, yesterday, new Date());
      rmSync(join(desk.settings.dataDir, 'files'), { recursive: true });
    });
    line.fate = () => 'pass';
    await line.up();
    await amira.signIn(line.url, async () => (await desk.signIn('amira')).tokens);
    await amira.call('retryNow', undefined);
    await amira.inStep();
    const chloe = await desk.signIn('chloe');
    const { entries } = await chloe.ticket(ticketId);
    expect(entries.flatMap((entry) => (entry.kind === 'attached' ? [entry.data.attachment] : []))).toMatchObject([
      { id, name: 'since-yesterday.bin' },
      { id: only, name: 'only-uploaded.bin' },
    ]);
    for (const one of [id, only]) {
      const answer = await fetch(`${desk.url}/v1/files/${one}`, { headers: { authorization: `Bearer ${chloe.tokens.accessToken}` } });
      expect(sha256(Buffer.from(await answer.arrayBuffer()))).toBe(sha256(bytes));
    }
    expect(readFileSync(join(amira.profile, 'core', 'files', String(filesIn(amira)[0])))).toHaveLength(bytes.length);
    await amira.stop();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
