import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { backUp, restore } from '../../server/db/copies.ts';
import { backUpPostgres, restorePostgres } from '../../server/db/copies-postgres.ts';
import { openDatabase, readPosition } from '../../server/db/database.ts';
import { deskCache } from '../../server/db/desk.ts';
import { stateHash } from '../../server/feed/state-hash.ts';
import { startDesk, type TestDesk } from '../server/desk.ts';
import { fingerprint } from '../server/fingerprint.ts';
import { newStorage } from '../server/storage.ts';

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
const url = () => String(desk.settings.databaseUrl);
const dataDir = () => desk.settings.dataDir;
const position = () => desk.server.database.read(readPosition);
const putBack = (file: string, now = new Date()) => restorePostgres(url(), dataDir(), file, now);

test('a backup is made while the server works, holds one state, is its owner’s only, and overwrites nothing', async () => {
  const farid = await desk.signIn('farid');
  const id = await farid.open({ title: 'Before the backup' });
  const file = join(folder, 'first.db');
  const opening = Array.from({ length: 20 }, (_, i) => farid.open({ title: `Meanwhile ${i}` }));
  await backUpPostgres(url(), file);
  await Promise.all(opening);
  const copy = new Database(file, { readonly: true });
  expect(copy.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(copy.pragma('foreign_key_check')).toEqual([]);
  expect(copy.prepare('SELECT count(*) FROM ticket WHERE id = ?').pluck().get(id)).toBe(1);
  const seq = copy.prepare('SELECT seq FROM position').pluck().get();
  expect(copy.prepare('SELECT max(seq) FROM feed').pluck().get()).toBe(seq);
  copy.close();
  expect((statSync(file).mode & 0o777).toString(8)).toBe('600');
  await expect(backUpPostgres(url(), file)).rejects.toThrow('overwrites nothing');
  const empty = await newStorage({ empty: true });
  await expect(backUpPostgres(String(empty.databaseUrl), join(folder, 'x.db'))).rejects.toThrow('no database of a Guichet server');
  await empty.remove();
  expect(readdirSync(folder)).toEqual(['first.db']);
});

test('what cannot be put back is refused, also while a server runs, and nothing is touched', async () => {
  const good = join(folder, 'good.db');
  await backUpPostgres(url(), good);
  const nonsense = join(folder, 'nonsense.db');
  writeFileSync(nonsense, 'nothing that SQLite knows');
  const before = await fingerprint(desk.server.database);
  await expect(putBack(good)).rejects.toThrow(/^A server runs on .*desk_/);
  await expect(putBack(nonsense)).rejects.toThrow('no backup');
  await expect(putBack(join(folder, 'missing.db'))).rejects.toThrow('no file');
  expect(await fingerprint(desk.server.database)).toEqual(before);
  expect(readdirSync(dataDir())).toEqual(['files']);
});

test('after a restore the epoch is new, sessions are over, what came later is gone, and what was before is kept', async () => {
  const farid = await desk.signIn('farid');
  const early = await farid.open({ title: 'Early' });
  const file = join(folder, 'yesterday.db');
  await backUpPostgres(url(), file);
  const late = await farid.open({ title: 'Late' });
  const before = await position();
  let kept: string | null = null;
  await desk.restart(async () => {
    ({ kept } = await putBack(file));
  });
  const after = await position();
  expect(after.epoch).not.toBe(before.epoch);
  expect(after.seq).toBeLessThan(before.seq);
  expect((await farid.call('GET', '/v1/me')).status).toBe(401);
  const again = await desk.signIn('farid');
  expect((await again.call('GET', `/v1/tickets/${early}`)).status).toBe(200);
  expect((await again.call('GET', `/v1/tickets/${late}`)).status).toBe(404);
  await again.open({ title: 'And on it goes' });
  const old = new Database(String(kept), { readonly: true });
  expect(old.prepare('SELECT count(*) FROM ticket WHERE id = ?').pluck().get(late)).toBe(1);
  old.close();
});

test('a restore that fails half way leaves what was there', async () => {
  const file = join(folder, 'half.db');
  await backUpPostgres(url(), file);
  const broken = new Database(file);
  // The last table that is filled: all others are in by then.
  broken.pragma('foreign_keys = OFF');
  broken.exec(`INSERT INTO session_seen (session_id, seq) VALUES ('of nobody', 1)`);
  broken.close();
  const before = (await position()).epoch;
  await desk.restart(() => expect(putBack(file, new Date(Date.now() + 60_000))).rejects.toThrow(/foreign key/));
  expect((await position()).epoch).toBe(before);
});

test('a desk moves from PostgreSQL to SQLite and back, and everybody sees the same', async () => {
  const amira = await desk.signIn('amira');
  const { body } = await amira.call<{ hash: string; tickets: number }>('GET', '/v1/hash');
  expect(body.tickets).toBeGreaterThan(20);
  const [there, back] = [join(folder, 'there.db'), join(folder, 'back.db')];
  await backUpPostgres(url(), there);
  const elsewhere = join(folder, 'sqlite');
  restore(elsewhere, there, new Date());
  const database = await openDatabase({ dataDir: elsewhere });
  const state = await database.read(async (db) => stateHash(db, await deskCache().in(db), 'amira'));
  await database.close();
  expect(state).toMatchObject({ hash: body.hash, tickets: body.tickets });
  await backUp(elsewhere, back);
  await desk.restart(async () => void (await putBack(back, new Date(Date.now() + 120_000))));
  expect(await (await desk.signIn('amira')).call('GET', '/v1/hash')).toMatchObject({ body: { hash: body.hash, tickets: body.tickets } });
});

test('the commands take DATABASE_URL, and say in a sentence what they did not do', async () => {
  const command = async (...words: string[]) => {
    const script = join(import.meta.dirname, '../../server/copies.ts');
    const env = { ...process.env, DATA_DIR: dataDir(), DATABASE_URL: url() };
    const child = spawn(process.execPath, [script, ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const [said, told, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
    return { code, said, told };
  };
  const file = join(folder, 'by-command.db');
  expect(await command('backup', file)).toEqual({ code: 0, said: `The database is in ${file}.\n`, told: '' });
  expect(existsSync(file)).toBe(true);
  expect(await command('restore', file)).toMatchObject({ code: 1, told: expect.stringMatching(/^A server runs on .*\n$/) });
  await desk.restart(async () => {
    const { code, said } = await command('restore', file);
    expect({ code, said }).toMatchObject({ code: 0, said: expect.stringContaining('The one before is kept: ') });
  });
});
