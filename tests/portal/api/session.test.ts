import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Session } from '../../../portal/api/session.ts';
import { FakeServer, fine, refused, sessionOf } from '../fake-server.ts';

const Thing = z.strictObject({ thing: z.string() });
const REFRESH = 'POST /v1/portal/session/refresh';
const credentials = { login: 'antoine.besson', password: 'secret', device: 'test' };

function sessionWith(server: FakeServer, browser = { isLeaving: false }) {
  const clock = { now: 0 };
  const locks: string[] = [];
  const session = new Session({
    ...server.line,
    now: () => clock.now,
    alone(name, work) {
      locks.push(name);
      return work();
    },
    leaving: {
      get: () => browser.isLeaving,
      set(isLeaving) {
        browser.isLeaving = isLeaving;
      },
    },
  });
  return { session, clock, locks };
}

/** A server whose newest token alone is good. */
function strictServer() {
  const state = { good: '', given: 0, isOver: false, personId: 'antoine' };
  const give = () => {
    state.given += 1;
    state.good = `token-${state.given}`;
    state.isOver = false;
    return fine(sessionOf(state.personId, state.good));
  };
  const server = new FakeServer({
    [REFRESH]: () => (state.isOver ? refused(401, 'unauthorized') : give()),
    'POST /v1/portal/session': give,
    'DELETE /v1/portal/session': () => ({ status: 204 }),
    'GET /thing': ({ headers }) =>
      headers.get('authorization') === `Bearer ${state.good}` && !state.isOver ? fine({ thing: 'here' }) : refused(401, 'unauthorized'),
  });
  return { server, state };
}

describe('at a visit', () => {
  test('the cookie of an earlier one goes on without a password', async () => {
    const { session } = sessionWith(strictServer().server);
    await session.start();
    expect(session.state).toEqual({ state: 'in', person: { id: 'antoine', name: 'Antoine Besson', language: 'fr' } });
  });

  test('without a cookie somebody has to sign in; without a network nobody is asked to', async () => {
    const none = sessionWith(new FakeServer({ [REFRESH]: () => refused(401, 'unauthorized') }));
    await none.session.start();
    expect(none.session.state).toEqual({ state: 'out', person: null });
    const cut = sessionWith(new FakeServer({ [REFRESH]: () => 'cut' }));
    await cut.session.start();
    expect(cut.session.state).toEqual({ state: 'unreachable' });
  });

  test('wrong credentials come back as the server said them', async () => {
    const server = new FakeServer({ 'POST /v1/portal/session': () => refused(401, 'wrong_credentials', { attemptsLeft: 2 }) });
    const answer = await sessionWith(server).session.signIn(credentials);
    expect(answer).toMatchObject({ ok: false, failure: { kind: 'refused', error: { attemptsLeft: 2 } } });
  });
});

describe('a request', () => {
  test('an access token that is about to end is exchanged first, once for all that wait for it, and alone among the tabs', async () => {
    const { server, state } = strictServer();
    const { session, clock, locks } = sessionWith(server);
    await session.start();
    clock.now = 9 * 60_000 + 45_000;
    const answers = await Promise.all([1, 2, 3].map(() => session.ask(Thing, { path: '/thing' })));
    expect(answers).toEqual([1, 2, 3].map(() => ({ ok: true, value: { thing: 'here' } })));
    expect(state.given).toBe(2);
    expect(locks).toEqual(['guichet-portal-refresh', 'guichet-portal-refresh']);
  });

  test('a token that another tab has made worthless is exchanged and the request repeated', async () => {
    const { server, state } = strictServer();
    const { session } = sessionWith(server);
    await session.start();
    state.good = 'of another tab';
    expect(await session.ask(Thing, { path: '/thing' })).toEqual({ ok: true, value: { thing: 'here' } });
  });

  test('one that finds the session over waits for the same person and goes on by itself', async () => {
    const { server, state } = strictServer();
    const { session } = sessionWith(server);
    await session.start();
    state.isOver = true;
    const waiting = session.ask(Thing, { path: '/thing' });
    await expect.poll(() => session.state).toMatchObject({ state: 'out', person: { id: 'antoine' } });
    await session.signIn(credentials);
    expect(await waiting).toEqual({ ok: true, value: { thing: 'here' } });
  });

  test('it does not go on as somebody else', async () => {
    const { server, state } = strictServer();
    const { session } = sessionWith(server);
    await session.start();
    state.isOver = true;
    const waiting = session.ask(Thing, { path: '/thing' });
    await expect.poll(() => session.state.state).toBe('out');
    state.personId = 'marie';
    await session.signIn(credentials);
    expect(await waiting).toEqual({ ok: false, failure: { kind: 'signed_out' } });
  });

  test('no network, a proxy’s page and an unknown answer are told apart', async () => {
    const { server } = strictServer();
    const { session } = sessionWith(server);
    await session.start();
    const kinds = [];
    for (const reply of ['cut', { status: 502 }, { status: 200, body: { other: 1 } }, { status: 418, body: {} }] as const) {
      server.routes['GET /thing'] = () => reply;
      const answer = await session.ask(Thing, { path: '/thing' });
      kinds.push(answer.ok ? 'ok' : answer.failure.kind);
    }
    expect(kinds).toEqual(['unreachable', 'unreachable', 'unreadable', 'unreadable']);
  });

  test('signing out tells the server, and forgets the token and whose it was', async () => {
    const { server } = strictServer();
    const { session } = sessionWith(server);
    await session.start();
    await session.signOut();
    expect(session.state).toEqual({ state: 'out', person: null });
    expect(server.asked.at(-1)).toMatchObject({ method: 'DELETE', path: '/v1/portal/session' });
    expect(server.asked.at(-1)?.headers.get('authorization')).toBe('Bearer token-1');
  });

  test('where the server is out of reach, the next one at this machine does not go on with the cookie', async () => {
    const browser = { isLeaving: false };
    const { server } = strictServer();
    const { session } = sessionWith(server, browser);
    await session.start();
    const end = () => ({ status: 204 });
    server.routes['DELETE /v1/portal/session'] = () => 'cut';
    await session.signOut();
    expect(session.state).toEqual({ state: 'out', person: null });
    const next = sessionWith(server, browser).session;
    await next.start();
    expect(next.state).toEqual({ state: 'unreachable' });
    server.routes['DELETE /v1/portal/session'] = end;
    const seen: string[] = [];
    next.subscribe(() => seen.push(next.state.state));
    await next.start();
    expect(seen).toEqual(['out']);
    expect(server.asked.at(-1)).toMatchObject({ method: 'DELETE', path: '/v1/portal/session' });
    await next.signIn(credentials);
    expect(next.state.state).toBe('in');
    expect(browser.isLeaving).toBe(false);
  });

  test('ends before the next one begins: its end would take his cookie away', async () => {
    const { server } = strictServer();
    const { session } = sessionWith(server);
    await session.start();
    const told: string[] = [];
    server.routes['DELETE /v1/portal/session'] = async () => {
      // Longer on its way than a sign-in that does not wait for it.
      for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
      told.push('ended');
      return { status: 204 };
    };
    await Promise.all([session.signOut(), session.signIn(credentials).then(() => told.push('began'))]);
    expect(told).toEqual(['ended', 'began']);
  });
});
