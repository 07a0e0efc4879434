import { createHash } from 'node:crypto';
import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCacheReader } from '../../../electron/core/storage/cache-read.ts';
import { listOf } from './console.ts';
import { type Stage, setStage } from './stage.ts';

const folder = join(import.meta.dirname, '../../../electron/core');
let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.close());

test('only pull and bootstrap import the module that writes cache.db', () => {
  const importers = globSync('**/*.ts', { cwd: folder }).filter((file) =>
    /['"][^'"]*cache-write\.ts['"]/.test(readFileSync(join(folder, file), 'utf8')),
  );
  expect(importers.sort()).toEqual(['sync/bootstrap.ts', 'sync/pull.ts']);
});

test('nobody else opens a file for writing: the openers are the cache writer and the outbox', () => {
  const openers = globSync('**/*.ts', { cwd: folder }).filter((file) =>
    readFileSync(join(folder, file), 'utf8')
      .split('\n')
      .some((line) => /openSqlite\(/.test(line) && !/readonly: true/.test(line) && !/export function/.test(line)),
  );
  expect(openers.sort()).toEqual(['storage/cache-file.ts', 'storage/cache-write.ts', 'storage/outbox.ts']);
});

test('SQLite itself refuses to write through the reading connection', async () => {
  const amira = await stage.console('amira', await stage.newLine());
  await amira.stop();
  const reader = openCacheReader(join(amira.profile, 'core', 'cache.db'));
  expect(() => reader.db.exec("UPDATE whole SET ticket = '{}'")).toThrow('readonly');
  expect(() => reader.db.exec('DELETE FROM ticket')).toThrow('readonly');
  reader.close();
});

test('perform, undo, drafts, calls and every question leave cache.db as it was', async () => {
  const farid = await stage.direct('farid');
  const id = await farid.open({ title: 'Not a byte' });
  const line = await stage.newLine();
  const amira = await stage.console('amira', line);
  await amira.until('ticket', id, (ticket) => ticket !== null);
  await line.down();
  await amira.until('sync', undefined, (status) => status.state === 'offline');
  const cache = join(amira.profile, 'core', 'cache.db');
  const bytes = () =>
    ['', '-wal'].map((suffix) =>
      createHash('sha256')
        .update(readFileSync(cache + suffix))
        .digest('hex'),
    );
  const watcher = new Database(cache, { readonly: true });
  // That the bootstrap is on the disk is the last thing that its writer notes, and may come late.
  const unsettled = watcher.prepare("SELECT count(*) FROM meta WHERE name = 'unsettled'").pluck();
  await expect.poll(() => unsettled.get(), { timeout: 20_000 }).toBe(0);
  const version = () => watcher.pragma('data_version', { simple: true });
  const before = [bytes(), version()];

  const noted = await amira.perform('note', id, { text: 'claims first', visibility: 'internal' });
  await amira.until('counts', undefined, (counts) => counts.mine === 1);
  await amira.call('undo', noted.ok ? noted.operationIds : []);
  await amira.perform('claim', id);
  await amira.perform('wait', id, { reason: 'supplier', detail: '', wakeAt: null });
  await amira.call('saveDraft', { ticketId: id, form: 'note', content: { text: 'draft' } });
  await amira.call('startCall', { ticketId: id, personId: 'farid', number: { typed: '01 99 00 12 34', e164: '+33199001234' } });
  await amira.call('updateCall', { note: 'x', callbackAt: null });
  await amira.call('endCall', { outcome: 'busy' });
  await amira.call('explain', { ticketId: id, clock: 'resolution' });
  await amira.call('findPeople', 'far');
  await amira.call('similar', id);
  for (const view of ['pool', 'mine', 'waiting', 'callbacks', 'all'] as const) await amira.now('list', listOf(view));
  expect((await amira.now('list', listOf('search', { text: 'byte' }))).total).toBe(1);
  await amira.call('retryNow', undefined);
  await amira.until('sync', undefined, (status) => status.state === 'offline' && status.waiting === 3);

  expect([bytes(), version()]).toEqual(before);
  watcher.close();
  await line.up();
  await amira.call('retryNow', undefined);
  await amira.inStep();
  // The same watch on the files does see a pull.
  expect(bytes()).not.toEqual(before[0]);
  await amira.stop();
});

test("the folder of core is its owner's alone", async () => {
  const amira = await stage.console('amira', await stage.newLine());
  await amira.stop();
  expect(statSync(join(amira.profile, 'core')).mode & 0o777).toBe(0o700);
});

test('a cache of another version is rebuilt, the outbox stays; another person gets nothing of the cache', async () => {
  const line = await stage.newLine();
  let amira = await stage.console('amira', line);
  await amira.call('saveDraft', { ticketId: 'x', form: 'note', content: { text: 'kept' } });
  await amira.stop();
  const old = await stage.status(amira.profile);
  const file = join(amira.profile, 'core', 'cache.db');
  const db = new Database(file);
  db.pragma('user_version = 999');
  db.close();
  amira = await stage.console('amira', line, amira.profile);
  expect(await amira.call('readDraft', { ticketId: 'x', form: 'note' })).toMatchObject({ content: { text: 'kept' } });
  await amira.stop();
  expect((await stage.status(amira.profile)).hash).toBe(old.hash);
  const david = await stage.console('david', line, amira.profile);
  expect((await david.now('list', listOf('all'))).rows).toEqual([]);
  expect(await david.call('readDraft', { ticketId: 'x', form: 'note' })).toBeNull();
  await david.stop();
});
