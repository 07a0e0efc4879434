import { randomUUID } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { backUp, restore } from '../../server/db/copies.ts';
import { readPosition } from '../../server/db/database.ts';
import { startDesk, type TestDesk } from './desk.ts';
import { operationOf } from './desk-content.ts';

let desk: TestDesk;
let folder: string;
beforeAll(async () => {
  desk = await startDesk();
  folder = mkdtempSync(join(tmpdir(), 'guichet-copies-'));
});
afterAll(async () => {
  await desk.close();
  rmSync(folder, { recursive: true, force: true });
});
const dataDir = () => desk.settings.dataDir;
const position = () => desk.server.database.read(readPosition);
const now = () => new Date();

test('a backup is made while the server works, holds one state, is its owner\u2019s only, and overwrites nothing', async () => {
  const farid = await desk.signIn('farid');
  const id = await farid.open({ title: 'Before the backup' });
  const file = join(folder, 'first.db');
  const opening = Array.from({ length: 20 }, (_, i) => farid.open({ title: `Meanwhile ${i}` }));
  await backUp(dataDir(), file);
  await Promise.all(opening);
  const copy = new Database(file, { readonly: true });
  expect(copy.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(copy.prepare('SELECT count(*) FROM ticket WHERE id = ?').pluck().get(id)).toBe(1);
  const seq = copy.prepare('SELECT seq FROM position').pluck().get();
  expect(copy.prepare('SELECT max(seq) FROM feed').pluck().get()).toBe(seq);
  copy.close();
  if (process.platform !== 'win32') expect((statSync(file).mode & 0o777).toString(8)).toBe('600');
  await expect(backUp(dataDir(), file)).rejects.toThrow('overwrites nothing');
  await expect(backUp(join(folder, 'nowhere'), join(folder, 'x.db'))).rejects.toThrow('no database');
  expect(existsSync(join(folder, 'x.db'))).toBe(false);
});

test('what cannot be put back is refused, and nothing is touched', async () => {
  const good = join(folder, 'good.db');
  await backUp(dataDir(), good);
  const file = (name: string, change: (file: string) => void) => {
    const path = join(folder, name);
    copyFileSync(good, path);
    change(path);
    return path;
  };
  const newer = file('newer.db', (path) => {
    const db = new Database(path);
    db.exec("INSERT INTO schema_version VALUES (99, '0099', '2030-01-01')");
    db.close();
  });
  const damaged = file('damaged.db', (path) => {
    const bytes = readFileSync(path);
    bytes.fill(0x5a, 3 * 4096, 40 * 4096);
    writeFileSync(path, bytes);
  });
  const other = join(folder, 'other.db');
  writeFileSync(other, 'a letter to the editor');
  const before = readdirSync(dataDir()).sort();
  expect(() => restore(dataDir(), good, now())).toThrow('A server runs');
  expect(() => restore(dataDir(), newer, now())).toThrow('newer server');
  expect(() => restore(dataDir(), damaged, now())).toThrow(/damaged|no backup/);
  expect(() => restore(dataDir(), other, now())).toThrow('no backup of a Guichet server');
  expect(() => restore(dataDir(), join(folder, 'missing.db'), now())).toThrow('no file');
  expect(readdirSync(dataDir()).sort()).toEqual(before);
  // The server that runs has noticed nothing.
  await (await desk.signIn('farid')).open();
});

test('after a restore the epoch is new, sessions are over, what came later is gone, and the database of before is kept', async () => {
  const farid = await desk.signIn('farid');
  const early = await farid.open({ title: 'Early' });
  const file = join(folder, 'yesterday.db');
  await backUp(dataDir(), file);
  const late = await farid.open({ title: 'Late' });
  const before = await position();
  let kept: string | null = null;
  await desk.restart(() => {
    ({ kept } = restore(dataDir(), file, now()));
  });
  const after = await position();
  expect(after.epoch).not.toBe(before.epoch);
  expect(after.seq).toBeLessThan(before.seq);
  expect((await farid.call('GET', '/v1/me')).status).toBe(401);
  const again = await desk.signIn('farid');
  expect((await again.call('GET', `/v1/tickets/${early}`)).status).toBe(200);
  expect((await again.call('GET', `/v1/tickets/${late}`)).status).toBe(404);
  const old = new Database(String(kept), { readonly: true });
  expect(old.prepare('SELECT count(*) FROM ticket WHERE id = ?').pluck().get(late)).toBe(1);
  old.close();
});

test('a damaged database is what one restores for: it is kept as it lies, and its log is not taken for the new one\u2019s', async () => {
  const early = await (await desk.signIn('farid')).open({ title: 'Whole' });
  const file = join(folder, 'whole.db');
  await backUp(dataDir(), file);
  let kept: string | null = null;
  await desk.restart(() => {
    writeFileSync(join(dataDir(), 'guichet.db'), 'nothing that SQLite knows');
    writeFileSync(join(dataDir(), 'guichet.db-wal'), 'a log of something else');
    ({ kept } = restore(dataDir(), file, new Date(Date.now() + 60_000)));
    expect(readFileSync(String(kept), 'utf8')).toContain('nothing that SQLite knows');
    expect(readdirSync(dataDir()).filter((name) => /restoring|^guichet\.db-/.test(name))).toEqual([]);
  });
  expect((await (await desk.signIn('farid')).call('GET', `/v1/tickets/${early}`)).status).toBe(200);
});

test('a backup may lie where nobody writes, and nothing is left beside it', async () => {
  const lying = mkdtempSync(join(folder, 'vault-'));
  const file = join(lying, 'backup.db');
  await backUp(dataDir(), file);
  await desk.restart(() => void restore(dataDir(), file, new Date(Date.now() + 120_000)));
  expect(readdirSync(lying)).toEqual(['backup.db']);
});

test('a console that knows another epoch is told to start over, and nothing of its push is taken; it can ask what is missing', async () => {
  const amira = await desk.signIn('amira');
  const id = await (await desk.signIn('farid')).open();
  const note = operationOf('note', id, { text: 'Hello', visibility: 'internal' });
  const push = (epoch: string) => amira.call<{ error: string }>('POST', '/v1/operations', { operations: [note], epoch });
  expect(await push(randomUUID())).toMatchObject({ status: 409, body: { error: 'resync' } });
  const missing = randomUUID();
  const known = () => amira.call<{ unknown: string[] }>('POST', '/v1/operations/known', { ids: [note.id, missing] });
  expect((await known()).body.unknown).toEqual([note.id, missing]);
  expect((await push((await position()).epoch)).status).toBe(200);
  expect((await known()).body.unknown).toEqual([missing]);
  // Of somebody else's it says nothing.
  const bruno = await desk.signIn('bruno');
  expect(await bruno.call('POST', '/v1/operations/known', { ids: [note.id] })).toMatchObject({ body: { unknown: [note.id] } });
});
