import { Readable } from 'node:stream';
import { expect, test, vi } from 'vitest';
import { LiveEvents } from '../../../electron/core/sync/live-events.ts';
import type { ServerApi } from '../../../electron/core/sync/server-api.ts';

test('an event without end is a lost stream, and not the end of core', async () => {
  const body = new Readable({ read: () => undefined });
  const onLost = vi.fn();
  const live = new LiveEvents({ onPosition: () => undefined, onLost });
  await live.open({ stream: async () => body } as unknown as ServerApi);
  expect(live.isConnected()).toBe(true);
  // What throws in a listener of a stream ends the process that reads it.
  const uncaught = vi.fn();
  process.prependOnceListener('uncaughtException', uncaught);
  for (let chunk = 0; chunk < 4; chunk += 1) body.push(`data: ${'x'.repeat(60_000)}`);
  await vi.waitFor(() => expect(onLost).toHaveBeenCalledTimes(1));
  expect(body.destroyed).toBe(true);
  expect(live.isConnected()).toBe(false);
  expect(uncaught).not.toHaveBeenCalled();
  process.off('uncaughtException', uncaught);
});
