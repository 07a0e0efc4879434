import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { removeMembership } from '../../server/db/directory.ts';
import { openFileFolder } from '../../server/files/folder.ts';
import { storeContent } from '../../server/mail/inbound/content.ts';
import { startDesk, type TestDesk, type TestSession } from './desk.ts';
import { operationOf, PASSWORD, people } from './desk-content.ts';
import { uploadFile } from './uploads.ts';

let desk: TestDesk;
const session: Record<string, TestSession> = {};
const of = (login: string): TestSession => session[login] as TestSession;

/** Words that stand only in the tickets of the team network. */
const SECRETS = {
  title: 'Zebra title',
  description: 'Yak description',
  note: 'Xerus note',
  publicNote: 'Walrus note',
  waitDetail: 'Urchin detail',
  solution: 'Vole solution',
  file: 'Tapir file.txt',
  fileContent: 'Tapir content',
};
let networkTicket = '';
/** Attached to it, internally. */
let networkFile = '';
let start = '';

beforeAll(async () => {
  desk = await startDesk();
  for (const login of Object.keys(people)) session[login] = await desk.signIn(login);
  start = (await of('david').bootstrap()).position;
  networkTicket = await of('farid').open({ title: SECRETS.title, description: SECRETS.description });
  await of('amira').must('claim', networkTicket);
  await of('amira').must('note', networkTicket, { text: SECRETS.note, visibility: 'internal' });
  await of('amira').must('note', networkTicket, { text: SECRETS.publicNote, visibility: 'public' });
  await of('amira').must('wait', networkTicket, { reason: 'supplier', detail: SECRETS.waitDetail, wakeAt: null });
  networkFile = await uploadFile(of('amira'), SECRETS.file, Buffer.from(SECRETS.fileContent));
  await of('amira').must('attach', networkTicket, { content: { kind: 'file', id: networkFile }, visibility: 'internal' });
  await of('amira').must('resolve', networkTicket, { text: SECRETS.solution, code: 'solved' });
  const stored_as = await storeContent(openFileFolder(desk.settings.dataDir), mailId, Buffer.from('Subject: x\r\n\r\nx'));
  const at = new Date().toISOString();
  const nothing = { message_id: null, plan: null, handled_by: null, handled_at: null, person_id: 'farid', files: '[]' };
  const mail = {
    id: mailId,
    sender: 'x@example.net',
    sender_name: 'X',
    subject: 'x',
    text: 'x',
    state: 'quarantined',
    why: 'wrong_sender',
  } as const;
  const row = { ...nothing, ...mail, ticket_id: networkTicket, received_at: at, changed_at: at, stored_as };
  await desk.server.database.write((tx) => tx.insertInto('inbound_mail').values(row).execute());
});
afterAll(() => desk.close());

const typed = '01 99 00 12 34';
/** A mail of somebody else's about the ticket, in quarantine. */
const mailId = createHash('sha256').update('a mail').digest('hex');

/** Right inputs, so that it is the sight that refuses and not the form. */
const inputs: Record<string, Record<string, unknown>> = {
  claim: {},
  release: { reason: 'r', seenHolderId: null },
  assign: { teamId: 'workplace', holderId: null, reason: 'r', seenHolderId: null },
  set_urgency: { importance: 'site', relevance: 'blocked', override: null, seenUrgency: 'low' },
  set_category: { categoryId: 'other', seenCategoryId: 'laptop' },
  edit_contact: { beneficiaryId: 'gina', phone: typed, siteId: 'lyon', place: '', seenPhone: typed },
  log_call: { outcome: 'reached', number: typed, startedAt: '2026-01-01T00:00:00.000Z', duration: 1, note: '', callbackAt: null },
  note: { text: 't', visibility: 'public' },
  attach: { content: { kind: 'link', url: 'https://example.org', title: '' }, visibility: 'public' },
  link: { otherId: '00000000-0000-4000-8000-000000000000', as: 'related' },
  wait: { reason: 'supplier', detail: '', wakeAt: null },
  resume: {},
  resolve: { text: 't', code: 'solved' },
  validate: {},
  refuse: { reason: 'r' },
  rate: { resolutionId: 'r', duration: 1, answers: 1, comment: '' },
  reopen: { reason: 'r' },
  cancel: { reason: 'r' },
  undo: { operationId: '00000000-0000-4000-8000-000000000000' },
};

/** A request for every route that answers a signed-in person with data; `{id}` is the ticket that must not show. */
const walks: Record<string, (one: TestSession) => Promise<string>> = {
  'GET /healthz': async () => (await desk.call<string>('GET', '/healthz')).headers.get('content-type') ?? '',
  'GET /v1/hello': async (one) => JSON.stringify((await one.call('GET', '/v1/hello')).body),
  'POST /v1/session': async (one) => JSON.stringify((await desk.signIn(one.id)).tokens),
  'POST /v1/session/refresh': async (one) => {
    const other = await desk.signIn(one.id);
    await other.refresh();
    return JSON.stringify(other.tokens);
  },
  'DELETE /v1/session': async (one) => JSON.stringify((await (await desk.signIn(one.id)).call('DELETE', '/v1/session')).body),
  'GET /v1/me': async (one) => JSON.stringify((await one.call('GET', '/v1/me')).body),
  'GET /v1/bootstrap': async (one) => JSON.stringify((await one.bootstrap()).rows),
  'GET /v1/feed': async (one) => JSON.stringify((await one.pull(start, 2000)).body),
  'POST /v1/operations': async (one) => {
    return JSON.stringify(await one.push(...Object.entries(inputs).map(([name, input]) => operationOf(name, networkTicket, input))));
  },
  'POST /v1/operations/known': async (one) =>
    JSON.stringify((await one.call('POST', '/v1/operations/known', { ids: [crypto.randomUUID()] })).body),
  'GET /v1/events': async (one) => {
    const stop = new AbortController();
    const response = await fetch(`${desk.url}/v1/events`, {
      headers: { authorization: `Bearer ${one.tokens.accessToken}` },
      signal: stop.signal,
    });
    const chunk = await response.body?.getReader().read();
    stop.abort();
    return new TextDecoder().decode(chunk?.value);
  },
  'GET /v1/presence': async (one) => {
    await of('amira').call('GET', `/v1/presence?ticket=${networkTicket}&call=1`);
    return JSON.stringify((await one.call('GET', `/v1/presence?ticket=${networkTicket}`)).body);
  },
  'GET /v1/tickets/:id': async (one) => JSON.stringify((await one.call('GET', `/v1/tickets/${networkTicket}`)).body),
  'POST /v1/uploads': async (one) => {
    // Under the id of the file that must not show.
    const announced = { id: networkFile, name: 'x', size: 13, sha256: createHash('sha256').update(SECRETS.fileContent).digest('hex') };
    return JSON.stringify((await one.call('POST', '/v1/uploads', announced)).body);
  },
  'GET /v1/uploads/:id': async (one) => JSON.stringify((await one.call('GET', `/v1/uploads/${networkFile}`)).body),
  'PUT /v1/uploads/:id': async (one) =>
    JSON.stringify((await one.call('PUT', `/v1/uploads/${networkFile}?offset=0`, Buffer.from('other'))).body),
  'POST /v1/uploads/:id/finish': async (one) => JSON.stringify((await one.call('POST', `/v1/uploads/${networkFile}/finish`)).body),
  'GET /v1/files/:id': async (one) => {
    const { body, headers } = await one.call('GET', `/v1/files/${networkFile}`);
    return JSON.stringify([body, decodeURIComponent(headers.get('content-disposition') ?? '')]);
  },
  'GET /v1/admin/service-levels': async (one) => JSON.stringify((await one.call('GET', '/v1/admin/service-levels')).body),
  'PUT /v1/admin/calendars/:calendarId': async (one) => JSON.stringify((await one.call('PUT', '/v1/admin/calendars/always', {})).body),
  'PUT /v1/admin/sites/:siteId': async (one) => JSON.stringify((await one.call('PUT', '/v1/admin/sites/lyon', {})).body),
  'PUT /v1/admin/policy': async (one) => JSON.stringify((await one.call('PUT', '/v1/admin/policy', {})).body),
  'GET /v1/quarantine': async (one) => JSON.stringify((await one.call('GET', '/v1/quarantine')).body),
  'GET /v1/quarantine/:mailId': async (one) => JSON.stringify((await one.call('GET', `/v1/quarantine/${mailId}`)).body),
  'POST /v1/quarantine/:mailId': async (one) =>
    JSON.stringify((await one.call('POST', `/v1/quarantine/${mailId}`, { action: 'note', ticketId: networkTicket })).body),
  'GET /v1/hash': async (one) => JSON.stringify((await one.call('GET', '/v1/hash')).body),
  'POST /v1/portal/session': async (one) => {
    const body = { login: one.id, password: PASSWORD, device: 'test' };
    const { body: answer, headers } = await desk.call('POST', '/v1/portal/session', { body });
    return JSON.stringify([answer, headers.get('set-cookie')]);
  },
  'POST /v1/portal/session/refresh': async () => JSON.stringify((await desk.call('POST', '/v1/portal/session/refresh')).body),
  'DELETE /v1/portal/session': async (one) => String((await (await desk.signIn(one.id)).call('DELETE', '/v1/portal/session')).status),
  'GET /v1/portal': async (one) => JSON.stringify((await one.call('GET', '/v1/portal')).body),
  'GET /v1/portal/people': async (one) => JSON.stringify((await one.call('GET', '/v1/portal/people?text=am')).body),
  'POST /v1/portal/people': async (one) => {
    const guest = { id: crypto.randomUUID(), name: 'Ada Guest', phone: typed, siteId: 'lyon' };
    return JSON.stringify((await one.call('POST', '/v1/portal/people', guest)).body);
  },
  'GET /v1/portal/similar': async (one) =>
    JSON.stringify((await one.call('GET', `/v1/portal/similar?siteId=lyon&text=${encodeURIComponent('zebra title')}`)).body),
  'GET /v1/portal/expected': async (one) =>
    JSON.stringify((await one.call('GET', '/v1/portal/expected?kind=incident&siteId=lyon&importance=person&relevance=blocked')).body),
  'GET /v1/portal/tickets': async (one) => JSON.stringify((await one.call('GET', '/v1/portal/tickets')).body),
  'GET /v1/portal/tickets/:id': async (one) => JSON.stringify((await one.call('GET', `/v1/portal/tickets/${networkTicket}`)).body),
  'GET /v1/decision': async (one) => JSON.stringify((await one.call('GET', '/v1/decision')).body),
  'POST /v1/decision': async (one) =>
    JSON.stringify((await one.call('POST', '/v1/decision', { id: randomUUID(), decision: 'validate' })).body),
  'POST /v1/decision/rating': async (one) =>
    JSON.stringify((await one.call('POST', '/v1/decision/rating', { id: randomUUID(), duration: 1, answers: 1, comment: '' })).body),
  'POST /v1/import': async (one) => {
    const operation = {
      id: crypto.randomUUID(),
      name: 'note',
      ticketId: networkTicket,
      actorId: one.id,
      at: '2026-01-01T00:00:00.000Z',
      input: {},
    };
    return JSON.stringify((await one.call('POST', '/v1/import', { operations: [operation] })).body);
  },
};

describe('what a person is sent', () => {
  test('every route is walked', () => {
    const asked = desk.server.routes.filter(({ url }) => url.startsWith('/v1/') || url === '/healthz');
    const routes = asked.map((route) => `${route.method} ${route.url}`);
    expect(Object.keys(walks).sort()).toEqual([...new Set(routes)].sort());
  });

  test.each(['david', 'emma', 'leo', 'gina', 'hugo', 'ines'])(
    '%s, who is not in the team, gets nothing of it from any route',
    async (login) => {
      for (const [route, walk] of Object.entries(walks)) {
        const answer = await walk(of(login));
        expect(answer.length, route).toBeGreaterThan(0);
        for (const secret of Object.values(SECRETS)) expect(answer, `${route} for ${login}`).not.toContain(secret);
        const own = answer.replaceAll(/"(id|operationId)":"[^"]*","status"/g, '');
        if (route === 'POST /v1/operations') {
          // Not whether it exists, not who holds it.
          expect(answer.match(/"code":"not_found"/g)).toHaveLength(Object.keys(inputs).length);
          expect(answer).not.toMatch(/amira/i);
        } else expect(own, `${route} for ${login}`).not.toContain(networkTicket);
      }
    },
  );

  test('a technician and the lead of the team get all of it', async () => {
    for (const login of ['amira', 'bruno', 'chloe']) {
      for (const route of ['GET /v1/bootstrap', 'GET /v1/tickets/:id']) {
        const answer = await walks[route]?.(of(login));
        const { fileContent, ...rows } = SECRETS;
        for (const secret of Object.values(rows)) expect(answer, `${route} for ${login}`).toContain(secret);
        expect(await walks['GET /v1/files/:id']?.(of(login))).toContain(fileContent);
      }
    }
  });

  test('the requester gets what is public of his own', async () => {
    for (const route of ['GET /v1/bootstrap', 'GET /v1/tickets/:id', 'GET /v1/feed', 'GET /v1/portal/tickets/:id']) {
      const answer = await walks[route]?.(of('farid'));
      expect(answer, route).toContain(SECRETS.publicNote);
      expect(answer, route).toContain(SECRETS.solution);
      expect(answer, route).not.toContain(SECRETS.note);
      expect(answer, route).not.toContain(SECRETS.waitDetail);
      expect(answer, route).not.toContain(SECRETS.file);
      expect(answer, route).toContain('"kind":"waiting"');
    }
  });

  test('requesters get a directory of names, sites and work numbers, and no roles', async () => {
    const { rows } = await of('gina').bootstrap();
    expect(rows.filter((one) => one.table === 'membership')).toEqual([]);
    const persons = rows.filter((one) => one.table === 'person').map((one) => one.row as unknown as { id: string; email: string | null });
    expect(persons.filter((person) => person.email !== null).map((person) => person.id)).toEqual(['gina']);
  });

  test('requesters hear nothing of a role that somebody loses', async () => {
    const { position } = await of('gina').bootstrap();
    const leads = (await of('chloe').bootstrap()).position;
    await desk.server.database.write((tx) => removeMembership(tx, 'leo-technician-dispatch'));
    expect((await of('gina').pull(position)).body.changes).toEqual([]);
    expect((await of('chloe').pull(leads)).body.changes).toEqual([{ table: 'membership', gone: 'leo-technician-dispatch' }]);
  });

  test('who loses sight of a ticket is told so, who gains it gets all of it', async () => {
    const id = await of('farid').open({ title: 'Moving ticket' });
    await of('amira').must('note', id, { text: 'Inner note', visibility: 'internal' });
    const { position } = await of('amira').bootstrap();
    const there = await of('david').bootstrap();
    await of('chloe').must('assign', id, { teamId: 'workplace', holderId: null, reason: 'A laptop', seenHolderId: null });
    const lost = (await of('amira').pull(position)).body.changes;
    expect(lost.length).toBeGreaterThan(0);
    expect(lost.every((change) => 'gone' in change)).toBe(true);
    expect(lost).toContainEqual({ table: 'ticket', gone: id });
    const gained = (await of('david').pull(there.position)).body.changes;
    expect(gained.map((change) => change.table).sort()).toEqual(['entry', 'entry', 'entry', 'ticket']);
    expect(JSON.stringify(gained)).toContain('Inner note');
    expect((await of('farid').pull(position.replace(/.*/, there.position))).body.changes.some((change) => 'gone' in change)).toBe(false);
  });
});
