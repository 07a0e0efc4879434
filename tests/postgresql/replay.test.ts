import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { replay } from '../../build/replay/play.ts';
import { writeSlice } from '../build/replay/slice.ts';
import { newStorage, type Storage } from '../server/storage.ts';

let folder: string;
let storage: Storage;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'guichet-replay-test-'));
  storage = await newStorage();
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await storage.remove();
});

test('a log is replayed on PostgreSQL, and only on a database that nobody uses', async () => {
  const log = writeSlice(folder, 40);
  const play = () => replay({ ...log, consoles: 1, databaseUrl: String(storage.databaseUrl), say: () => undefined });
  const { tickets, mismatches, shown } = await play();
  expect({ mismatches, shown }).toEqual({ mismatches: 0, shown: [] });
  expect(tickets).toBeGreaterThan(40);
  await expect(play()).rejects.toThrow('not empty');
});
