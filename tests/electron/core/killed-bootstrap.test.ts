import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { z } from 'zod';
import type { ImportOperation, StateHash } from '#shared/contract/api.ts';
import { putMembership } from '../../../server/db/directory.ts';
import { openInput } from '../../server/desk-content.ts';
import { listOf, TestConsole } from './console.ts';
import type { Line } from './line.ts';
import { type Stage, setStage } from './stage.ts';

const dieAt = join(import.meta.dirname, 'die-at.ts');
/** Pages of 200, 1000 and 50 open tickets, then of 1000 and 50 others. */
const OPEN = 1_250;
const CLOSED = 1_050;
const PAGES = 5;
// Many processes start here, one after the other.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
  const ines = await stage.desk.signIn('ines');
  let second = 0;
  const step = (name: string, ticketId: string, input: object): ImportOperation => {
    second += 1;
    const at = new Date(Date.UTC(2026, 0, 5, 8, 0, second)).toISOString();
    return { id: randomUUID(), name, ticketId, actorId: 'farid', at, input: { ...input } };
  };
  const steps = Array.from({ length: OPEN + CLOSED }, (_, n) => {
    const id = randomUUID();
    const opened = step('open', id, openInput('farid', { title: `Ticket ${n}`, channel: 'import' }));
    return n < OPEN ? [opened] : [opened, step('close', id, {})];
  }).flat();
  for (let start = 0; start < steps.length; start += 500) {
    const answer = await ines.call('POST', '/v1/import', { operations: steps.slice(start, start + 500), skipTouched: false });
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  }
});
afterAll(() => stage.close());

const cacheOf = (profile: string) => join(profile, 'core', 'cache.db');
const nextOf = (profile: string) => join(profile, 'core', 'cache.next.db');

/** How far this file is filled, as a process that starts would find it. */
function filled(file: string): { page: string; received: number } | null {
  const db = new Database(file, { readonly: true });
  try {
    const found = db.prepare<[], string>("SELECT value FROM meta WHERE name = 'filled'").pluck().get();
    return found === undefined ? null : JSON.parse(found);
  } finally {
    db.close();
  }
}

/** Answers `pages` pages of a bootstrap, and holds the next; what was asked for, by page. */
function holdBehind(line: Line, pages: number): (string | null)[] {
  const asked: (string | null)[] = [];
  line.fate = ({ path }) => {
    if (!path.startsWith('/v1/bootstrap')) return 'pass';
    asked.push(new URLSearchParams(path.split('?')[1]).get('page'));
    return asked.length > pages ? 'hold' : 'pass';
  };
  return asked;
}

async function sameAsServer(profile: string): Promise<void> {
  const server = (await (await stage.desk.signIn('amira')).call<z.output<typeof StateHash>>('GET', '/v1/hash')).body;
  expect(await stage.status(profile)).toMatchObject({ epoch: server.epoch, seq: server.seq, tickets: server.tickets, hash: server.hash });
}

/** A core that is killed once it has committed one page more than the last; returns where it had come. */
async function killedAfterOnePage(profile: string, line: Line, file: string, before: string | null): Promise<string> {
  const asked = holdBehind(line, 1);
  const core = await TestConsole.start(profile);
  await core.signIn(line.url, async () => (await stage.desk.signIn('amira')).tokens);
  const page = await vi.waitFor(
    () => {
      const now = existsSync(file) ? (filled(file)?.page ?? null) : null;
      if (now === null || now === before) throw new Error(`no page is committed behind ${before}`);
      return now;
    },
    { timeout: 30_000, interval: 20 },
  );
  await core.kill();
  // It asked for the page that follows those that it had, and for no other before it.
  expect(asked[0]).toBe(before);
  return page;
}

test('a first bootstrap that is killed at each of its pages goes on at the page it had come to, to the same rows as the server', async () => {
  const line = await stage.newLine();
  const profile = stage.newProfile();
  const seen: (string | null)[] = [null];
  for (let page = 1; page < PAGES; page++) seen.push(await killedAfterOnePage(profile, line, cacheOf(profile), seen.at(-1) ?? null));
  expect(new Set(seen).size).toBe(PAGES);
  // Meanwhile something changes that was there before, and something that comes.
  const farid = await stage.direct('farid');
  await farid.open({ title: 'Opened between two kills' });
  const asked = holdBehind(line, PAGES);
  const core = await stage.console('amira', line, profile);
  expect(asked).toEqual([seen.at(-1)]);
  expect((await core.now('list', listOf('search', { text: 'between two kills' }))).total).toBe(1);
  await core.kill();
  await sameAsServer(profile);
});

/** Amira's rights change: her position fits the server's feed no more. */
async function outdate(): Promise<void> {
  const teamId = changes++ % 2 === 0 ? 'dispatch' : 'workplace';
  const rights = { id: 'amira-helps-out', personId: 'amira', teamId, role: 'technician' } as const;
  await stage.desk.server.database.write((tx) => putMembership(tx, rights));
}
let changes = 0;

test('a resync that is killed at each page goes on beside the old rows, which stay in sight until the new ones are complete', async () => {
  const line = await stage.newLine();
  const profile = stage.newProfile();
  const first = await stage.console('amira', line, profile);
  const { pool } = await first.now('counts', undefined);
  await first.stop();
  await outdate();
  let before: string | null = null;
  for (let page = 1; page < PAGES; page++) {
    before = await killedAfterOnePage(profile, line, nextOf(profile), before);
    expect(filled(cacheOf(profile))).toBeNull();
  }
  const asked = holdBehind(line, 0);
  const core = await TestConsole.start(profile);
  await core.signIn(line.url, async () => (await stage.desk.signIn('amira')).tokens);
  await core.until('sync', undefined, (status) => status.state === 'bootstrapping');
  expect(await core.now('counts', undefined)).toMatchObject({ pool });
  expect((await core.now('list', listOf('search', { text: 'ticket 12' }))).total).toBeGreaterThan(0);
  line.fate = () => 'pass';
  await core.kill();
  expect(asked).toEqual([before]);
  const again = await stage.console('amira', line, profile);
  expect(await again.now('counts', undefined)).toMatchObject({ pool });
  await again.kill();
  expect(existsSync(nextOf(profile))).toBe(false);
  await sameAsServer(profile);
});

test('a core that is killed in the middle of the swap is in step at its next start, without another bootstrap', async () => {
  const line = await stage.newLine();
  const profile = stage.newProfile();
  await (await stage.console('amira', line, profile)).stop();
  await outdate();
  // The first file operation deletes the old database, the second its log: the kill is between them.
  const dying = await TestConsole.start(profile, { under: ['--import', dieAt], env: { DIE_AT_STEP: '2' } });
  await dying.signIn(line.url, async () => (await stage.desk.signIn('amira')).tokens);
  await dying.ended();
  expect([existsSync(cacheOf(profile)), existsSync(nextOf(profile))]).toEqual([false, true]);
  const asked = holdBehind(line, PAGES);
  await (await stage.console('amira', line, profile)).kill();
  expect(asked).toEqual([]);
  await sameAsServer(profile);
});

test('a page that this server cannot go on from is answered by starting over, and what was there stays in sight', async () => {
  const line = await stage.newLine();
  const profile = stage.newProfile();
  const page = await killedAfterOnePage(profile, line, cacheOf(profile), null);
  await outdate();
  const asked = holdBehind(line, 2);
  const core = await TestConsole.start(profile);
  await core.signIn(line.url, async () => (await stage.desk.signIn('amira')).tokens);
  await vi.waitFor(() => expect(asked).toHaveLength(3), { timeout: 30_000, interval: 20 });
  expect(asked.slice(0, 2)).toEqual([page, null]);
  expect((await core.now('counts', undefined)).pool).toBe(200);
  line.fate = () => 'pass';
  await core.kill();
  await (await stage.console('amira', line, profile)).kill();
  await sameAsServer(profile);
});
