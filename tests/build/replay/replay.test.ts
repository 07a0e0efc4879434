import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ReplayOptions, replay } from '../../../build/replay/play.ts';
import { type SliceFiles, writeSlice } from './slice.ts';

const main = join(import.meta.dirname, '../../../build/replay/main.ts');
const TICKETS = 250;
let folder: string;
let slice: SliceFiles;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'guichet-replay-test-'));
  slice = writeSlice(folder, TICKETS);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const play = (more: Partial<ReplayOptions> = {}) => replay({ ...slice, consoles: 2, say: () => undefined, ...more });

function command(
  words: readonly string[],
  temporary = folder,
): ChildProcess & { stdout: NodeJS.ReadableStream; stderr: NodeJS.ReadableStream } {
  return spawn(process.execPath, [main, ...words], { env: { ...process.env, TMPDIR: temporary }, stdio: ['ignore', 'pipe', 'pipe'] });
}

test('server and consoles end where the log ends, and are where it is at each checkpoint', async () => {
  const said: string[] = [];
  const result = await play({ say: (line) => said.push(line) });
  expect(result.shown).toEqual([]);
  expect(result).toMatchObject({ tickets: TICKETS, mismatches: 0 });
  expect(result.operations).toBeGreaterThan(5 * TICKETS);
  expect(said).toHaveLength(8);
});

test('one event that never reaches the consoles is noticed, there and not on the server', async () => {
  const { mismatches, shown } = await play({ checkpoints: undefined, serverScript: 'tests/build/replay/server-that-loses-an-event.ts' });
  expect(mismatches).toBeGreaterThan(0);
  expect(new Set(shown.map(({ where }) => where))).toContain('console 1');
  expect(shown.filter(({ where }) => where === 'server')).toEqual([]);
  const fields = shown.map(({ field }) => field);
  expect(fields).toContain('phase');
  expect(fields).toContain('hash of its state');
});

test('what the server does not take is a mismatch, and so is the ticket that it leaves behind', async () => {
  const lines = [
    '{"t":"2999-01-01T00:00:00Z","ticket":"T1","n":0,"op":"open","actor":"a1","fields":{"opened_at":"2999-01-01T00:00:00Z","opened_by":null,"group":null,"caller":"c1","location":null,"category":null,"impact":2,"urgency":2}}',
  ];
  const final =
    '{"ticket":"T1","state":"New","group":null,"assignee":null,"caller":"c1","location":null,"category":null,"impact":2,"urgency":2,"priority":3,"code":null,"opened_at":"2999-01-01T00:00:00Z","first_resolved_at":null,"resolved_at":null,"closed_at":null,"routes":0,"reopens":0,"waits":0,"at":{}}';
  const files = { events: join(folder, 'future.ndjson'), final: join(folder, 'future-final.ndjson'), checkpoints: undefined };
  writeFileSync(files.events, `${lines.join('\n')}\n`);
  writeFileSync(files.final, `${final}\n`);
  const { shown } = await play({ ...files, consoles: 1 });
  expect(shown.map(({ when, where, ticket, field }) => [when, where, ticket, field])).toEqual([
    ['import', 'server', 'T1', 'open'],
    ['end', 'server', 'T1', 'ticket'],
    ['end', 'console 1', 'T1', 'ticket'],
  ]);
});

test('interrupted, it leaves neither a process nor a file behind', async () => {
  const temporary = join(folder, 'temporary');
  mkdirSync(temporary);
  const child = command(['--events', slice.events, '--final', slice.final], temporary);
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const url = /http:\S+/.exec(line)?.[0] ?? '';
  expect((await fetch(`${url}/healthz`)).ok).toBe(true);
  child.kill('SIGINT');
  expect((await once(child, 'exit'))[0]).toBe(1);
  expect(readdirSync(temporary)).toEqual([]);
  await expect(fetch(`${url}/healthz`)).rejects.toThrow();
});

test.each([
  ['an option that it does not know', () => ['--speed', '3'], /--speed/],
  ['no number of consoles', () => ['--consoles', 'two'], /^--consoles: must be a number from 1 to 50$/],
  ['a file that is not there', () => ['--events', join(folder, 'nothing')], /nothing cannot be read/],
  ['a line that is no event', () => ['--events', slice.final], /final\.ndjson, line 1: /],
])('%s: one sentence, and it ends with 2', async (_case, words, sentence) => {
  const child = command(words());
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  expect(code).toBe(2);
  expect(said.trim()).toMatch(sentence);
  expect(said.trim().split('\n')).toHaveLength(1);
});

test('a database that cannot be reached is told in a sentence', async () => {
  const url = 'postgresql://guichet:very-secret@127.0.0.1:9/replay';
  const child = command(['--events', slice.events, '--final', slice.final, '--database-url', url]);
  const [said, shown, [code]] = await Promise.all([text(child.stderr), text(child.stdout), once(child, 'exit')]);
  expect(code).toBe(1);
  expect(said).toMatch(/^The database 127\.0\.0\.1:9\/replay cannot be reached: /);
  expect(said.trim().split('\n')).toHaveLength(1);
  expect(said).not.toContain('very-secret');
  expect(shown).toBe('');
});
