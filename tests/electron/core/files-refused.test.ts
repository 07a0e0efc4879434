import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { CHUNK_BYTES } from '#shared/contract/limits.ts';
import { TestConsole } from './console.ts';
import { attach, attachedOn, filesIn, read, signInLater } from './file-acts.ts';
import type { Line } from './line.ts';
import { type Stage, setStage } from './stage.ts';

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
const later = (one: TestConsole, server: string, login: string) => signInLater(stage, one, server, login);

describe('what is refused', () => {
  test('too large or empty is told at once, and leaves nothing', async () => {
    const ticketId = await (await stage.direct('farid')).open({ title: 'Sizes' });
    const amira = await console_('amira');
    await amira.until('ticket', ticketId, (seen) => seen !== null);
    const begin = (size: number) => amira.call('beginFile', { ticketId, name: 'x', size });
    expect(await begin(25 * 1024 * 1024 + 1)).toEqual({ ok: false, problem: { code: 'too_large', limit: 25 * 1024 * 1024 } });
    expect(await begin(0)).toEqual({ ok: false, problem: { code: 'empty', limit: null } });
    expect(await amira.call('beginFile', { ticketId: crypto.randomUUID(), name: 'x', size: 1 })).toMatchObject({
      ok: false,
      refusal: { code: 'not_found' },
    });
    const begun = await begin(10);
    const id = begun.ok ? begun.id : '';
    expect(filesIn(amira)).toHaveLength(1);
    await expect(amira.call('addPiece', { id, bytes: new Uint8Array(11) })).rejects.toThrow('invalid_input');
    await expect(amira.call('endFile', { id, ticketId, visibility: 'internal' })).rejects.toThrow('invalid_input');
    expect(filesIn(amira)).toEqual([]);
    await expect(amira.call('addPiece', { id: crypto.randomUUID(), bytes: new Uint8Array(1) })).rejects.toThrow('invalid_input');
    const bytes = new Uint8Array(CHUNK_BYTES + 1);
    await expect(amira.call('addPiece', { id: crypto.randomUUID(), bytes })).rejects.toThrow('invalid_input');
    // One that did not end is gone after a kill.
    await begin(10);
    expect(filesIn(amira)).toHaveLength(1);
    await amira.kill();
    const again = await TestConsole.start(amira.profile);
    later(again, line.url, 'amira');
    await again.inStep();
    await expect.poll(() => filesIn(again)).toEqual([]);
    await again.stop();
  });

  test('what the server does not take stays with its reason until it is put away', async () => {
    const ticketId = await (await stage.direct('farid')).open({ title: 'Refused upload' });
    const amira = await console_('amira');
    await amira.until('ticket', ticketId, (seen) => seen !== null);
    line.fate = ({ path }) => (path === '/v1/uploads' ? { status: 413, error: 'too_large' } : 'pass');
    const bytes = randomBytes(100);
    const { id, performed } = await attach(amira, ticketId, 'refused.bin', bytes);
    const refused = await amira.until('ticket', ticketId, (seen) => seen?.uploads[id]?.state === 'refused');
    expect(refused?.uploads[id]?.problem).toEqual({ code: 'too_large', limit: null });
    expect(Buffer.from((await read(amira, ticketId, id)) as Uint8Array)).toEqual(bytes);
    const ids = performed?.ok ? performed.operationIds.slice(-1) : [];
    expect(await amira.call('undo', ids)).toMatchObject({ ok: true });
    expect((await amira.now('ticket', ticketId))?.uploads).toEqual({});
    await amira.inStep();
    expect(await attached(ticketId)).toEqual([]);
    await amira.stop();
  });

  test('bytes that this disk has damaged are not attached', async () => {
    const ticketId = await (await stage.direct('farid')).open({ title: 'Damaged' });
    const amira = await console_('amira');
    await amira.until('ticket', ticketId, (seen) => seen !== null);
    await line.down();
    await amira.until('sync', undefined, (status) => status.state === 'offline');
    const { id } = await attach(amira, ticketId, 'damaged.bin', randomBytes(100));
    const [name] = filesIn(amira);
    writeFileSync(join(amira.profile, 'core', 'files', String(name)), randomBytes(100));
    await line.up();
    await amira.call('retryNow', undefined);
    const seen = await amira.until('ticket', ticketId, (one) => one?.uploads[id]?.state === 'refused');
    expect(seen?.uploads[id]?.problem).toEqual({ code: 'damaged', limit: null });
    expect(await attached(ticketId)).toEqual([]);
    await amira.stop();
  });

  test('a refused tentative claim leaves the file attached', async () => {
    const ticketId = await (await stage.direct('farid')).open({ title: 'Claim refused' });
    const amira = await console_('amira');
    await amira.until('ticket', ticketId, (seen) => seen !== null);
    await line.down();
    await amira.until('sync', undefined, (status) => status.state === 'offline');
    await attach(amira, ticketId, 'kept.bin', randomBytes(10));
    await (await stage.direct('bruno')).must('claim', ticketId);
    await line.up();
    await amira.call('retryNow', undefined);
    await amira.inStep();
    expect(await attached(ticketId)).toMatchObject([{ name: 'kept.bin' }]);
    const seen = await amira.until('ticket', ticketId, (one) => one?.rejections[0]?.kept.length === 1);
    expect(seen?.rejections).toMatchObject([{ name: 'claim', kept: [{ name: 'attach', as: 'attach' }] }]);
    await amira.stop();
  });
});
