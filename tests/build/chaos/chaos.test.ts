import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chaos, isWell } from '../../../build/chaos/chaos.ts';
import { within } from '../../e2e/within.ts';

const main = join(import.meta.dirname, '../../../build/chaos/main.ts');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'guichet-chaos-test-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function command(words: readonly string[], temporary = folder) {
  return spawn(process.execPath, [main, ...words], { env: { ...process.env, TMPDIR: temporary }, stdio: ['ignore', 'pipe', 'pipe'] });
}

test('consoles and a server are killed at work: nothing is lost, nothing done twice, and all end equal', { timeout: 180_000 }, async () => {
  const said: string[] = [];
  const asked = { kills: 5, seed: 3, servers: 1, oldTickets: 30, serverScript: 'server/main.ts' };
  const { verdict, kills, operations } = await chaos({ ...asked, say: (line) => said.push(line) });
  expect(verdict).toEqual({ lost: [], twice: [], twoHolders: [], unequalCaches: [] });
  expect(kills).toBe(5);
  expect(operations).toBeGreaterThan(20);
  expect(said.filter((line) => line.startsWith('kill '))).toHaveLength(5);
});

test('a build without the id check is caught', { timeout: 180_000 }, async () => {
  const child = command(['--kills', '4', '--seed', '1', '--server', 'tests/build/chaos/server-without-id-check.ts']);
  const [shown, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  const lines = shown.trim().split('\n');
  expect(lines.at(-1)).toMatch(/^kills 4, in flight \d, operations \d+, lost \d+, twice [1-9]\d*, two holders \d+, unequal caches \d+$/);
  expect(lines.at(-2)).toMatch(
    / Once more: npm run chaos -- --kills 4 --seed 1 --server tests\/build\/chaos\/server-without-id-check\.ts$/,
  );
  expect(shown).toMatch(/^twice: (note|log_call|wait) [0-9a-f-]{36}: it is recorded 2 times$/m);
  expect(code).toBe(1);
});

test('interrupted, it leaves neither a process nor a file behind', { timeout: 120_000 }, async () => {
  const temporary = join(folder, 'temporary');
  mkdirSync(temporary);
  const child = command([], temporary);
  const [line] = (await within(60_000, 'its first line', once(createInterface({ input: child.stdout }), 'line'))) as [string];
  const url = /http:\S+/.exec(line)?.[0] ?? '';
  expect((await fetch(`${url}/healthz`)).ok).toBe(true);
  child.kill('SIGINT');
  const [said, [code]] = await within(30_000, 'its end', Promise.all([text(child.stderr), once(child, 'exit')]));
  expect([code, said]).toEqual([1, 'Interrupted: everything is stopped and removed.\n']);
  expect(readdirSync(temporary)).toEqual([]);
  await expect(fetch(`${url}/healthz`)).rejects.toThrow();
});

test('it is well with every kill that was asked for, work in flight at four of five, and nothing found', () => {
  const nothing = { lost: [], twice: [], twoHolders: [], unequalCaches: [] };
  const well = { kills: 10, inFlight: 8, operations: 100, verdict: nothing };
  const found = [{ about: 'note', what: 'lost' }];
  expect(isWell(well, 10)).toBe(true);
  expect(isWell({ ...well, inFlight: 7 }, 10)).toBe(false);
  expect(isWell(well, 11)).toBe(false);
  for (const name of Object.keys(nothing)) expect(isWell({ ...well, verdict: { ...nothing, [name]: found } }, 10)).toBe(false);
});

test.each([
  ['an option that it does not know', ['--speed', '3'], /--speed/],
  ['no number of kills', ['--kills', 'many'], /^--kills: must be a number from 1 to 100000$/],
  ['several servers on a database of one', ['--servers', '2'], /^--servers: several servers need one database/],
])('%s: one sentence, and it ends with 2', async (_case, words, sentence) => {
  const child = command(words);
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  expect(code).toBe(2);
  expect(said.trim()).toMatch(sentence);
  expect(said.trim().split('\n')).toHaveLength(1);
});
