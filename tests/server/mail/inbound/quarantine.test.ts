import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { QuarantineAnswer, QuarantineList, QuarantineView } from '#shared/contract/quarantine.ts';
import { deskCache } from '../../../../server/db/desk.ts';
import { putMembership, removeMembership } from '../../../../server/db/directory.ts';
import { openFileFolder } from '../../../../server/files/folder.ts';
import { carryOut } from '../../../../server/mail/inbound/carry-out.ts';
import { type InboundServices, takeIn } from '../../../../server/mail/inbound/take-in.ts';
import { type Answer, startDesk, type TestDesk, type TestSession } from '../../desk.ts';
import { type Letter, letter, SERVICE } from './letters.ts';

let desk: TestDesk;
let services: InboundServices;
let amira: TestSession;
let bruno: TestSession;
let david: TestSession;
let ticketId = '';
beforeAll(async () => {
  desk = await startDesk({ env: { MAIL_REPLY_TO: SERVICE } });
  const { server, settings } = desk;
  services = {
    database: server.database,
    desk: deskCache(),
    files: openFileFolder(settings.dataDir),
    clock: () => new Date(),
    settings,
  };
  [amira, bruno, david] = [await desk.signIn('amira'), await desk.signIn('bruno'), await desk.signIn('david')];
  ticketId = await (await desk.signIn('farid')).open();
});
afterAll(() => desk.close());

/** A stranger's mail, in quarantine; its id. */
async function waiting(more: Letter = {}, receivedAt = new Date()): Promise<string> {
  const raw = letter({ to: SERVICE, from: 'Bad Guy <x@example.net>', subject: 'Hello', text: 'Words\nof a stranger', ...more });
  const { id, state } = await takeIn(services, { raw, isWhole: true, receivedAt });
  expect(state).toBe('quarantined');
  return id;
}
const list = async (one: TestSession) => (await one.call<QuarantineList>('GET', '/v1/quarantine')).body;
const view = (one: TestSession, id: string) => one.call<QuarantineView>('GET', `/v1/quarantine/${id}`);
const act = (one: TestSession, id: string, action: object): Promise<Answer<QuarantineAnswer>> =>
  one.call('POST', `/v1/quarantine/${id}`, action);
const entries = async () => (await amira.ticket(ticketId)).entries;
const contentFile = (id: string) => join(desk.settings.dataDir, 'files', `mail-${id}`);
const audit = (id: string) =>
  desk.server.database.read(async (db) =>
    (await db.selectFrom('audit').select(['actor_id', 'action', 'details']).execute()).filter((row) => row.details.includes(id)),
  );
const opening = {
  action: 'open',
  kind: 'request',
  title: 'From a mail',
  requesterId: 'gina',
  beneficiaryId: 'gina',
  phone: '01 99 00 12 34',
  place: '',
  siteId: 'lyon',
  categoryId: 'wifi',
  importance: 'person',
  relevance: 'hindered',
};
const pdf = { name: 'filename="offer.pdf"', type: 'application/pdf', bytes: '%PDF-1.4 x' };

test('what waits is listed, the newest first, and is read whole; no answer names the file it is kept in', async () => {
  const older = await waiting({ subject: 'Older', files: [pdf] }, new Date(0));
  const newer = await waiting({ subject: 'Newer' });
  const { mails, total } = await list(david);
  expect(mails.map((one) => one.id).filter((id) => [older, newer].includes(id))).toEqual([newer, older]);
  expect(total).toBe(mails.length);
  expect((await david.call('GET', '/v1/presence')).body).toMatchObject({ waitingMails: total });
  expect((await (await desk.signIn('farid')).call<object>('GET', '/v1/presence')).body).not.toHaveProperty('waitingMails');
  expect(mails.find((one) => one.id === older)).toEqual({
    id: older,
    receivedAt: expect.any(String),
    from: { name: 'Bad Guy', address: 'x@example.net' },
    subject: 'Older',
    why: 'unknown_sender',
    personId: null,
    files: [{ name: 'offer.pdf', size: 10 }],
  });
  const { status, body } = await view(david, older);
  expect({ status, text: body.text, ticket: body.ticket, handled: body.handled }).toEqual({
    status: 200,
    text: 'Words\nof a stranger',
    ticket: null,
    handled: null,
  });
  expect(JSON.stringify(body)).not.toContain(`mail-${older}`);
  expect((await view(david, createHash('sha256').update('none').digest('hex'))).status).toBe(404);
});

test('a note is the technician’s, internal, names the sender, and has the files; the requester sees none of it', async () => {
  const id = await waiting({ files: [pdf] });
  const before = (await entries()).length;
  expect((await act(amira, id, { action: 'note', ticketId })).body).toEqual({ outcome: 'done', ticketId });
  const added = (await entries()).slice(before);
  expect(added.map(({ kind, authorId, visibility }) => ({ kind, authorId, visibility }))).toEqual([
    { kind: 'noted', authorId: 'amira', visibility: 'internal' },
    { kind: 'attached', authorId: 'amira', visibility: 'internal' },
  ]);
  expect(JSON.stringify(added)).toMatch(/Courriel reçu de Bad Guy <x@example\.net>.*Words\\nof a stranger.*offer\.pdf/);
  const farid = await desk.signIn('farid');
  expect(JSON.stringify(await farid.ticket(ticketId))).not.toMatch(/stranger|offer/);
  expect((await view(bruno, id)).body).toMatchObject({ text: '', handled: { by: 'amira', byName: 'Amira Benali', as: 'noted' } });
  expect(existsSync(contentFile(id))).toBe(false);
  expect(await audit(id)).toMatchObject([{ actor_id: 'amira', action: 'mail_noted' }]);
});

test('a ticket is the requester’s, opened by the technician, with the mail’s words and files', async () => {
  const id = await waiting({ files: [pdf] });
  const { body } = await act(david, id, opening);
  if (body.outcome !== 'done' || body.ticketId === null) throw new Error(JSON.stringify(body));
  const { ticket, entries: lines } = await amira.ticket(body.ticketId);
  expect(ticket).toMatchObject({
    title: 'From a mail',
    description: 'Words\nof a stranger',
    requesterId: 'gina',
    openedBy: 'david',
    teamId: 'network',
  });
  expect(lines.map((one) => `${one.kind} ${one.authorId} ${one.visibility}`)).toEqual(['opened david public', 'attached david public']);
  expect(await audit(id)).toMatchObject([{ actor_id: 'david', action: 'mail_opened' }]);
});

test('what is discarded is gone, and the log says by whom', async () => {
  const id = await waiting({ files: [pdf] });
  expect(existsSync(contentFile(id))).toBe(true);
  expect((await act(amira, id, { action: 'discard' })).body).toEqual({ outcome: 'done', ticketId: null });
  expect(existsSync(contentFile(id))).toBe(false);
  expect((await view(amira, id)).body).toMatchObject({ text: '', handled: { as: 'discarded' } });
  expect((await list(amira)).mails.map((one) => one.id)).not.toContain(id);
  expect(await audit(id)).toMatchObject([{ actor_id: 'amira', action: 'mail_discarded' }]);
});

test('two decide at once: the first wins, the other is told who and how', async () => {
  const id = await waiting();
  const before = (await entries()).length;
  const answers = await Promise.all([act(amira, id, { action: 'note', ticketId }), act(bruno, id, { action: 'discard' })]);
  const outcomes = answers.map(({ body }) => body.outcome).sort();
  expect(outcomes).toEqual(['already_handled', 'done']);
  const winner = answers[0].body.outcome === 'done' ? { by: 'amira', as: 'noted' } : { by: 'bruno', as: 'discarded' };
  expect(answers.find(({ body }) => body.outcome === 'already_handled')?.body).toMatchObject({ handled: winner });
  expect((await entries()).length - before).toBe(winner.by === 'amira' ? 1 : 0);
  expect((await act(david, id, opening)).body).toMatchObject({ outcome: 'already_handled', handled: winner });
  expect((await act(amira, id, { action: 'note', ticketId })).body).toMatchObject({ outcome: 'already_handled' });
  expect((await entries()).length - before).toBe(winner.by === 'amira' ? 1 : 0);
});

test('a note on a ticket of another team, or on none, is refused; the mail goes on waiting and can be noted elsewhere', async () => {
  const id = await waiting();
  for (const other of [ticketId, crypto.randomUUID()]) {
    expect((await act(david, id, { action: 'note', ticketId: other })).body).toEqual({
      outcome: 'refused',
      refusal: { code: 'not_found' },
    });
  }
  // Also by whoever opened it, and so sees what is public of it: there it would become public.
  const opened = await act(david, await waiting(), opening);
  const ownId = (opened.body as { ticketId: string }).ticketId;
  expect((await act(david, id, { action: 'note', ticketId: ownId })).body).toMatchObject({ outcome: 'refused' });
  expect((await act(amira, id, { action: 'note', ticketId: ownId })).body).toEqual({ outcome: 'done', ticketId: ownId });
});

test('a ticket that cannot be opened so is refused with the field; done right it is opened', async () => {
  const id = await waiting();
  expect((await act(david, id, { ...opening, categoryId: 'none' })).body).toEqual({
    outcome: 'refused',
    refusal: { code: 'unknown_reference', field: 'categoryId' },
  });
  expect((await view(david, id)).body).toMatchObject({ text: 'Words\nof a stranger', handled: null });
  expect((await act(david, id, opening)).body).toMatchObject({ outcome: 'done' });
});

test('a decision that was cut off is carried out by whoever comes next, once, for the one who decided', async () => {
  const id = await waiting({ files: [pdf] });
  const plan = {
    seed: `${id} x`,
    authorId: 'amira',
    ticketId,
    operation: { name: 'note', input: { text: 'Cut off', visibility: 'internal' } },
  };
  const at = new Date().toISOString();
  await desk.server.database.write((tx) =>
    tx
      .updateTable('inbound_mail')
      .set({
        state: 'taken',
        plan: JSON.stringify({ ...plan, visibility: 'internal', hasWholeText: false }),
        handled_by: 'amira',
        handled_at: at,
      })
      .where('id', '=', id)
      .execute(),
  );
  expect((await act(bruno, id, { action: 'discard' })).body).toMatchObject({
    outcome: 'already_handled',
    handled: { by: 'amira', as: 'noted' },
  });
  await Promise.all([carryOut(services, id), carryOut(services, id)]);
  const lines = (await entries()).filter((one) => JSON.stringify(one).includes('Cut off'));
  expect(lines.map((one) => one.authorId)).toEqual(['amira']);
  expect((await view(bruno, id)).body).toMatchObject({ text: '', handled: { by: 'amira' } });
  expect(await audit(id)).toHaveLength(1);
});

test('who stops to be a technician neither reads nor decides', async () => {
  const id = await waiting();
  const leo = await desk.signIn('leo');
  expect((await view(leo, id)).status).toBe(200);
  await desk.server.database.write((tx) => removeMembership(tx, 'leo-technician-dispatch'));
  for (const answer of [await view(leo, id), await act(leo, id, { action: 'discard' }), await leo.call('GET', '/v1/quarantine')]) {
    expect(answer.status).toBe(403);
  }
  await desk.server.database.write((tx) => putMembership(tx, { id: 'leo-lead', personId: 'leo', teamId: 'dispatch', role: 'lead' }));
  expect((await view(leo, id)).status).toBe(200);
});

test('of a mail whose content was not restored its words are still there', async () => {
  const id = await waiting({ files: [pdf] });
  await services.files.remove(`mail-${id}`);
  const before = (await entries()).length;
  expect((await act(amira, id, { action: 'note', ticketId })).body).toEqual({ outcome: 'done', ticketId });
  expect(JSON.stringify((await entries()).slice(before))).toContain('Words\\nof a stranger');
});
