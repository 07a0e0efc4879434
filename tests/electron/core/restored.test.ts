import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import type { StateHash } from '#shared/contract/api.ts';
import { backUp, restore } from '../../../server/db/copies.ts';
import { openInput } from '../../server/desk-content.ts';
import { type Stage, setStage } from './stage.ts';

let stage: Stage;
let folder: string;
beforeAll(async () => {
  stage = await setStage();
  folder = mkdtempSync(join(tmpdir(), 'guichet-restored-'));
});
afterAll(async () => {
  await stage.close();
  rmSync(folder, { recursive: true, force: true });
});

test('a server that is put back to yesterday gets everything again that it had acknowledged since, once, and nothing that was undone', async () => {
  const { desk } = stage;
  const line = await stage.newLine();
  const early = await (await stage.direct('farid')).open({ title: 'Early' });
  const [amira, bruno] = [await stage.console('amira', line), await stage.console('bruno', line)];
  await amira.perform('note', early, { text: 'Before the backup', visibility: 'internal' });
  await amira.inStep();
  const yesterday = join(folder, 'yesterday.db');
  await backUp(desk.settings.dataDir, yesterday);

  // All of this is acknowledged, and lost with the server's disk.
  const late = crypto.randomUUID();
  await amira.perform('open', late, openInput('farid', { title: 'Late', duringCall: true }));
  await amira.perform('note', late, { text: 'Of the late one', visibility: 'internal' });
  await amira.perform('claim', early);
  await amira.inStep();
  const urgent = await amira.perform('set_urgency', early, {
    importance: 'site',
    relevance: 'blocked',
    override: null,
    seenUrgency: 'medium',
  });
  await amira.inStep();
  expect(await amira.call('undo', urgent?.ok ? urgent.operationIds : [])).toMatchObject({ ok: true });
  await amira.perform('resolve', early, { text: 'Replaced', code: 'solved' });
  await amira.inStep();
  await bruno.perform('note', early, { text: 'By Bruno', visibility: 'internal' });
  await bruno.inStep();

  // And this is not acknowledged yet: it builds on what was lost.
  await line.down();
  await amira.until('sync', undefined, (status) => status.state === 'offline');
  await amira.perform('note', late, { text: 'Made offline', visibility: 'internal' });
  await desk.restart(() => void restore(desk.settings.dataDir, yesterday, new Date()));
  await line.up();
  // Long enough for a watch to see what is said meanwhile.
  line.fate = ({ path }) => (path === '/v1/operations/known' ? { delay: 1_000 } : 'pass');
  const told = amira.until('sync', undefined, (status) => status.state === 'checking');
  for (const one of [amira, bruno]) {
    // Their sessions ended with the restore.
    await one.signIn(line.url, async () => (await desk.signIn(one === amira ? 'amira' : 'bruno')).tokens);
    await one.call('retryNow', undefined);
  }
  await told;
  await Promise.all([amira.inStep(), bruno.inStep()]);
  await amira.until('ticket', early, (seen) => seen?.timeline.some(({ entry }) => entry.authorId === 'bruno') === true);

  const chloe = await desk.signIn('chloe');
  const texts = async (id: string) =>
    (await chloe.ticket(id)).entries.flatMap((entry) => (entry.kind === 'noted' ? [entry.data.text] : [])).sort();
  expect(await texts(early)).toEqual(['Before the backup', 'By Bruno']);
  expect(await texts(late)).toEqual(['Made offline', 'Of the late one']);
  const { ticket, entries, resolutions } = await chloe.ticket(early);
  expect(ticket).toMatchObject({ holderId: 'amira', urgency: 'medium' });
  expect(resolutions.map((one) => one.text)).toEqual(['Replaced']);
  expect(entries.filter((entry) => entry.kind === 'urgency_set' && !entry.undone)).toEqual([]);
  expect((await chloe.ticket(late)).ticket.holderId).toBe('amira');
  expect(await amira.now('outbox', undefined)).toEqual([]);

  for (const [one, login] of [
    [amira, 'amira'],
    [bruno, 'bruno'],
  ] as const) {
    const server = (await (await desk.signIn(login)).call<z.output<typeof StateHash>>('GET', '/v1/hash')).body;
    await one.inStep();
    await one.kill();
    expect(await stage.status(one.profile)).toMatchObject({ epoch: server.epoch, hash: server.hash, outbox: 0 });
  }
});
