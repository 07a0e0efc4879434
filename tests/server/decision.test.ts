import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ApiError } from '#shared/contract/api.ts';
import { DECISION_HEADER, type DecisionAnswer, type DecisionView } from '#shared/contract/portal.ts';
import { putPerson } from '../../server/db/directory.ts';
import { forgetLinks } from '../../server/mail/forget.ts';
import { startDesk, type TestDesk, type TestSession } from './desk.ts';
import { fingerprint } from './fingerprint.ts';

const DAY_MS = 24 * 3_600_000;
let desk: TestDesk;
let farid: TestSession;
let amira: TestSession;
let ticketId: string;
let resolutionId: string;
let ahead = 0;
beforeEach(async () => {
  ahead = 0;
  desk = await startDesk({ clock: () => new Date(Date.now() + ahead) });
  [farid, amira] = [await desk.signIn('farid'), await desk.signIn('amira')];
  ticketId = await farid.open({ title: 'No network', beneficiaryId: 'gina' });
  await amira.must('claim', ticketId);
  resolutionId = (await amira.must('resolve', ticketId, { text: 'New cable', code: 'solved' })).id;
});
afterEach(() => desk.close());

/** As the mail of the resolution carries one. */
async function linkFor(personId: string, resolution = resolutionId): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await desk.server.database.write((tx) =>
    tx
      .insertInto('decision_link')
      .values({
        hash: createHash('sha256').update(token).digest('hex'),
        person_id: personId,
        ticket_id: ticketId,
        resolution_id: resolution,
        created_at: tx.now.toISOString(),
      })
      .execute(),
  );
  return token;
}
const show = (token: string) => desk.call<DecisionView & ApiError>('GET', '/v1/decision', { headers: { [DECISION_HEADER]: token } });
const post = (token: string, path: string, body: unknown) =>
  desk.call<DecisionAnswer & ApiError>('POST', path, { headers: { [DECISION_HEADER]: token }, body });
const decide = (token: string, body: object, id = randomUUID()) => post(token, '/v1/decision', { id, ...body });
const rate = (token: string, duration = 4) =>
  post(token, '/v1/decision/rating', { id: randomUUID(), duration, answers: 5, comment: 'Thanks' });
const yes = { decision: 'validate' };
const no = (reason: string) => ({ decision: 'refuse', reason });
const ticket = async () => (await amira.ticket(ticketId)).ticket;

describe('the link in a mail', () => {
  test('shows as often as anybody looks, a scanner first, and changes nothing by that', async () => {
    const token = await linkFor('gina');
    const before = await fingerprint(desk.server.database);
    for (let turn = 0; turn < 3; turn += 1) {
      const { status, body } = await show(token);
      expect(status).toBe(200);
      expect(body).toMatchObject({ person: { id: 'gina', language: 'en' }, title: 'No network', isReplaced: false });
      expect(body.ending).toMatchObject({ mayDecide: true, mayRate: false, resolution: { text: 'New cable', byName: 'Amira Benali' } });
    }
    expect(await fingerprint(desk.server.database)).toEqual(before);
    expect((await ticket()).phase).toBe('resolved');
  });

  test('is kept by no cache on the way: its answers have all one address', async () => {
    const token = await linkFor('gina');
    for (const { headers } of [
      await show(token),
      await show('x'.repeat(43)),
      await decide(token, yes),
      await farid.call('GET', '/v1/portal'),
    ])
      expect(headers.get('cache-control')).toBe('no-store');
  });

  test('shows nothing to whom the ticket is no business of any more', async () => {
    const token = await linkFor('gina');
    await farid.must('refuse', ticketId, { reason: 'Still down' });
    await amira.must('edit_contact', ticketId, {
      beneficiaryId: 'farid',
      phone: '',
      siteId: 'lyon',
      place: '',
      seenPhone: (await ticket()).phone.typed,
    });
    expect(await show(token)).toMatchObject({ status: 410, body: { error: 'link_expired' } });
    expect((await decide(token, yes)).status).toBe(410);
  });

  test('decides once, then rates for seven days, and opens no session', async () => {
    const token = await linkFor('gina');
    expect((await rate(token)).body).toMatchObject({ refusal: { code: 'wrong_phase' } });
    const { body, headers } = await decide(token, yes);
    expect(body).toMatchObject({ refusal: null, view: { ending: { mayDecide: false, mayRate: true } } });
    expect(headers.get('set-cookie')).toBeNull();
    expect(JSON.stringify(body)).not.toMatch(/accessToken|refreshToken/);
    expect((await ticket()).phase).toBe('closed');
    expect((await decide(token, yes)).body.refusal).toBeNull();
    expect((await rate(token, 3)).body).toMatchObject({
      refusal: null,
      view: { ending: { resolution: { rating: { duration: 3, by: 'gina' } } } },
    });
    ahead = 6 * DAY_MS;
    expect((await rate(token, 5)).body.refusal).toBeNull();
    ahead = 7 * DAY_MS + 60_000;
    expect(await rate(token, 1)).toMatchObject({ status: 410, body: { error: 'link_expired' } });
    expect(await show(token)).toMatchObject({ status: 410 });
    expect((await desk.call('GET', '/v1/portal', { token })).status).toBe(401);
  });

  test('refuses with a reason, which comes back with the ticket', async () => {
    const token = await linkFor('gina');
    expect((await decide(token, no(' '))).body).toMatchObject({ refusal: { code: 'invalid', problems: [{ path: 'reason' }] } });
    expect((await decide(token, no('<script>alert(1)</script> still down'))).body.refusal).toBeNull();
    expect(await ticket()).toMatchObject({
      phase: 'open',
      holderId: 'amira',
      refusal: { by: 'gina', reason: '<script>alert(1)</script> still down' },
    });
  });

  test('two opposite decisions at once: the first wins, the other is told who, and its words stay', async () => {
    const [ginas, farids] = [await linkFor('gina'), await linkFor('farid')];
    const [a, b] = await Promise.all([decide(ginas, yes), decide(farids, no('Still down'))]);
    const standing = (await amira.ticket(ticketId)).resolutions[0]?.decision;
    const winner = standing?.kind === 'validated' ? a : b;
    const loser = winner === a ? b : a;
    expect(winner.body.refusal).toBeNull();
    if (standing?.kind === 'validated') {
      expect((await amira.ticket(ticketId)).entries.some((entry) => entry.kind === 'noted' && entry.data.text === 'Still down')).toBe(true);
      expect(loser.body.view.ending.resolution?.decision).toMatchObject({ kind: 'validated', byName: 'Gina Roberts' });
    } else expect(loser.body.refusal).toMatchObject({ code: 'already_decided', by: 'Farid Saïdi', decision: 'refused' });
  });

  test('a refusal that lost, sent again because its answer never came, stays as one note', async () => {
    const [ginas, farids, id] = [await linkFor('gina'), await linkFor('farid'), randomUUID()];
    await decide(ginas, yes);
    const answers = [await decide(farids, no('Still down'), id), await decide(farids, no('Still down'), id)];
    expect(answers.map(({ body }) => body.refusal)).toEqual([null, null]);
    const { entries } = await amira.ticket(ticketId);
    expect(entries.filter((entry) => entry.kind === 'noted' && entry.data.text === 'Still down')).toHaveLength(1);
  });

  test('of an older solution judges no newer one', async () => {
    const token = await linkFor('gina');
    await farid.must('refuse', ticketId, { reason: 'Still down' });
    await amira.must('resolve', ticketId, { text: 'New switch', code: 'solved' });
    expect((await show(token)).body).toMatchObject({ isReplaced: true, ending: { mayDecide: false, resolution: { text: 'New cable' } } });
    expect((await decide(token, yes)).body.refusal).toMatchObject({ code: 'unknown_reference' });
    expect((await ticket()).phase).toBe('resolved');
  });

  test('of a solution that was taken back is none', async () => {
    const token = await linkFor('gina');
    await amira.must('undo', ticketId, { operationId: resolutionId });
    expect(await show(token)).toMatchObject({ status: 404, body: { error: 'link_unknown' } });
  });

  test('is its reader’s: who held the ticket judges nothing by it, who has left neither', async () => {
    expect((await decide(await linkFor('amira'), yes)).body).toMatchObject({ refusal: { code: 'not_allowed' } });
    const token = await linkFor('gina');
    const gina = (
      await desk.server.database.read((db) => db.selectFrom('directory').select('doc').where('id', '=', 'gina').executeTakeFirstOrThrow())
    ).doc;
    const { revision: _revision, ...person } = JSON.parse(gina);
    await desk.server.database.write((tx) => putPerson(tx, { ...person, active: false }));
    expect(await show(token)).toMatchObject({ status: 410, body: { error: 'link_expired' } });
    await decide(token, yes);
    expect((await ticket()).phase).toBe('resolved');
  });

  test('is removed after a year, and not before', async () => {
    await linkFor('gina');
    const count = () => desk.server.database.read(async (db) => (await db.selectFrom('decision_link').select('hash').execute()).length);
    const services = { database: desk.server.database, clock: () => new Date(Date.now() + ahead) };
    ahead = 364 * DAY_MS;
    await forgetLinks(services);
    expect(await count()).toBe(1);
    ahead = 366 * DAY_MS;
    await forgetLinks(services);
    expect(await count()).toBe(0);
  });

  test('unused, it is good for sixty days', async () => {
    const token = await linkFor('gina');
    ahead = 59 * DAY_MS;
    expect((await show(token)).status).toBe(200);
    ahead = 61 * DAY_MS;
    expect((await show(token)).status).toBe(410);
  });

  test.each([
    ['none', ''],
    ['one letter other', 'altered'],
    ['one cut short', 'cut'],
    ['its hash', 'hash'],
    ['an access token', 'session'],
    ['SQL', "' or 1=1 --"],
  ])('with %s for a token: a clear message, and nothing happens', async (_what, how) => {
    const token = await linkFor('gina');
    const made: Record<string, string> = {
      altered: (token[0] === 'A' ? 'B' : 'A') + token.slice(1),
      cut: token.slice(0, -1),
      hash: createHash('sha256').update(token).digest('hex'),
      session: farid.tokens.accessToken,
    };
    const wrong = made[how] ?? how;
    for (const answer of [await show(wrong), await decide(wrong, yes), await rate(wrong)]) {
      expect(answer).toMatchObject({ status: 404, body: { error: 'link_unknown' } });
      expect(answer.body.message).toMatch(/link is not valid/);
    }
    expect((await ticket()).phase).toBe('resolved');
  });
});
