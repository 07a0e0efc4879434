import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { z } from 'zod';
import type { ApiError, SessionTokens } from '#shared/contract/api.ts';
import { putMembership, putPerson } from '../../server/db/directory.ts';
import { startDesk, type TestDesk } from './desk.ts';
import { PASSWORD } from './desk-content.ts';

type Tokens = z.infer<typeof SessionTokens>;
let desk: TestDesk;
let ahead = 0;
beforeEach(async () => {
  ahead = 0;
  desk = await startDesk({ clock: () => new Date(Date.now() + ahead) });
});
afterEach(() => desk.close());

const signIn = (login: string, password: string) =>
  desk.call<Tokens & ApiError>('POST', '/v1/session', { body: { login, password, device: 'test' } });
const refresh = (refreshToken: string) => desk.call<Tokens>('POST', '/v1/session/refresh', { body: { refreshToken } });
const me = (token: string) => desk.call<{ person: { id: string } }>('GET', '/v1/me', { token });

describe('signing in', () => {
  test('answers the person, the roles and two tokens; logins ignore case', async () => {
    const { status, body } = await signIn('AMIRA', PASSWORD);
    expect(status).toBe(200);
    expect(body.person.name).toBe('Amira Benali');
    expect(body.memberships).toMatchObject([{ role: 'technician', teamId: 'network' }]);
    expect((await me(body.accessToken)).body.person.id).toBe('amira');
  });

  test('a wrong password and an unknown account get the same answer, in the language asked for', async () => {
    const wrong = await signIn('amira', 'wrong');
    const unknown = await signIn('nobody', 'wrong');
    expect(wrong).toMatchObject({ status: 401, body: { error: 'wrong_credentials', attemptsLeft: 4 } });
    expect(unknown.body).toEqual(wrong.body);
    const french = await desk.call<ApiError>('POST', '/v1/session', {
      body: { login: 'amira', password: 'wrong', device: 'test' },
      headers: { 'accept-language': 'fr-FR,fr;q=0.9,en;q=0.8' },
    });
    expect(french.body.message).toBe('Identifiant ou mot de passe incorrect.');
  });

  test('five wrong tries pause the account for five minutes, also for the right password; others go on', async () => {
    for (let left = 4; left >= 0; left -= 1) expect((await signIn('amira', 'wrong')).body.attemptsLeft).toBe(left);
    const paused = await signIn('amira', PASSWORD);
    expect(paused).toMatchObject({ status: 429, body: { error: 'too_many_attempts' } });
    expect(Number(paused.headers.get('retry-after'))).toBeGreaterThan(290);
    expect((await signIn('bruno', PASSWORD)).status).toBe(200);
    await desk.restart();
    expect((await signIn('amira', PASSWORD)).status).toBe(429);
    ahead += 5 * 60_000;
    expect((await signIn('amira', PASSWORD)).status).toBe(200);
    expect((await signIn('amira', 'wrong')).body.attemptsLeft).toBe(4);
  });

  test('an address that pauses shuts no further account out, and leaves no rows', async () => {
    for (let turn = 0; turn < 30; turn += 1) expect((await signIn(`nobody${turn}`, 'wrong')).status).toBe(401);
    for (let turn = 0; turn < 6; turn += 1) expect((await signIn('amira', 'wrong')).status).toBe(429);
    expect((await signIn('yet-another', 'wrong')).status).toBe(429);
    const rows = () => desk.server.database.read(async (db) => (await db.selectFrom('login_attempt').select('key').execute()).length);
    expect(await rows()).toBe(31);
    await desk.server.database.write((tx) => tx.deleteFrom('login_attempt').where('key', 'like', 'address:%').execute());
    expect((await signIn('amira', PASSWORD)).status).toBe(200);
    ahead += 6 * 60_000;
    await signIn('amira', 'wrong');
    expect(await rows()).toBe(2);
  });

  test('a pause does not last longer because the clock was set back', async () => {
    ahead = 24 * 3_600_000;
    for (let turn = 0; turn < 6; turn += 1) await signIn('amira', 'wrong');
    ahead = 0;
    expect((await signIn('amira', PASSWORD)).status).toBe(200);
  });

  test('many tries at once do not slip through the limit', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => signIn('amira', 'wrong')));
    expect(answers.filter((answer) => answer.status === 401)).toHaveLength(5);
    expect(answers.filter((answer) => answer.status === 429)).toHaveLength(7);
  });

  test('an address that guesses through many accounts pauses too', async () => {
    const tries = Array.from({ length: 31 }, (_, index) => () => signIn(`guess${index}`, 'wrong'));
    let last = 0;
    for (const attempt of tries) last = (await attempt()).status;
    expect(last).toBe(429);
    expect((await signIn('amira', PASSWORD)).status).toBe(429);
  });

  test('somebody inactive is nobody, also in the middle of a session', async () => {
    const { body } = await signIn('bruno', PASSWORD);
    const { revision: _revision, ...person } = body.person;
    await desk.server.database.write((tx) => putPerson(tx, { ...person, active: false }));
    expect((await me(body.accessToken)).status).toBe(401);
    expect((await refresh(body.refreshToken)).status).toBe(401);
    expect((await signIn('bruno', PASSWORD)).status).toBe(401);
  });

  test('a role given or taken holds at once', async () => {
    const gina = await desk.signIn('gina');
    expect((await gina.bootstrap()).rows.some((one) => one.table === 'membership')).toBe(false);
    await desk.server.database.write((tx) =>
      putMembership(tx, { id: 'gina-tech', personId: 'gina', teamId: 'network', role: 'technician' }),
    );
    expect((await gina.bootstrap()).rows.some((one) => one.table === 'membership')).toBe(true);
  });

  test('neither passwords nor tokens are stored as they are', async () => {
    const { body } = await signIn('amira', PASSWORD);
    const stored = await desk.server.database.read(async (db) =>
      JSON.stringify([
        await db.selectFrom('credential').selectAll().execute(),
        await db.selectFrom('access_token').selectAll().execute(),
        await db.selectFrom('refresh_token').selectAll().execute(),
        await db.selectFrom('session').selectAll().execute(),
        await db.selectFrom('audit').selectAll().execute(),
      ]),
    );
    for (const secret of [PASSWORD, body.accessToken, body.refreshToken]) expect(stored).not.toContain(secret);
    expect(stored).toContain('$argon2id$');
  });
});

describe('tokens', () => {
  test('an access token ends after ten minutes, a refresh gives the next', async () => {
    const { body } = await signIn('amira', PASSWORD);
    ahead += 10 * 60_000;
    expect((await me(body.accessToken)).status).toBe(401);
    const next = await refresh(body.refreshToken);
    expect(next.status).toBe(200);
    expect((await me(next.body.accessToken)).status).toBe(200);
  });

  test('a refresh token may be exchanged again until its successor was used', async () => {
    const { body: first } = await signIn('amira', PASSWORD);
    const lost = await refresh(first.refreshToken);
    const again = await refresh(first.refreshToken);
    expect(again.status).toBe(200);
    expect((await me(again.body.accessToken)).status).toBe(200);
    // The sibling that nobody stored is dead, and showing it later is a copy being shown.
    expect((await me(lost.body.accessToken)).status).toBe(401);
    expect((await me(again.body.accessToken)).status).toBe(200);
  });

  test('a refresh token shown after its successor was used ends the session for everybody', async () => {
    const { body: first } = await signIn('amira', PASSWORD);
    const { body: second } = await refresh(first.refreshToken);
    const { body: third } = await refresh(second.refreshToken);
    expect((await me(third.accessToken)).status).toBe(200);
    expect((await refresh(first.refreshToken)).status).toBe(401);
    expect((await me(third.accessToken)).status).toBe(401);
    expect((await refresh(third.refreshToken)).status).toBe(401);
    const audit = await desk.server.database.read((db) => db.selectFrom('audit').select('action').execute());
    expect(audit).toContainEqual({ action: 'refresh_token_reused' });
  });

  test('so does a successor that lost, and the use of its access token counts as use', async () => {
    const { body: first } = await signIn('amira', PASSWORD);
    const { body: stolen } = await refresh(first.refreshToken);
    const { body: own } = await refresh(first.refreshToken);
    expect((await me(own.accessToken)).status).toBe(200);
    expect((await refresh(stolen.refreshToken)).status).toBe(401);
    expect((await me(own.accessToken)).status).toBe(401);
    expect((await refresh(own.refreshToken)).status).toBe(401);
  });

  test('a refresh token ends after thirty days of silence', async () => {
    const { body } = await signIn('amira', PASSWORD);
    ahead += 31 * 24 * 3_600_000;
    expect((await refresh(body.refreshToken)).status).toBe(401);
  });
});

describe('the event stream', () => {
  async function listen(token: string) {
    const response = await fetch(`${desk.url}/v1/events`, { headers: { authorization: `Bearer ${token}` } });
    let text = '';
    let ended = false;
    const reading = (async () => {
      const decoder = new TextDecoder();
      for await (const chunk of response.body ?? []) text += decoder.decode(chunk);
      ended = true;
    })();
    return { status: response.status, reading, text: () => text, ended: () => ended };
  }

  test('tells the position at once and after each change, and nothing else', async () => {
    const amira = await desk.signIn('amira');
    const farid = await desk.signIn('farid');
    const stream = await listen(amira.tokens.accessToken);
    const { epoch } = (await amira.call<{ epoch: string }>('GET', '/v1/hash')).body;
    await farid.open();
    const { seq } = (await amira.call<{ seq: number }>('GET', '/v1/hash')).body;
    await vi.waitFor(() => expect(stream.text()).toContain(`event: position\ndata: ${JSON.stringify({ epoch, seq })}\n\n`));
    for (const line of stream.text().trimEnd().split('\n')) expect(line).toMatch(/^(?:|event: (?:position|heartbeat)|data: \{.*\})$/);
    await amira.call('DELETE', '/v1/session');
    await stream.reading;
  });

  test('ends with its session: signed out here, or ended in the database by another process', async () => {
    const here = await desk.signIn('amira');
    const elsewhere = await desk.signIn('amira');
    const streams = [await listen(here.tokens.accessToken), await listen(elsewhere.tokens.accessToken)];
    await here.call('DELETE', '/v1/session');
    await streams[0]?.reading;
    expect(streams[1]?.ended()).toBe(false);
    expect((await here.call('GET', '/v1/me')).status).toBe(401);
    await desk.server.database.write((tx) => tx.updateTable('session').set({ revoked_at: tx.now.toISOString() }).execute());
    await vi.waitFor(() => expect(streams[1]?.ended()).toBe(true), { timeout: 10_000 });
  });

  test('ends when its person is disabled', async () => {
    const amira = await desk.signIn('amira');
    const bruno = await desk.signIn('bruno');
    const [gone, stays] = [await listen(amira.tokens.accessToken), await listen(bruno.tokens.accessToken)];
    await desk.server.database.write(async (tx) => {
      const { revision: _, ...person } = amira.tokens.person;
      await putPerson(tx, { ...person, active: false });
    });
    await vi.waitFor(() => expect(gone.ended()).toBe(true), { timeout: 10_000 });
    expect(stays.ended()).toBe(false);
    await bruno.call('DELETE', '/v1/session');
    await stays.reading;
  });

  test('a stopping server lets its streams end', async () => {
    const amira = await desk.signIn('amira');
    const stream = await listen(amira.tokens.accessToken);
    await desk.restart();
    await stream.reading;
    expect(stream.ended()).toBe(true);
  });
});
