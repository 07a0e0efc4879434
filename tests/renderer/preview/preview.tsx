/**
 * The whole window on a scripted core, in any browser: `npx vite tests/renderer/preview`. The query chooses what is seen:
 * theme, lang, density, session (no_server, signed_out), state (offline, empty, loading, failed, broken), guide=1.
 * `window.fake` changes the world by hand.
 */
import { createRoot } from 'react-dom/client';
import type { SessionState } from '#shared/contract/host.ts';
import { App } from '../../../renderer/App.tsx';
import { core } from '../../../renderer/core/client.ts';
import { useSession } from '../../../renderer/state/session.ts';
import { FakeCore } from '../fake-core.ts';
import { fakeHost, signedIn } from '../fake-host.ts';
import { makeOutbox, makeWorld, upToDate } from '../world.ts';

const query = new URLSearchParams(location.search);
const sessions: Record<string, SessionState> = {
  no_server: { state: 'no_server' },
  signed_out: { state: 'signed_out', server: 'https://guichet.verdane.example', service: 'Maison Verdane', login: null, unsent: 0 },
  kept: { state: 'signed_out', server: 'https://guichet.verdane.example', service: 'Maison Verdane', login: 'julien.morel', unsent: 4 },
};
const host = fakeHost({
  session: sessions[query.get('session') ?? ''] ?? signedIn,
  settings: {
    theme: query.get('theme') === 'dark' ? 'dark' : 'light',
    language: query.get('lang') === 'en' ? 'en' : 'fr',
    density: query.get('density') === 'compact' ? 'compact' : 'comfortable',
    guideSeen: query.get('guide') === null,
  },
});
if (query.get('wrong')) host.failures.signIn = { kind: 'wrong_credentials', attemptsLeft: 3 };
Object.assign(window, { guichet: host });

const now = Date.now();
const world = makeWorld(now, Number(query.get('count') ?? 200));
const fake = new FakeCore(world, {
  startCall: (input: { ticketId: string; personId: string; number: { typed: string; e164: string | null } }) => {
    const call = {
      id: crypto.randomUUID(),
      ...input,
      personName: 'Sara Diallo',
      startedAt: new Date().toISOString(),
      note: '',
      callbackAt: null,
      recovered: false,
    };
    fake.change({ call });
    return call;
  },
  findPeople: () => [],
  similar: () => [],
  readDraft: () => null,
  explain: () => null,
  perform: () => ({ ok: true, operationIds: [crypto.randomUUID()], claimed: true, undoable: true }),
  undo: () => ({ ok: true, operationIds: [], claimed: false, undoable: false }),
  endCall: () => null,
} as ConstructorParameters<typeof FakeCore>[1]);
const state = query.get('state');
if (state === 'offline') {
  const outbox = makeOutbox(now);
  const touched = new Map(outbox.map((item) => [item.ticketId, item]));
  fake.world = {
    ...world,
    outbox,
    rows: world.rows.map((row) => {
      const item = touched.get(row.id);
      return item ? { ...row, unsent: true, toConfirm: item.tentative, ...(item.tentative ? { holderId: 'julien.morel' } : {}) } : row;
    }),
    sync: {
      ...upToDate,
      state: 'offline',
      waiting: 4,
      offlineSince: new Date(now - 9 * 60_000).toISOString(),
      nextTryAt: new Date(now + 20_000).toISOString(),
    },
  };
}
if (state === 'empty')
  fake.world = { ...world, rows: world.rows.filter((row) => row.holderId !== null), counts: { ...world.counts, pool: 0 } };
if (state === 'failed') fake.world = { ...world, sync: { ...upToDate, state: 'failed', detail: 'disk full' } };
if (state === 'loading') fake.silent = true;
core.connect(fake.port);
Object.assign(window, { fake });

const boot = await host.boot(undefined);
const root = document.getElementById('root');
if (boot.ok && root) {
  useSession.getState().begin({ ...boot.value, plainTextSecrets: query.get('plain') !== null });
  createRoot(root).render(<App />);
}
