import { closeSync, existsSync, openSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { z } from 'zod';
import type { StateHash } from '#shared/contract/api.ts';
import { OUTBOX_VERSION } from '../../../electron/core/storage/migrate.ts';
import { listOf, TestConsole } from './console.ts';
import type { Line } from './line.ts';
import { type Stage, setStage } from './stage.ts';

vi.setConfig({ testTimeout: 120_000 });

let stage: Stage;
let line: Line;
let profile: string;
let amira: TestConsole;
let ticketId: string;
let made = 0;
const noted: string[] = [];
beforeAll(async () => {
  stage = await setStage();
  const farid = await stage.direct('farid');
  for (let i = 0; i < 60; i++) ticketId = await farid.open({ title: `Ticket ${i}`, description: 'Since this morning. '.repeat(40) });
  line = await stage.newLine();
  profile = stage.newProfile();
  amira = await stage.console('amira', line, profile);
  await amira.perform('claim', ticketId);
  await amira.inStep();
});
afterAll(() => stage.close());

const cache = () => join(profile, 'core', 'cache.db');
const outbox = () => join(profile, 'core', 'outbox.db');

/** Work that only this console has: a note, and a text that is not even finished. */
async function workOffline(): Promise<void> {
  await line.down();
  await amira.call('retryNow', undefined);
  await amira.until('sync', undefined, (status) => status.state === 'offline');
  made += 1;
  expect(await amira.perform('note', ticketId, { text: `Note ${made}`, visibility: 'internal' })).toMatchObject({ ok: true });
  noted.push(`Note ${made}`);
  await amira.call('saveDraft', { ticketId, form: 'resolve', content: { text: `Half a solution ${made}` } });
}

/** Everything is on the server once and the cache is the server's; the draft is still there. */
async function nothingIsLost(): Promise<void> {
  await amira.inStep();
  const { entries } = await (await stage.direct('chloe')).ticket(ticketId);
  expect(entries.flatMap((entry) => (entry.kind === 'noted' ? [entry.data.text] : [])).sort()).toEqual([...noted].sort());
  expect(await amira.call('readDraft', { ticketId, form: 'resolve' })).toMatchObject({ content: { text: `Half a solution ${made}` } });
  const server = (await (await stage.desk.signIn('amira')).call<z.output<typeof StateHash>>('GET', '/v1/hash')).body;
  expect(await stage.status(profile)).toMatchObject({ epoch: server.epoch, seq: server.seq, hash: server.hash, outbox: 0 });
}

async function startAgain(): Promise<void> {
  await line.up();
  amira = await TestConsole.start(profile);
  await amira.signIn(line.url, async () => (await stage.desk.signIn('amira')).tokens);
}

/** Overwrites a part of a file in place, as a disk that errs does. */
function scribble(file: string, from: number, bytes: number): void {
  if (!existsSync(file) || statSync(file).size <= from) return;
  const opened = openSync(file, 'r+');
  const length = Math.min(bytes, statSync(file).size - from);
  writeSync(opened, Buffer.alloc(length, 0xaa), 0, length, from);
  closeSync(opened);
}
/** Where the leaves of this table or index are; what the log has is in the file afterwards. */
function leavesOf(file: string, name: string): { from: number; bytes: number }[] {
  const db = new Database(file);
  db.pragma('wal_checkpoint(TRUNCATE)');
  const bytes = Number(db.pragma('page_size', { simple: true }));
  const pages = db
    .prepare<[string], number>("SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf'")
    .pluck()
    .all(name) as number[];
  db.close();
  return pages.map((page) => ({ from: (page - 1) * bytes, bytes }));
}
const notice = async () => (await amira.now('sync', undefined)).notice;
const aside = (name: string) =>
  readdirSync(join(profile, 'core')).filter((one) => one.startsWith(`${name}.damaged-`) && !/-(wal|shm)$/.test(one));

describe('killed, and then found', () => {
  beforeEach(async () => {
    await workOffline();
    await amira.kill();
  });

  test('with a truncated cache', async () => {
    leavesOf(cache(), 'whole');
    truncateSync(cache(), Math.floor(statSync(cache()).size / 2));
    await startAgain();
    await nothingIsLost();
    const [kept] = aside('cache.db');
    expect(await notice()).toEqual({ code: 'cache_damaged', file: kept });
    await amira.call('dismissNotice', undefined);
    expect(await notice()).toBeNull();
  });

  test('with a flipped page in the cache', async () => {
    const [leaf] = leavesOf(cache(), 'whole');
    scribble(cache(), leaf?.from ?? 0, leaf?.bytes ?? 0);
    await startAgain();
    await amira.now('list', listOf('all'));
    await amira.now('ticket', ticketId);
    await nothingIsLost();
    // It is told until it is read, also by the next process.
    await amira.kill();
    await startAgain();
    await amira.inStep();
    expect(await notice()).toMatchObject({ code: 'cache_damaged' });
    await amira.call('dismissNotice', undefined);
  });

  test('without the shared memory of both files', async () => {
    for (const file of [cache(), outbox()]) rmSync(`${file}-shm`);
    await startAgain();
    await nothingIsLost();
    expect(await notice()).toBeNull();
  });

  test('without the log of the cache', async () => {
    rmSync(`${cache()}-wal`);
    rmSync(`${cache()}-shm`);
    await startAgain();
    await nothingIsLost();
  });

  test('with a flipped page in the outbox: what can be read is saved, and the rest of the file is kept aside', async () => {
    const [leaf] = leavesOf(outbox(), 'operation_ticket');
    scribble(outbox(), leaf?.from ?? 0, leaf?.bytes ?? 0);
    await startAgain();
    await nothingIsLost();
    expect(await notice()).toEqual({ code: 'outbox_damaged', file: aside('outbox.db').at(-1) });
    await amira.call('dismissNotice', undefined);
  });

  test('with files of a newer Guichet: it says so, and leaves them as they are', async () => {
    leavesOf(outbox(), 'operation');
    const version = (to: number) => {
      const db = new Database(outbox());
      db.pragma(`user_version = ${to}`);
      db.pragma('wal_checkpoint(TRUNCATE)');
      db.close();
    };
    version(OUTBOX_VERSION + 1);
    const before = readFileSync(outbox());
    await startAgain();
    await amira.until('sync', undefined, (status) => status.state === 'failed' && status.reason === 'newer_files');
    await expect(amira.perform('note', ticketId, { text: 'x', visibility: 'internal' })).rejects.toMatchObject({
      cause: { kind: 'newer_files' },
    });
    await amira.stop();
    expect(readFileSync(outbox()).equals(before)).toBe(true);
    version(OUTBOX_VERSION);
    await startAgain();
    await nothingIsLost();
  });
});

describe('while it runs', () => {
  test('the cache is damaged: it is filled anew, and what was queued is sent', async () => {
    await workOffline();
    const before = aside('cache.db');
    scribble(cache(), 16_384, Number.POSITIVE_INFINITY);
    scribble(`${cache()}-wal`, 32 + 24 + 16_384, Number.POSITIVE_INFINITY);
    // A change elsewhere makes it read anew.
    await (await stage.direct('farid')).open({ title: 'Elsewhere' });
    await line.up();
    await amira.call('retryNow', undefined);
    await nothingIsLost();
    expect(await notice()).toMatchObject({ code: 'cache_damaged' });
    expect(aside('cache.db')).not.toEqual(before);
    await amira.call('dismissNotice', undefined);
  });
});

describe('while it runs, in another process than the one that mended before', () => {
  beforeEach(async () => {
    await amira.kill();
    await startAgain();
    await amira.inStep();
  });

  test('the outbox is damaged: the call that meets it fails by name, the next one is kept, and nothing of before is lost', async () => {
    await workOffline();
    const [leaf] = leavesOf(outbox(), 'operation_ticket');
    scribble(outbox(), leaf?.from ?? 0, leaf?.bytes ?? 0);
    // Another process has written: what core holds in memory of the file counts no more.
    const db = new Database(outbox());
    db.prepare("INSERT OR REPLACE INTO meta VALUES ('touched', 'by a test')").run();
    db.close();
    const text = 'Typed over a damaged page';
    const note = () => amira.perform('note', ticketId, { text, visibility: 'internal' });
    await expect(note()).rejects.toMatchObject({ cause: { kind: 'damaged' } });
    expect(await note()).toMatchObject({ ok: true });
    noted.push(text);
    await line.up();
    await amira.call('retryNow', undefined);
    await nothingIsLost();
    expect(await notice()).toMatchObject({ code: 'outbox_damaged' });
  });
});
