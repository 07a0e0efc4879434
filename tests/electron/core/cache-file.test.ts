import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bootedAt, makeCacheFile, nextFileOf, prepareCacheFile } from '../../../electron/core/storage/cache-file.ts';
import { openCacheReader } from '../../../electron/core/storage/cache-read.ts';
import { CacheWriter, type PageRow } from '../../../electron/core/storage/cache-write.ts';
import { at } from '../../shared/domain/story.ts';

const sources = join(import.meta.dirname, '../../../electron/core/storage');
const dieAt = join(import.meta.dirname, 'die-at.ts');
let folder: string;
let file: string;
let next: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guichet-cache-'));
  file = join(folder, 'cache.db');
  next = nextFileOf(file);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function fill(one: string, team: string, { complete = true, person = 'amira' } = {}): Promise<void> {
  makeCacheFile(one);
  const writer = new CacheWriter(one, () => at('10:00'));
  writer.beginBulk(person);
  const row = { id: team, names: { fr: team, en: team }, revision: 1 };
  await writer.writePage([{ table: 'team', row, json: JSON.stringify(row) } as PageRow], 1, async () => undefined);
  if (complete) writer.finishBulk(`e:1:${team}`);
  else writer.commitPages({ page: 'second', position: `e:1:${team}`, received: 0 });
  writer.close();
}
function teams(): string[] {
  const reader = openCacheReader(file);
  try {
    return reader.rows.all('team').map((team) => team.id);
  } finally {
    reader.close();
  }
}
function position(): string | null {
  const reader = openCacheReader(file);
  try {
    return reader.position();
  } finally {
    reader.close();
  }
}
function setMark(one: string, mark: string): void {
  const db = new Database(one);
  db.prepare("UPDATE meta SET value = ? WHERE name = 'unsettled'").run(mark);
  db.close();
}
/** A process that prepares the file and is killed right before its file operation of this number; whether it was. */
function killedAt(step: number): boolean {
  const script = `import { prepareCacheFile } from ${JSON.stringify(join(sources, 'cache-file.ts'))}; prepareCacheFile(process.argv[1], 'amira');`;
  const words = ['--import', dieAt, '--input-type=module', '-e', script, file];
  const { signal, status } = spawnSync(process.execPath, words, { env: { ...process.env, DIE_AT_STEP: String(step) }, stdio: 'inherit' });
  if (signal === null && status !== 0) throw new Error(`exit code ${status}`);
  return signal === 'SIGKILL';
}

test('a swap is killed at each of its steps: the next start ends it, and never finds a mixture', async () => {
  let kills = 0;
  for (let step = 1; ; step++) {
    rmSync(file, { force: true });
    await fill(file, 'old');
    // A log that somebody left, with rows that are not in the file yet.
    const kept = new Database(file);
    kept.pragma('wal_autocheckpoint = 0');
    kept.exec("UPDATE meta SET value = 'e:9:old' WHERE name = 'position'");
    await fill(next, 'new');
    const wasKilled = killedAt(step);
    kept.close();
    if (!wasKilled) break;
    kills += 1;
    prepareCacheFile(file, 'amira');
    expect([step, teams(), position(), existsSync(next)]).toEqual([step, ['new'], 'e:1:new', false]);
  }
  // The database, its two side files, the renaming.
  expect(kills).toBe(4);
  expect(teams()).toEqual(['new']);
});

test('a half-filled next one stays, to be gone on with; nothing of it is seen', async () => {
  await fill(file, 'old');
  await fill(next, 'new', { complete: false });
  prepareCacheFile(file, 'amira');
  expect([teams(), existsSync(next)]).toEqual([['old'], true]);
});

test('another person’s rows are nobody else’s, half or whole', async () => {
  for (const complete of [true, false]) {
    await fill(file, 'mine', { person: 'david' });
    await fill(next, 'hers', { complete });
    prepareCacheFile(file, 'david');
    expect([teams(), existsSync(next)]).toEqual([['mine'], false]);
    rmSync(file);
  }
});

test('a next one that was being filled when the machine went down counts for nothing, the old one stays', async () => {
  for (const complete of [true, false]) {
    await fill(file, 'old');
    await fill(next, 'new', { complete });
    setMark(next, `${bootedAt() - 3_600} before`);
    prepareCacheFile(file, 'amira');
    expect([teams(), readdirSync(folder).filter((name) => name.startsWith('cache.next'))]).toEqual([['old'], []]);
    rmSync(file);
  }
});
