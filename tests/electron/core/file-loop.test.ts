import { expect, test, vi } from 'vitest';
import type { FileFolder } from '../../../electron/core/files/file-folder.ts';
import { thisMachine } from '../../../electron/core/machine.ts';
import type { Outbox } from '../../../electron/core/storage/outbox.ts';
import { FileLoop } from '../../../electron/core/sync/file-loop.ts';
import type { ServerApi } from '../../../electron/core/sync/server-api.ts';
import type { TokenSource } from '../../../electron/core/sync/tokens.ts';

test('an outbox that cannot be read for a while does not end the loop of the files, nor its stop', async () => {
  const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const full = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
  const told: unknown[] = [];
  let looks = 0;
  const files = {
    waiting: () => {
      looks += 1;
      if (looks <= 2) throw full;
      return [];
    },
  };
  const loop = new FileLoop({
    api: {} as ServerApi,
    outbox: { files } as unknown as Outbox,
    personId: 'amira',
    folder: {} as FileFolder,
    tokens: {} as TokenSource,
    isOnline: () => true,
    onProgress: () => undefined,
    onUploaded: () => undefined,
    onDamage: (what) => told.push(what),
    // Waits end at once.
    machine: { ...thisMachine, after: (_ms, work) => thisMachine.after(0, work), monotonic: () => looks * 60_000 },
  });
  loop.start();
  await vi.waitFor(() => expect(looks).toBeGreaterThan(2));
  expect(told).toEqual([full, full]);
  await loop.stop();
  error.mockRestore();
});
