import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import type { StateHash } from '#shared/contract/api.ts';
import { PASSWORD } from '../../server/desk-content.ts';
import { type Stage, setStage } from './stage.ts';

const headless = join(import.meta.dirname, '../../../electron/core/headless.ts');
let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.close());

function start(profile: string, password: string) {
  const words = ['--profile', profile, '--server', stage.desk.url, '--login', 'chloe'];
  return spawn(process.execPath, [headless, ...words], {
    env: { ...process.env, GUICHET_PASSWORD: password },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

test('headless core follows the server, and its status has the hash that the server has for the same position', async () => {
  const farid = await stage.direct('farid');
  for (let i = 0; i < 5; i++) await farid.open({ title: `Followed ${i}` });
  const profile = stage.newProfile();
  const core = start(profile, PASSWORD);
  const lines = createInterface({ input: core.stdout })[Symbol.asyncIterator]();
  const position = async (seq: number) => {
    for (;;) {
      const { value, done } = await lines.next();
      if (done) throw new Error('core ended');
      if (JSON.parse(value).seq >= seq) return;
    }
  };
  const chloe = await stage.direct('chloe');
  const serverHash = async () => (await chloe.call<z.infer<typeof StateHash>>('GET', '/v1/hash')).body;
  await position((await serverHash()).seq);
  const id = await farid.open({ title: 'Live' });
  await chloe.must('claim', id);
  await chloe.must('note', id, { text: 'seen', visibility: 'internal' });
  const expected = await serverHash();
  await position(expected.seq);
  // Also while it runs.
  expect(await stage.status(profile)).toEqual({ ...expected, outbox: 0 });
  core.kill('SIGTERM');
  expect((await once(core, 'exit'))[0]).toBe(0);
  expect(await stage.status(profile)).toEqual({ ...expected, outbox: 0 });
});

test('a wrong password ends it with a word, and not with a stack', async () => {
  const core = start(stage.newProfile(), 'wrong');
  let said = '';
  core.stderr.on('data', (chunk) => {
    said += String(chunk);
  });
  expect((await once(core, 'close'))[0]).toBe(2);
  expect(said).not.toContain('    at ');
  expect(said.trim().length).toBeGreaterThan(5);
});
