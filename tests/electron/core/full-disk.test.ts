import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { z } from 'zod';
import type { StateHash } from '#shared/contract/api.ts';
import { operationOf } from '../../server/desk-content.ts';
import { TestConsole } from './console.ts';
import { mountSmallDisk, type SmallDisk } from './small-disk.ts';
import { type Stage, setStage } from './stage.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const probe = mountSmallDisk(1);
probe?.unmount();
const canMount = probe !== undefined;
if (!canMount) console.warn('left out: no small file system can be mounted here, so that no disk can be filled');

const long = 'A long text. '.repeat(400);
const noteOf = (n: number) => ({ text: `${n} ${long}`, visibility: 'internal' });

async function numbersOn(stage: Stage, ticketId: string): Promise<number[]> {
  const { entries } = await (await stage.desk.signIn('chloe')).ticket(ticketId);
  return entries.flatMap((entry) => (entry.kind === 'noted' ? [Number.parseInt(entry.data.text, 10)] : [])).sort((a, b) => a - b);
}
async function sameAsServer(stage: Stage, profile: string): Promise<void> {
  const server = (await (await stage.desk.signIn('amira')).call<z.output<typeof StateHash>>('GET', '/v1/hash')).body;
  expect(await stage.status(profile)).toMatchObject({ hash: server.hash, outbox: 0 });
}

describe.skipIf(!canMount)('the disk of a console is full', () => {
  let stage: Stage;
  let disk: SmallDisk;
  beforeAll(async () => {
    stage = await setStage();
    disk = mountSmallDisk(12) as SmallDisk;
  });
  afterAll(async () => {
    await stage.close();
    disk.unmount();
  });

  test('new work is refused by name, what was typed is not lost, and everything goes on when there is room', async () => {
    const farid = await stage.direct('farid');
    const ticketId = await farid.open({ title: 'On a full disk' });
    const profile = join(disk.folder, 'profile');
    const amira = await stage.console('amira', await stage.newLine(), profile);
    await amira.until('ticket', ticketId, (ticket) => ticket !== null);
    await amira.perform('claim', ticketId);
    await amira.inStep();

    disk.fill();
    const kept: number[] = [];
    const failures: unknown[] = [];
    // What the files have room for inside still goes.
    for (let n = 1; failures.length === 0 && n < 3_000; n++) {
      await amira.perform('note', ticketId, noteOf(n)).then(
        () => kept.push(n),
        (error: Error) => failures.push(error.cause),
      );
    }
    expect(failures).toMatchObject([{ kind: 'disk_full' }]);
    await expect(amira.call('saveDraft', { ticketId, form: 'resolve', content: { text: long.repeat(20) } })).rejects.toMatchObject({
      cause: { kind: 'disk_full' },
    });
    // Others go on: what comes from them cannot be kept either.
    for (let i = 0; i < 40; i++) await farid.open({ title: `From elsewhere ${i}`, description: long });
    await amira.until('sync', undefined, (status) => status.state === 'failed' && status.reason === 'disk_full');

    disk.makeRoom();
    await amira.call('retryNow', undefined);
    await amira.inStep();
    expect(await amira.perform('note', ticketId, noteOf(9_999))).toMatchObject({ ok: true });
    await amira.call('saveDraft', { ticketId, form: 'resolve', content: { text: 'kept now' } });
    await amira.inStep();
    expect(await numbersOn(stage, ticketId)).toEqual([...kept, 9_999]);
    await amira.kill();
    await sameAsServer(stage, profile);
  });

  test('a first start without room says why, and goes on when there is some', async () => {
    const profile = join(disk.folder, 'another');
    const emma = await TestConsole.start(profile);
    disk.fill();
    const { url } = await stage.newLine();
    await emma.signIn(url, async () => (await stage.desk.signIn('emma')).tokens);
    await emma.until('sync', undefined, (status) => status.state === 'failed' && status.reason === 'disk_full');
    disk.makeRoom();
    await emma.call('retryNow', undefined).catch(() => undefined);
    await emma.inStep();
    await emma.stop();
  });
});

describe.skipIf(!canMount)('the disk of the server is full', () => {
  let stage: Stage;
  let disk: SmallDisk;
  beforeAll(async () => {
    disk = mountSmallDisk(24) as SmallDisk;
    stage = await setStage({ env: { DATA_DIR: disk.folder } });
  });
  afterAll(async () => {
    await stage.close();
    disk.unmount();
  });

  test('nothing is half applied, no operation is blamed for it, and all of them arrive once when there is room', async () => {
    const farid = await stage.direct('farid');
    const ticketId = await farid.open({ title: 'On a full server' });
    const amira = await stage.console('amira', await stage.newLine());
    await amira.until('ticket', ticketId, (ticket) => ticket !== null);
    await amira.perform('claim', ticketId);
    await amira.inStep();
    // The first use of a session is written down too.
    const chloe = await stage.desk.signIn('chloe');
    await chloe.ticket(ticketId);

    disk.fill();
    // What the files have room for inside still goes.
    let arrived = 0;
    for (;;) {
      const { status, body } = await chloe.call('POST', '/v1/operations', {
        operations: [operationOf('note', ticketId, noteOf(arrived + 1))],
      });
      if (status !== 200) {
        expect([status, body]).toMatchObject([507, { error: 'disk_full', retryAfter: 30 }]);
        break;
      }
      arrived += 1;
    }
    const waiting = [10_001, 10_002, 10_003];
    for (const n of waiting) await amira.perform('note', ticketId, noteOf(n));
    await amira.until('sync', undefined, (status) => status.state === 'failed' && status.reason === 'server_disk_full');
    expect((await amira.now('outbox', undefined)).map((item) => item.state)).toEqual(['sending', 'sending', 'sending']);
    // What is there is there as a whole: opened, taken, and one revision for each note.
    const { ticket, entries } = await chloe.ticket(ticketId);
    expect(entries.filter((entry) => entry.kind === 'noted')).toHaveLength(arrived);
    expect(ticket.revision).toBe(2 + arrived);

    disk.makeRoom();
    await amira.call('retryNow', undefined);
    await amira.inStep();
    expect(await numbersOn(stage, ticketId)).toEqual([...Array.from({ length: arrived }, (_, index) => index + 1), ...waiting]);
    await amira.stop();
  });
});
