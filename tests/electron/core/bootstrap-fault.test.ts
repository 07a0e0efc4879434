import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { thisMachine } from '../../../electron/core/machine.ts';
import { prepareCacheFile } from '../../../electron/core/storage/cache-file.ts';
import { openCacheReader } from '../../../electron/core/storage/cache-read.ts';
import { Bootstrap } from '../../../electron/core/sync/bootstrap.ts';
import type { ServerApi } from '../../../electron/core/sync/server-api.ts';
import { SyncError } from '../../../electron/core/sync/sync-error.ts';

test('a disk that is full while rows arrive is told as such, and not as a line that is down', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-bootstrap-'));
  try {
    const file = join(folder, 'cache.db');
    prepareCacheFile(file, 'amira');
    const full = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
    const bootstrap = new Bootstrap({
      file,
      personId: 'amira',
      now: () => new Date().toISOString(),
      onRows: () => {
        throw full;
      },
      swap: () => undefined,
      onProgress: () => undefined,
    });
    const row = (id: number) => ({ kind: 'row', table: 'team', row: { id: `t${id}`, names: { fr: 'a', en: 'b' }, revision: 1 } });
    const end = { kind: 'end', next: null, position: 'e:1:t', total: 300 };
    const lines = [...Array.from({ length: 300 }, (_, id) => row(id)), end].map((line) => `${JSON.stringify(line)}\n`);
    const api = { stream: async () => Readable.from([Buffer.from(lines.join(''))]) } as unknown as ServerApi;
    await expect(bootstrap.run(api, new AbortController().signal, async () => undefined)).rejects.toBe(full);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a bootstrap whose answer was lost before it began is given up, so that it is tried again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-bootstrap-'));
  try {
    const file = join(folder, 'cache.db');
    prepareCacheFile(file, 'amira');
    const nothing = () => undefined;
    const settings = { file, personId: 'amira', now: () => new Date().toISOString(), onRows: nothing, swap: nothing, onProgress: nothing };
    const due: { ms: number; work: () => void }[] = [];
    const after = (ms: number, work: () => void) => {
      due.push({ ms, work });
      return () => undefined;
    };
    const unheard = (_path: string, signal: AbortSignal) =>
      new Promise<never>((_resolve, reject) => signal.addEventListener('abort', () => reject(new SyncError('no_answer', 'given up'))));
    const running = new Bootstrap({ ...settings, machine: { ...thisMachine, after } }).run(
      { stream: unheard } as unknown as ServerApi,
      new AbortController().signal,
      async () => undefined,
    );
    const ended = expect(running).rejects.toMatchObject({ kind: 'no_answer' });
    expect(due.map(({ ms }) => ms)).toEqual([30_000]);
    due[0]?.work();
    await ended;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a line that is written in another way is kept as it was understood, and never as text that cannot be read again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-bootstrap-'));
  try {
    const file = join(folder, 'cache.db');
    prepareCacheFile(file, 'amira');
    const nothing = () => undefined;
    const settings = { file, personId: 'amira', now: () => new Date().toISOString(), onRows: nothing, swap: nothing, onProgress: nothing };
    const team = (id: string) => JSON.stringify({ id, names: { fr: 'a', en: 'b' }, revision: 1 });
    const lines = [
      `{"kind":"row","table":"team","row":${team('usual')}}`,
      `{"kind":"row","table":"team","row":${team('spaced')}} \r`,
      `{"kind":"row","table":"team","row":${team('first')},"row":${team('twice')}}`,
      `{ "table": "team", "kind": "row", "row": ${team('turned')} }`,
      '{"kind":"end","next":null,"position":"e:1:t","total":0}',
    ];
    const api = { stream: async () => Readable.from([Buffer.from(`${lines.join('\n')}\n`)]) } as unknown as ServerApi;
    await new Bootstrap(settings).run(api, new AbortController().signal, async () => undefined);
    const reader = openCacheReader(file);
    expect(reader.rows.all('team').map((one) => one.id)).toEqual(['spaced', 'turned', 'twice', 'usual']);
    reader.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
