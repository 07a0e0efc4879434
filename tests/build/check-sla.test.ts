import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const check = (...words: string[]) => spawnSync(process.execPath, ['build/check-sla.ts', ...words], { cwd: root, encoding: 'utf8' });
const lastLine = (text: string) => text.trim().split('\n').at(-1);

test('both files of vectors pass', () => {
  for (const [name, count] of [
    ['vectors', 3000],
    ['vectors-flagged', 657],
  ] as const) {
    const { status, stdout } = check(`tests/fixtures/sla/${name}.jsonl.gz`);
    expect(lastLine(stdout)).toBe(`${count} passed, 0 failed`);
    expect(status).toBe(0);
  }
});

test('a wrong answer and a line of another format are told and fail; so does a file without lines', () => {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-sla-'));
  const file = join(folder, 'vectors.jsonl');
  const [first = ''] = gunzipSync(readFileSync(join(root, 'tests/fixtures/sla/vectors.jsonl.gz')))
    .toString()
    .split('\n');
  const wrong = { ...JSON.parse(first), id: 'mine', dueEarliest: '2001-01-01T00:00:00Z', seconds: -1 };
  writeFileSync(file, `${first}\n${JSON.stringify(wrong)}\n{"kind":"other"}\n`);
  const { status, stdout } = check(file);
  writeFileSync(file, '\n');
  const empty = check(file);
  rmSync(folder, { recursive: true });
  expect(stdout).toContain('mine (');
  expect(stdout).toContain('not a line of this format: {"kind":"other"}');
  expect(lastLine(stdout)).toBe('1 passed, 2 failed');
  expect(status).toBe(1);
  expect([empty.status, lastLine(empty.stdout)]).toEqual([1, '0 passed, 0 failed']);
  expect(check().status).toBe(2);
});
