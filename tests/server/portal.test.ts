import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ApiError } from '#shared/contract/api.ts';
import type { Expected, FoundPerson, PortalDesk, PortalSession, PortalTickets, PortalTicketView } from '#shared/contract/portal.ts';
import { startDesk, type TestDesk, type TestSession } from './desk.ts';
import { PASSWORD } from './desk-content.ts';

let desk: TestDesk;
let farid: TestSession;
let gina: TestSession;
let amira: TestSession;
let ahead = 0;
beforeEach(async () => {
  ahead = 0;
  desk = await startDesk({ clock: () => new Date(Date.now() + ahead) });
  [farid, gina, amira] = [await desk.signIn('farid'), await desk.signIn('gina'), await desk.signIn('amira')];
});
afterEach(() => desk.close());

const view = async (one: TestSession, id: string) => (await one.call<PortalTicketView>('GET', `/v1/portal/tickets/${id}`)).body;
const mine = async (one: TestSession) => (await one.call<PortalTickets>('GET', '/v1/portal/tickets')).body.tickets;

describe('the session of a page', () => {
  const signIn = () =>
    desk.call<PortalSession>('POST', '/v1/portal/session', { body: { login: 'farid', password: PASSWORD, device: 'phone' } });
  const refresh = (cookie: string) => desk.call<PortalSession & ApiError>('POST', '/v1/portal/session/refresh', { headers: { cookie } });
  const cookieOf = (headers: Headers) => headers.get('set-cookie') ?? '';

  test('keeps its refresh token out of the page’s sight, and goes on with it', async () => {
    const { body, headers } = await signIn();
    const cookie = cookieOf(headers);
    expect(cookie).toMatch(/^guichet_portal=[\w-]{43}; Max-Age=2592000; Path=\/v1\/portal\/session; HttpOnly; SameSite=Strict$/);
    expect(JSON.stringify(body)).not.toContain(cookie.slice('guichet_portal='.length, 40));
    const next = await refresh(cookie.split(';')[0] ?? '');
    expect(next.body.person).toEqual({ id: 'farid', name: 'Farid Saïdi', language: 'fr' });
    expect((await desk.call('GET', '/v1/portal', { token: next.body.accessToken })).status).toBe(200);
    expect(cookieOf(next.headers)).not.toBe(cookie);
  });

  test('ends with the sign-out: cookie and tokens are of no more use', async () => {
    const { body, headers } = await signIn();
    const out = await desk.call('DELETE', '/v1/portal/session', { token: body.accessToken });
    expect(out.status).toBe(204);
    expect(cookieOf(out.headers)).toMatch(/^guichet_portal=; .*Expires=Thu, 01 Jan 1970/);
    expect((await refresh(cookieOf(headers).split(';')[0] ?? '')).status).toBe(401);
    expect((await desk.call('GET', '/v1/portal', { token: body.accessToken })).status).toBe(401);
  });

  test.each(['', 'guichet_portal=', `guichet_portal=${'x'.repeat(43)}`, `guichet_portal=${'x'.repeat(5_000)}`])(
    'does not begin with the cookie "%s"',
    async (cookie) => {
      expect(await refresh(cookie)).toMatchObject({ status: 401, body: { error: 'unauthorized' } });
    },
  );

  test('a login tried a hundred times pauses, for a page as for a console', async () => {
    const answers: number[] = [];
    for (let turn = 0; turn < 100; turn += 1) {
      const body = { login: 'farid', password: `wrong ${turn}`, device: 'phone' };
      answers.push((await desk.call('POST', '/v1/portal/session', { body })).status);
    }
    expect(answers.filter((status) => status === 401)).toHaveLength(5);
    expect(answers.filter((status) => status === 429)).toHaveLength(95);
    expect((await desk.call('POST', '/v1/session', { body: { login: 'farid', password: PASSWORD, device: 'x' } })).status).toBe(429);
  });
});

describe('declaring', () => {
  test('its forms know me, the sites and the categories', async () => {
    const { body } = await farid.call<PortalDesk>('GET', '/v1/portal');
    expect(body.person).toMatchObject({ id: 'farid', siteId: 'lyon', place: 'B 12', phone: { typed: '01 99 00 12 34' } });
    expect(body.sites.map((site) => site.id)).toEqual(['lyon', 'nantes']);
    expect(body.categories.map((category) => category.names.en)).toEqual(['Laptop', 'Other', 'Wi-Fi']);
    expect(body.maxFileBytes).toBe(25 * 1024 * 1024);
  });

  test('people are found by the beginnings of their names, without accents, and never by more', async () => {
    const find = async (text: string) =>
      (await farid.call<{ people: FoundPerson[] }>('GET', `/v1/portal/people?text=${encodeURIComponent(text)}`)).body.people;
    expect((await find('chlo')).map((one) => one.name)).toEqual(['Chloé Martin']);
    expect((await find('MARTIN chl')).map((one) => one.name)).toEqual(['Chloé Martin']);
    expect(await find('saidi')).toEqual([{ id: 'farid', name: 'Farid Saïdi', siteId: 'lyon', siteName: 'Lyon', phone: '01 99 00 12 34' }]);
    expect(await find('example.org')).toEqual([]);
    expect(await find('%_')).toEqual([]);
  });

  test('somebody without an account is added once, and found by nobody', async () => {
    const guest = { id: randomUUID(), name: 'Ada Visiteuse', phone: '06 39 98 12 34', siteId: 'nantes' };
    const first = await farid.call<{ personId: string }>('POST', '/v1/portal/people', guest);
    expect((await farid.call('POST', '/v1/portal/people', guest)).body).toEqual(first.body);
    const id = await farid.open({ beneficiaryId: first.body.personId, phone: guest.phone, siteId: 'nantes' });
    expect((await view(farid, id)).ticket).toMatchObject({ beneficiaryName: 'Ada Visiteuse', isRequester: true, isBeneficiary: false });
    expect((await gina.call('GET', '/v1/portal/people?text=ada')).body).toEqual({ people: [] });
    expect(await farid.call('POST', '/v1/portal/people', { ...guest, name: 'Somebody Else' })).toMatchObject({ status: 409 });
    const nowhere = await farid.call<ApiError>('POST', '/v1/portal/people', { ...guest, id: randomUUID(), siteId: 'atlantis' });
    expect(nowhere).toMatchObject({ status: 400, body: { problems: [{ path: 'siteId' }] } });
  });

  test('nobody fills the directory: twenty people a day, and tomorrow again', async () => {
    const add = () =>
      farid.call('POST', '/v1/portal/people', { id: randomUUID(), name: 'Ada Visiteuse', phone: '06 39 98 12 34', siteId: 'lyon' });
    for (let turn = 0; turn < 20; turn += 1) expect((await add()).status).toBe(200);
    expect(await add()).toMatchObject({ status: 429, body: { error: 'too_many_attempts' } });
    ahead = 25 * 3_600_000;
    farid = await desk.signIn('farid');
    expect((await add()).status).toBe(200);
  });

  test('how many open tickets of the site look the same, whatever their accents, and not what they say', async () => {
    for (const title of ['Imprimante bloquée au 3e étage', 'L’imprimante est BLOQUEE', 'Écran noir']) await gina.open({ title });
    await gina.open({ title: 'Imprimante bloquée', siteId: 'nantes' });
    const done = await gina.open({ title: 'Imprimante bloquée encore' });
    await gina.must('cancel', done, { reason: 'Plus besoin' });
    const similar = async (text: string, siteId = 'lyon') =>
      (await farid.call('GET', `/v1/portal/similar?siteId=${siteId}&text=${encodeURIComponent(text)}`)).body;
    expect(await similar('imprimante bloquee')).toEqual({ count: 2 });
    expect(await similar('imprimante bloquee', 'nantes')).toEqual({ count: 1 });
    expect(await similar('souris perdue')).toEqual({ count: 0 });
    expect(await similar('de la au')).toEqual({ count: 0 });
    expect(await similar('imprimante', 'l_on')).toEqual({ count: 0 });
    // What is written far down says less, and would take its time.
    await gina.open({ title: 'Souris', description: `${'perdue '.repeat(300)} imprimante bloquee` });
    expect(await similar('imprimante bloquee')).toEqual({ count: 2 });
  });

  test('what the SLA would promise is the deadline that the ticket then gets', async () => {
    const { body } = await farid.call<Expected>('GET', '/v1/portal/expected?kind=incident&siteId=lyon&importance=site&relevance=blocked');
    expect(body).toMatchObject({ urgency: 'high', takeChargeMinutes: 30, contactMinutes: 60, timeZone: 'Europe/Paris' });
    const since = (instant: string | null) => (Date.parse(instant ?? '') - Date.parse(body.serverTime)) / 60_000;
    expect(since(body.takeChargeBy)).toBe(30);
    expect(since(body.callBy)).toBe(90);
    const id = await farid.open({ importance: 'site', relevance: 'blocked' });
    const { promises, openedAt } = (await view(farid, id)).ticket;
    expect(Date.parse(promises.takeChargeBy ?? '') - Date.parse(openedAt)).toBe(30 * 60_000);
    expect(Date.parse(promises.callBy ?? '') - Date.parse(openedAt)).toBe(90 * 60_000);
  });
});

describe('my tickets', () => {
  test('are those asked by me or for me, open ones first', async () => {
    const own = await farid.open({ title: 'Mine' });
    const forMe = await gina.open({ title: 'For Farid', beneficiaryId: 'farid' });
    await gina.open({ title: 'Not mine' });
    const gone = await farid.open({ title: 'Gone' });
    await farid.must('cancel', gone, { reason: 'Found it' });
    const tickets = await mine(farid);
    expect(tickets.map((one) => one.id)).toEqual([forMe, own, gone]);
    expect(tickets.map((one) => [one.isRequester, one.isBeneficiary])).toEqual([
      [false, true],
      [true, true],
      [true, true],
    ]);
  });

  test('say who holds it and when a call is expected, and show nothing that is internal', async () => {
    const id = await farid.open();
    await amira.must('claim', id);
    await amira.must('note', id, { text: 'Inner words', visibility: 'internal' });
    await amira.must('note', id, { text: 'Open words', visibility: 'public' });
    const callbackAt = new Date(Date.now() + 3_600_000).toISOString();
    const call = { outcome: 'no_answer', number: '', startedAt: new Date().toISOString(), duration: 0, note: 'Sounds away', callbackAt };
    await amira.must('log_call', id, call);
    await amira.must('wait', id, { reason: 'supplier', detail: 'Of the cheap one', wakeAt: null });
    const seen = await view(farid, id);
    expect(seen.ticket).toMatchObject({
      holderName: 'Amira Benali',
      callbackAt,
      wait: { reason: 'supplier', detail: '' },
      phase: 'waiting',
    });
    expect(seen.ticket.promises).toEqual({ takeChargeBy: null, callBy: null, resolveBy: null });
    expect(seen.entries.map((entry) => entry.kind)).toEqual(['opened', 'claimed', 'noted', 'called', 'waiting']);
    expect(seen.names).toMatchObject({ farid: 'Farid Saïdi', amira: 'Amira Benali' });
    const text = JSON.stringify(seen);
    for (const secret of ['Inner words', 'Sounds away', 'cheap']) expect(text).not.toContain(secret);
    expect(text).toContain('Open words');
    expect([seen.mayCancel, seen.mayWrite]).toEqual([false, true]);
  });

  test('somebody else’s number in the address leads nowhere', async () => {
    const id = await farid.open();
    for (const one of [gina, await desk.signIn('david')]) {
      expect(await one.call('GET', `/v1/portal/tickets/${id}`)).toMatchObject({ status: 404, body: { error: 'not_found' } });
      expect(await one.do('cancel', id, { reason: 'x' })).toMatchObject({ status: 'rejected', refusal: { code: 'not_found' } });
      expect(await one.do('note', id, { text: 'x', visibility: 'public' })).toMatchObject({ status: 'rejected' });
    }
  });

  test('the end: decided, rated, and said until when', async () => {
    const id = await farid.open({ beneficiaryId: 'gina' });
    await amira.must('claim', id);
    const { id: resolutionId } = await amira.must('resolve', id, { text: 'Cable', code: 'solved' });
    const before = await view(farid, id);
    expect(before.ticket).toMatchObject({ mayDecide: true, resolvedByName: 'Amira Benali' });
    expect(before.ending).toMatchObject({ mayDecide: true, mayRate: false, leadNames: ['Chloé Martin'], refusals: 0 });
    expect(before.ending.resolution).toMatchObject({ text: 'Cable', byName: 'Amira Benali', decision: null });
    expect(before.ending.closesAt).toMatch(/T/);
    await farid.must('validate', id, { resolutionId });
    const after = await view(farid, id);
    expect(after.ending).toMatchObject({ mayDecide: false, mayRate: true, closesAt: null });
    expect((await view(gina, id)).ending.mayRate).toBe(false);
    await farid.must('rate', id, { resolutionId, duration: 4, answers: 5, comment: 'Merci' });
    expect((await mine(farid))[0]?.rating).toMatchObject({ duration: 4, answers: 5, comment: 'Merci' });
    expect((await amira.ticket(id)).resolutions[0]?.rating).toMatchObject({ duration: 4, by: 'farid' });
  });

  test('a newer solution than the one that was seen is not judged', async () => {
    const id = await farid.open();
    await amira.must('claim', id);
    const first = await amira.must('resolve', id, { text: 'Cable', code: 'solved' });
    await farid.must('refuse', id, { reason: 'Still down', resolutionId: first.id });
    const second = await amira.must('resolve', id, { text: 'Switch', code: 'solved' });
    for (const name of ['validate', 'refuse']) {
      const input = { resolutionId: first.id, ...(name === 'refuse' && { reason: 'x' }) };
      expect(await farid.do(name, id, input)).toMatchObject({ refusal: { code: 'unknown_reference', field: 'resolutionId' } });
    }
    await farid.must('validate', id, { resolutionId: second.id });
  });
});
