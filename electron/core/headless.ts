/**
 * `npm run core -- --profile DIR --server URL --login NAME [--status]`: core without a window. It follows the server and prints a line
 * at each new position; the password comes from GUICHET_PASSWORD. `--status` prints what the profile holds, without connecting.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startCore } from './core.ts';
import { cacheState } from './state-hash.ts';
import { openCacheReader } from './storage/cache-read.ts';
import { Outbox } from './storage/outbox.ts';
import { SyncError } from './sync/sync-error.ts';
import { PasswordTokens } from './sync/tokens.ts';

const { values } = parseArgs({
  options: {
    profile: { type: 'string' },
    server: { type: 'string' },
    login: { type: 'string' },
    status: { type: 'boolean', default: false },
  },
});
const { profile, server, login } = values;
if (profile === undefined) fail('say which profile: --profile DIR');

if (values.status) printStatus(profile);
else await follow(profile);

function fail(message: string): never {
  console.error(message);
  process.exit(2);
}

function printStatus(folder: string): void {
  const cache = join(folder, 'core', 'cache.db');
  const outboxFile = join(folder, 'core', 'outbox.db');
  if (!existsSync(cache)) fail(`no cache in ${folder}: this profile has never followed a server`);
  const reader = openCacheReader(cache);
  const { epoch, seq, tickets, hash } = cacheState(reader);
  reader.close();
  let unsent = 0;
  if (existsSync(outboxFile)) {
    const outbox = new Outbox(outboxFile, { readonly: true });
    unsent = outbox.pendingCount(outbox.owner() ?? '');
    outbox.close();
  }
  console.log(JSON.stringify({ epoch, seq, outbox: unsent, tickets, hash }));
}

async function follow(folder: string): Promise<void> {
  const password = process.env.GUICHET_PASSWORD;
  if (server === undefined || login === undefined) fail('say which server and who: --server URL --login NAME');
  if (password === undefined) fail('the password is read from GUICHET_PASSWORD');
  const tokens = new PasswordTokens(server, login, password);
  const session = await tokens.signIn().catch((error: unknown) => {
    if (error instanceof SyncError) fail(error.message);
    throw error;
  });
  const core = startCore({
    profile: folder,
    toMain: () => undefined,
    onPosition: (cursor) => {
      const [epoch, seq] = cursor.split(':');
      console.log(JSON.stringify({ epoch, seq: Number(seq), outbox: core.unsent() }));
    },
  });
  const stop = () => void core.stop().then(() => process.exit(0));
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  await core.setSession(
    {
      server,
      accessToken: session.accessToken,
      accessExpiresAt: session.accessExpiresAt,
      personId: session.person.id,
      login,
    },
    tokens,
  );
}
