import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { startCore } from '../../../electron/core/core.ts';
import { thisMachine } from '../../../electron/core/machine.ts';
import { prepareCacheFile } from '../../../electron/core/storage/cache-file.ts';
import { CacheWriter } from '../../../electron/core/storage/cache-write.ts';
import { Outbox } from '../../../electron/core/storage/outbox.ts';
import { profileFiles } from '../../../electron/core/storage/profile.ts';
import { SyncError } from '../../../electron/core/sync/sync-error.ts';

const now = () => new Date().toISOString();

/** A profile whose person did one thing that the server of epoch "old" acknowledged; its cache is of the restored server, epoch "new". */
function killedInBetween(profile: string, operationId: string): void {
  const files = profileFiles(join(profile, 'core'));
  prepareCacheFile(files.cache, 'amira');
  const cache = new CacheWriter(files.cache, now);
  cache.setMeta({ person: 'amira', position: 'new:5:tag' });
  cache.close();
  const outbox = new Outbox(files.outbox);
  outbox.setMeta('owner', 'amira');
  outbox.setMeta('epoch', 'old');
  outbox.add('amira', {
    id: operationId,
    name: 'note',
    ticketId: crypto.randomUUID(),
    ticketNumber: null,
    ticketTitle: '',
    input: { text: 'Since the backup', visibility: 'internal' },
    madeAt: now(),
    occurredAt: now(),
    offline: false,
    after: [],
    before: null,
    draft: null,
  });
  outbox.setOutcome(operationId, { id: operationId, status: 'applied', seq: 9, revision: 2 }, now());
  outbox.close();
}

test('a kill between the cache of a restored server and the word of it in the outbox: what was acknowledged is offered all the same', async () => {
  const profile = mkdtempSync(join(tmpdir(), 'guichet-epoch-'));
  const operationId = crypto.randomUUID();
  killedInBetween(profile, operationId);
  const offered: unknown[] = [];
  const answers: Record<string, () => object> = {
    '/v1/hello': () => ({ service: 'MyService', serverVersion: '1', protocols: [1], serverTime: now() }),
    '/v1/feed': () => ({ changes: [], cursor: 'new:5:tag', more: false, serverTime: now() }),
    '/v1/operations/known': () => ({ unknown: [], serverTime: now() }),
  };
  const core = startCore({
    profile,
    toMain: () => undefined,
    machine: {
      ...thisMachine,
      transport: {
        ask: async ({ path, body }) => {
          if (path === '/v1/operations/known') offered.push(body);
          return { status: 200, data: answers[path.split('?')[0] ?? '']?.(), retryAfter: undefined };
        },
        stream: async () => {
          throw new SyncError('no_answer', 'no events');
        },
      },
    },
  });
  try {
    const accessExpiresAt = new Date(Date.now() + 600_000).toISOString();
    await core.setSession({ server: 'http://127.0.0.1', accessToken: 'token', accessExpiresAt, personId: 'amira', login: 'amira' });
    await vi.waitFor(() => expect(offered).toEqual([{ ids: [operationId] }]), { timeout: 20_000 });
  } finally {
    await core.stop();
    rmSync(profile, { recursive: true, force: true });
  }
});
