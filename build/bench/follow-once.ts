/**
 * A console without a window that stops once it is in step, and prints how long that took (JSON). For the bench only; words and
 * password as for `npm run core`.
 */
import { parseArgs } from 'node:util';
import { startCore } from '../../electron/core/core.ts';
import { PasswordTokens } from '../../electron/core/sync/tokens.ts';

const { values } = parseArgs({ options: { profile: { type: 'string' }, server: { type: 'string' }, login: { type: 'string' } } });
const { profile, server, login } = values;
if (profile === undefined || server === undefined || login === undefined) throw new Error('--profile, --server and --login are needed');
const tokens = new PasswordTokens(server, login, process.env.GUICHET_PASSWORD ?? '');
const { accessToken, accessExpiresAt, person } = await tokens.signIn();

const from = performance.now();
let firstRowsMs = 0;
let tell: (seq: number) => void = () => undefined;
const done = new Promise<number>((resolve) => {
  tell = resolve;
});
const core = startCore({
  profile,
  toMain: () => undefined,
  onPosition: (cursor) => tell(Number(cursor.split(':')[1])),
});
// As a window does: it looks at its pool while rows pour in.
const window = core.connect((message) => {
  const { type, value } = message as { type: string; value?: { rows?: unknown[] } };
  if (type === 'update' && firstRowsMs === 0 && (value?.rows?.length ?? 0) > 0) firstRowsMs = performance.now() - from;
});
const pool = { view: 'pool', text: '', sort: 'due', teamIds: [], siteIds: [], kinds: [], offset: 0, limit: 60 };
window.receive({ type: 'watch', id: 1, name: 'list', input: pool });
await core.setSession({ server, accessToken, accessExpiresAt, personId: person.id, login }, tokens);
const seq = await done;
const ms = performance.now() - from;
await core.stop();
console.log(JSON.stringify({ ms, firstRowsMs, seq }));
process.exit(0);
