import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, expect, test } from 'vitest';
import { dataSet } from '../../../build/bench/data-set.ts';

const folders: string[] = [];
const newFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-desk-'));
  folders.push(folder);
  return folder;
};
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
const silent = () => undefined;

function contentOf(file: string) {
  const db = new Database(file, { readonly: true });
  const docs = (table: string) => db.prepare<[], string>(`SELECT doc FROM ${table} ORDER BY id`).pluck().all() as string[];
  const content = { tickets: docs('ticket'), entries: docs('entry'), resolutions: docs('resolution') };
  db.close();
  return content;
}

test('it has the tickets that were asked for, three lines of timeline each on average, in every state; the same every time', async () => {
  const [first, second] = [await dataSet(newFolder(), 700, silent), await dataSet(newFolder(), 700, silent)];
  const content = contentOf(first.file);
  expect(content.tickets).toHaveLength(700);
  expect(content.entries).toHaveLength(2100);
  const phases = new Set(content.tickets.map((doc) => (JSON.parse(doc) as { phase: string }).phase));
  expect(phases).toEqual(new Set(['open', 'waiting', 'resolved', 'closed']));
  expect(contentOf(second.file)).toEqual(content);
});

test('it is made once, and a server gets a copy', async () => {
  const folder = newFolder();
  const lines: string[] = [];
  const made = await dataSet(folder, 200, (line) => lines.push(line));
  expect(lines.length).toBeGreaterThan(0);
  lines.length = 0;
  const again = await dataSet(folder, 200, (line) => lines.push(line));
  expect([again.file, again.rows, lines]).toEqual([made.file, made.rows, []]);
  const dataDir = join(newFolder(), 'server');
  again.copyTo(dataDir);
  expect(readdirSync(dataDir)).toEqual(['guichet.db']);
  expect(contentOf(join(dataDir, 'guichet.db'))).toEqual(contentOf(made.file));
});
