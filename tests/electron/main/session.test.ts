import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openSecrets } from '../../../electron/main/secrets-file.ts';
import { openServerFile } from '../../../electron/main/server-file.ts';
import { type CoreSession, Session } from '../../../electron/main/session.ts';
import type { SessionState } from '../../../shared/contract/host.ts';
import { startTokenServer, type TokenServer } from './token-server.ts';

let folder: string;
let server: TokenServer;
const started: Session[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'guichet-session-'));
  server = await startTokenServer();
});
afterEach(async () => {
  for (const session of started.splice(0)) session.stop();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A console on the profile in `folder`; another call on the same folder is the console started again. */
function startConsole() {
  const secrets = openSecrets(join(folder, 'session.json'), undefined);
  const told: CoreSession[] = [];
  const windows: SessionState[] = [];
  const retries: { work: () => void; delay: number }[] = [];
  /** What was on the disk when core was handed a token. */
  const onDisk: (string | undefined)[] = [];
  const session = new Session({
    secrets,
    choice: openServerFile(join(folder, 'server.json')),
    device: 'test console',
    tellCore(to) {
      told.push(to);
      onDisk.push(openSecrets(join(folder, 'session.json'), undefined).read()?.refreshToken);
    },
    tellWindows: (state) => void windows.push(state),
    countUnsent: async () => 3,
    later(work, delay) {
      retries.push({ work, delay });
      return () => undefined;
    },
  });
  started.push(session);
  const lastToken = () => told.at(-1)?.accessToken;
  return { session, secrets, told, windows, retries, onDisk, lastToken };
}

async function signedIn() {
  const console = startConsole();
  console.session.start(server.url);
  console.session.goOnline();
  const state = await console.session.signIn('amira', 'right');
  expect(state).toMatchObject({ ok: true, value: { state: 'signed_in', personId: 'p1', service: 'Test desk' } });
  return console;
}
const exchanges = () => server.seen.filter((request) => request.path === '/v1/session/refresh');

test('nothing chosen, a server chosen, signed in, signed out', async () => {
  const { session, secrets, told } = startConsole();
  session.start(null);
  session.goOnline();
  expect(await session.state()).toEqual({ state: 'no_server' });
  expect(await session.chooseServer(server.url)).toMatchObject({
    ok: true,
    value: { state: 'signed_out', server: server.url, service: 'Test desk', login: null, unsent: 3 },
  });
  await session.signIn('amira', 'right');
  expect(told.at(-1)).toMatchObject({ accessToken: 'access-1', personId: 'p1', login: 'amira' });
  expect(await session.signOut()).toMatchObject({ ok: true, value: { state: 'signed_out', login: 'amira' } });
  expect(server.seen.at(-1)).toMatchObject({ method: 'DELETE', path: '/v1/session', authorization: 'Bearer access-1' });
  expect(secrets.read()).toBeUndefined();
  expect(told.at(-1)).toBeNull();
});

test('a wrong password says how many tries are left, and keeps nothing', async () => {
  const { session, secrets } = startConsole();
  session.start(server.url);
  session.goOnline();
  expect(await session.signIn('amira', 'wrong')).toEqual({ ok: false, failure: { kind: 'wrong_credentials', attemptsLeft: 4 } });
  expect(secrets.read()).toBeUndefined();
});

test('what answers there but is no Guichet is not chosen', async () => {
  const { session } = startConsole();
  session.start(null);
  session.goOnline();
  expect(await session.chooseServer(`${server.url}/elsewhere`)).toMatchObject({ ok: false, failure: { kind: 'not_guichet' } });
  const gone = server.url;
  await server.close();
  expect(await session.chooseServer(gone)).toMatchObject({ ok: false, failure: { kind: 'unreachable' } });
  expect(await session.state()).toEqual({ state: 'no_server' });
});

test('ten that need a token at once make one exchange', async () => {
  const { session, lastToken } = await signedIn();
  let release = () => {};
  server.hold = new Promise((settle) => {
    release = settle;
  });
  const asked = Array.from({ length: 10 }, () => session.refresh());
  await vi.waitFor(() => expect(exchanges()).toHaveLength(1));
  release();
  await Promise.all(asked);
  expect(exchanges()).toHaveLength(1);
  expect(exchanges()[0]?.body).toEqual({ refreshToken: 'refresh-1' });
  expect(lastToken()).toBe('access-2');
  await session.refresh();
  expect(exchanges()[1]?.body).toEqual({ refreshToken: 'refresh-2' });
});

test('the successor is on the disk before core gets its access token', async () => {
  const { session, told, onDisk } = await signedIn();
  await session.refresh();
  const firstUse = told.findIndex((to) => to?.accessToken === 'access-2');
  expect(onDisk[firstUse]).toBe('refresh-2');
  expect(onDisk[told.findIndex((to) => to?.accessToken === 'access-1')]).toBe('refresh-1');
});

test('killed between the answer and the disk, the next start offers the old token again', async () => {
  const { session, secrets } = await signedIn();
  // The disk is full at the moment of the answer: the same as a kill, as far as the disk is concerned.
  const write = vi.spyOn(secrets, 'write').mockImplementation(() => {
    throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
  });
  await session.refresh();
  write.mockRestore();
  const again = startConsole();
  again.session.start(null);
  again.session.goOnline();
  await vi.waitFor(() => expect(again.lastToken()).toBe('access-3'));
  expect(exchanges().map((request) => request.body)).toEqual([{ refreshToken: 'refresh-1' }, { refreshToken: 'refresh-1' }]);
});

test('a successor that could not be stored is not used, and the exchange is tried again', async () => {
  const { session, secrets, told, retries } = await signedIn();
  vi.spyOn(secrets, 'write').mockImplementationOnce(() => {
    throw new Error('no space');
  });
  await session.refresh();
  expect(told.some((to) => to?.accessToken === 'access-2')).toBe(false);
  expect(retries).toHaveLength(1);
  retries[0]?.work();
  await vi.waitFor(() => expect(told.at(-1)?.accessToken).toBe('access-3'));
});

test('started with the server out of reach, the person is signed in and core works offline', async () => {
  await signedIn();
  await server.close();
  const again = startConsole();
  again.session.start(null);
  again.session.goOnline();
  expect(await again.session.state()).toMatchObject({ state: 'signed_in', login: 'amira' });
  expect(again.told[0]).toMatchObject({ personId: 'p1', accessToken: '' });
  await again.session.refresh();
  await again.session.refresh();
  expect(again.retries.map((retry) => retry.delay)).toEqual([2_000, 4_000]);
  expect(again.secrets.read()?.refreshToken).toBe('refresh-1');
});

test('a token that the server refuses ends the session, and the windows hear of it', async () => {
  const { session, secrets, windows, told } = await signedIn();
  server.refusals.push({ status: 401, body: JSON.stringify({ error: 'unauthorized', message: 'revoked' }) });
  await session.refresh();
  expect(windows.at(-1)).toEqual({ state: 'signed_out', server: server.url, service: 'Test desk', login: 'amira', unsent: 3 });
  expect(secrets.read()).toBeUndefined();
  expect(told.at(-1)).toBeNull();
});

test.each([
  ['a proxy that wants its own password', 401, '<html>Proxy</html>'],
  ['a server that is starting', 503, JSON.stringify({ error: 'unavailable', message: 'later' })],
  ['an answer that is no session', 200, '{}'],
])('%s does not end the session', async (_case, status, body) => {
  const { session, secrets, retries } = await signedIn();
  server.refusals.push({ status, body });
  await session.refresh();
  expect(await session.state()).toMatchObject({ state: 'signed_in' });
  expect(secrets.read()?.refreshToken).toBe('refresh-1');
  expect(retries).toHaveLength(1);
});

test('signing out without the server forgets the session here all the same', async () => {
  const { session, secrets } = await signedIn();
  await server.close();
  expect(await session.signOut()).toMatchObject({ ok: true, value: { state: 'signed_out' } });
  expect(secrets.read()).toBeUndefined();
});

test('a token is never shown to another server', async () => {
  await signedIn();
  const other = await startTokenServer();
  try {
    const again = startConsole();
    again.session.start(other.url);
    again.session.goOnline();
    await vi.waitFor(() => expect(again.windows).toHaveLength(1));
    expect(await again.session.state()).toMatchObject({ state: 'signed_out', server: other.url });
    expect(other.seen.map((request) => request.path)).toEqual(['/v1/hello']);
  } finally {
    await other.close();
  }
});
