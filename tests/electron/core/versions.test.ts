import { afterAll, beforeAll, expect, test } from 'vitest';
import { PROTOCOL_VERSION } from '#shared/contract/api.ts';
import { type Stage, setStage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.close());
const note = (text: string) => ({ text, visibility: 'internal' });

test('a server of the next version serves this console; of the one after it says too old, and still takes what was done', async () => {
  const farid = await stage.direct('farid');
  const id = await farid.open({ title: 'Before the update' });
  const line = await stage.newLine();
  const amira = await stage.console('amira', line);
  await amira.until('ticket', id, (ticket) => ticket !== null);

  await stage.desk.replace(PROTOCOL_VERSION + 1);
  await amira.perform('note', id, note('To the next version'));
  await amira.call('retryNow', undefined);
  await amira.inStep();

  // Updated while the console was away, with work of an hour.
  await line.down();
  await amira.until('sync', undefined, (status) => status.state === 'offline');
  await amira.perform('note', id, note('Made offline'));
  await stage.desk.replace(PROTOCOL_VERSION + 2);
  await line.up();
  await amira.call('retryNow', undefined);
  await amira.until('sync', undefined, (status) => status.state === 'console_too_old' && status.waiting === 0);
  // And what is done now leaves at once, though nothing comes in any more.
  await amira.perform('note', id, note('Made too old'));
  await amira.until('sync', undefined, (status) => status.state === 'console_too_old' && status.waiting === 0);
  const chloe = await stage.desk.signIn('chloe');
  const texts = (await chloe.ticket(id)).entries.flatMap((entry) => (entry.kind === 'noted' ? [entry.data.text] : []));
  expect(texts.sort()).toEqual(['Made offline', 'Made too old', 'To the next version']);
  // His own work stays in sight: the feed that would bring it is closed to him.
  expect((await amira.now('ticket', id))?.timeline.some(({ entry }) => entry.kind === 'noted' && entry.data.text === 'Made too old')).toBe(
    true,
  );

  await stage.desk.replace(PROTOCOL_VERSION);
  await amira.call('retryNow', undefined);
  await amira.inStep();
  await amira.stop();
});

test('a server that is older than the console is sent nothing; the console says so, goes on, and catches up after the update', async () => {
  const farid = await stage.direct('farid');
  const id = await farid.open({ title: 'Old server' });
  const line = await stage.newLine();
  const amira = await stage.console('amira', line);
  await amira.until('ticket', id, (ticket) => ticket !== null);
  // Put back to yesterday's program in the middle of it.
  await stage.desk.replace(PROTOCOL_VERSION - 1);
  await amira.until('sync', undefined, (status) => status.state === 'server_too_old');
  const before = line.seen.filter((one) => one.startsWith('POST')).length;
  expect(await amira.perform('claim', id)).toMatchObject({ ok: true });
  await amira.call('retryNow', undefined);
  const status = await amira.until('sync', undefined, ({ state, waiting }) => state === 'server_too_old' && waiting === 1);
  expect(status.nextTryAt).not.toBeNull();
  expect((await amira.now('ticket', id))?.ticket.holderId).toBe('amira');
  expect(line.seen.filter((one) => one.startsWith('POST')).length).toBe(before);

  await stage.desk.replace(PROTOCOL_VERSION);
  await amira.call('retryNow', undefined);
  await amira.inStep();
  expect((await (await stage.desk.signIn('chloe')).ticket(id)).ticket.holderId).toBe('amira');
  await amira.stop();
});
