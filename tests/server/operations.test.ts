import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contentHash } from '../../server/operations/record.ts';
import { startDesk, type TestDesk, type TestSession } from './desk.ts';
import { openInput, operationOf } from './desk-content.ts';
import { uploadFile } from './uploads.ts';

let desk: TestDesk;
/** The server's clock: real, plus what a test adds. */
let ahead = 0;
const session: Record<string, TestSession> = {};
const of = (login: string): TestSession => session[login] as TestSession;
/** The server's clock goes on; the consoles refresh their tokens. */
async function later(ms: number): Promise<void> {
  ahead += ms;
  for (const one of Object.values(session)) await one.refresh();
}
const agoIso = (ms: number) => new Date(Date.now() + ahead - ms).toISOString();
beforeAll(async () => {
  desk = await startDesk({ clock: () => new Date(Date.now() + ahead) });
  for (const login of ['farid', 'gina', 'amira', 'bruno', 'chloe', 'david', 'leo']) session[login] = await desk.signIn(login);
});
afterAll(() => desk.close());

describe('the record of operations', () => {
  test('the same id with the same content gets the recorded outcome, also a rejection', async () => {
    const ticketId = await of('farid').open();
    await of('amira').must('claim', ticketId);
    const late = operationOf('claim', ticketId);
    const [first] = await of('bruno').push(late);
    await of('amira').must('release', ticketId, { reason: 'Not my floor', seenHolderId: 'amira' });
    const [again] = await of('bruno').push(late);
    expect(first).toMatchObject({ status: 'rejected', refusal: { code: 'already_held', holderId: 'amira' } });
    expect(again).toMatchObject({ status: 'rejected', refusal: { code: 'already_held', holderId: 'amira' } });
    expect((await of('bruno').ticket(ticketId)).ticket.holderId).toBeNull();
  });

  test('what is sent again says anew when it was made: it is the same, and the first instant stands', async () => {
    const ticketId = await of('farid').open();
    const note = operationOf('note', ticketId, { text: 'One', visibility: 'public' });
    const [first] = await of('farid').push(note);
    const later = new Date(Date.parse(note.madeAt) + 60_000).toISOString();
    const [again] = await of('farid').push({ ...note, madeAt: later, occurredAt: later });
    expect(again).toMatchObject({ status: 'applied', revision: (first as { revision: number }).revision });
    const noted = (await of('amira').ticket(ticketId)).entries.filter((entry) => entry.kind === 'noted');
    expect(noted.map(({ at }) => at < later)).toEqual([true]);
  });

  test('what a server of before has on record, whose hash was of the instants too, is the same when it is sent again', async () => {
    const ticketId = await of('farid').open();
    const note = operationOf('note', ticketId, { text: 'One', visibility: 'public' });
    await of('farid').push(note);
    const whole = contentHash(note);
    await desk.server.database.write((tx) => tx.updateTable('operation').set({ content_hash: whole }).where('id', '=', note.id).execute());
    expect(await of('farid').push(note)).toMatchObject([{ status: 'applied' }]);
    expect(await of('farid').push({ ...note, input: { text: 'Two', visibility: 'public' } })).toMatchObject([{ status: 'rejected' }]);
  });

  test('the same id with other content, or from somebody else, is an error without effect', async () => {
    const ticketId = await of('farid').open();
    const note = operationOf('note', ticketId, { text: 'One', visibility: 'public' });
    await of('farid').push(note);
    const [changed] = await of('farid').push({ ...note, input: { text: 'Two', visibility: 'public' } });
    const [stolen] = await of('amira').push(note);
    expect(changed).toMatchObject({ status: 'rejected', refusal: { code: 'id_reused' } });
    expect(stolen).toMatchObject({ status: 'rejected', refusal: { code: 'id_reused' } });
    expect((await of('amira').ticket(ticketId)).entries.filter((entry) => entry.kind === 'noted')).toHaveLength(1);
  });

  test('a wrong input is a rejection that names the field, and is recorded', async () => {
    const ticketId = await of('farid').open();
    const wrong = operationOf('note', ticketId, { text: 5, visibility: 'public', extra: 1 });
    const [outcome] = await of('farid').push(wrong);
    expect(outcome).toMatchObject({ status: 'rejected', refusal: { code: 'invalid' } });
    expect(JSON.stringify(outcome)).toContain('"path":"text"');
    expect(JSON.stringify(outcome)).toContain('extra');
  });

  test('import-only operations are not pushed', async () => {
    const ticketId = await of('farid').open();
    for (const name of ['close', 'auto_close', 'nonsense', '__proto__', 'constructor']) {
      expect(await of('chloe').do(name, ticketId, { code: null })).toMatchObject({ status: 'rejected', refusal: { code: 'invalid' } });
    }
    expect((await of('chloe').ticket(ticketId)).ticket.phase).toBe('open');
  });

  test('outcomes outlive a restart', async () => {
    const ticketId = await of('farid').open();
    const note = operationOf('note', ticketId, { text: 'Before the restart', visibility: 'public' });
    const [first] = await of('farid').push(note);
    await desk.restart();
    const [again] = await of('farid').push(note);
    expect(again).toEqual(first);
  });
});

describe('operations that build on others', () => {
  test('a refused claim: note, call and file are kept, the solution becomes a proposal, the rest is rejected', async () => {
    const ticketId = await of('farid').open();
    await of('bruno').must('claim', ticketId);
    const claim = operationOf('claim', ticketId, {}, { offline: true });
    const wait = operationOf('wait', ticketId, { reason: 'supplier', detail: '', wakeAt: null }, { offline: true, after: [claim.id] });
    const note = operationOf('note', ticketId, { text: 'Cable replaced', visibility: 'internal' }, { offline: true, after: [claim.id] });
    const call = operationOf(
      'log_call',
      ticketId,
      { outcome: 'reached', number: '01 99 00 12 34', startedAt: agoIso(60_000), duration: 40, note: '', callbackAt: null },
      { offline: true, after: [claim.id], occurredAt: agoIso(60_000) },
    );
    const uploadId = await uploadFile(of('amira'), 'cable.txt', Buffer.from('the cable'));
    const photo = { content: { kind: 'file', id: uploadId }, visibility: 'internal' };
    const attach = operationOf('attach', ticketId, photo, { offline: true, after: [claim.id] });
    const resolve = operationOf('resolve', ticketId, { text: 'New cable', code: 'solved' }, { offline: true, after: [wait.id, note.id] });
    const outcomes = await of('amira').push(claim, wait, note, call, attach, resolve);
    expect(outcomes).toMatchObject([
      { status: 'rejected', refusal: { code: 'already_held', holderId: 'bruno' } },
      { status: 'rejected', refusal: { code: 'depends_on_rejected', operationId: claim.id } },
      { status: 'kept', as: 'note' },
      { status: 'kept', as: 'log_call' },
      { status: 'kept', as: 'attach' },
      { status: 'kept', as: 'solution_proposed' },
    ]);
    const { ticket, entries } = await of('bruno').ticket(ticketId);
    expect(ticket).toMatchObject({ phase: 'open', holderId: 'bruno' });
    expect(ticket.sla.rounds.at(-1)?.contactMetAt).not.toBeNull();
    expect(entries.map((entry) => entry.kind)).toEqual(expect.arrayContaining(['noted', 'called', 'attached', 'solution_proposed']));
    expect(entries.find((entry) => entry.kind === 'solution_proposed')).toMatchObject({
      id: resolve.id,
      visibility: 'internal',
      authorId: 'amira',
    });
    expect((await of('farid').ticket(ticketId)).entries.some((entry) => entry.kind === 'solution_proposed')).toBe(false);
  });

  test('what builds on a rejected opening is rejected, what does not is not', async () => {
    const ticketId = randomUUID();
    const open = operationOf('open', ticketId, openInput('farid', { siteId: 'nowhere' }));
    const note = operationOf('note', ticketId, { text: 'More', visibility: 'public' }, { after: [open.id] });
    const other = await of('farid').open();
    const free = operationOf('note', other, { text: 'Elsewhere', visibility: 'public' });
    expect(await of('farid').push(open, note, free)).toMatchObject([
      { status: 'rejected', refusal: { code: 'unknown_reference', field: 'siteId' }, ticket: null },
      { status: 'rejected', refusal: { code: 'depends_on_rejected', operationId: open.id } },
      { status: 'applied' },
    ]);
  });

  test('a claim that finds its author holder is superseded', async () => {
    const ticketId = await of('farid').open();
    const { seq, revision } = await of('amira').must('claim', ticketId);
    expect(await of('amira').do('claim', ticketId)).toMatchObject({ status: 'superseded', revision });
    expect((await of('amira').bootstrap()).position.split(':')[1]).toBe(String(seq));
  });
});

describe('undo', () => {
  test('of a claim: who took it back never held the ticket, and judges its solution', async () => {
    const ticketId = await of('amira').open();
    const claim = operationOf('claim', ticketId);
    await of('amira').push(claim);
    await of('amira').must('undo', ticketId, { operationId: claim.id });
    await of('bruno').must('claim', ticketId);
    await of('bruno').must('resolve', ticketId, { text: 'Done', code: 'solved' });
    await of('amira').must('validate', ticketId);
  });

  test('of the second claim: who held it before still may not judge', async () => {
    const ticketId = await of('amira').open();
    await of('amira').must('claim', ticketId);
    await of('amira').must('release', ticketId, { reason: 'Later', seenHolderId: 'amira' });
    const claim = operationOf('claim', ticketId);
    await of('amira').push(claim);
    await of('amira').must('undo', ticketId, { operationId: claim.id });
    await of('bruno').must('claim', ticketId);
    await of('bruno').must('resolve', ticketId, { text: 'Done', code: 'solved' });
    expect(await of('amira').do('validate', ticketId)).toMatchObject({ status: 'rejected', refusal: { code: 'held_it' } });
  });

  test('takes back nothing that was imported', async () => {
    const ticketId = await of('farid').open();
    const claim = { id: randomUUID(), name: 'claim', ticketId, actorId: 'amira', at: agoIso(0), input: {} };
    await (await desk.signIn('ines')).call('POST', '/v1/import', { operations: [claim] });
    expect((await of('amira').ticket(ticketId)).ticket.holderId).toBe('amira');
    expect(await of('amira').do('undo', ticketId, { operationId: claim.id })).toMatchObject({
      status: 'rejected',
      refusal: { code: 'not_found' },
    });
    expect((await of('amira').ticket(ticketId)).entries.some((entry) => entry.undone)).toBe(false);
  });

  test('restores the ticket, marks the entries and takes the mail back', async () => {
    const ticketId = await of('farid').open();
    await of('amira').must('claim', ticketId);
    const before = (await of('amira').ticket(ticketId)).ticket;
    const resolve = operationOf('resolve', ticketId, { text: 'Done', code: 'solved' });
    await of('amira').push(resolve);
    await of('amira').must('undo', ticketId, { operationId: resolve.id });
    const after = await of('amira').ticket(ticketId);
    expect(after.ticket).toEqual({ ...before, updatedAt: after.ticket.updatedAt, revision: after.ticket.revision });
    expect(after.ticket.revision).toBeGreaterThan(before.revision);
    expect(after.entries.find((entry) => entry.id === resolve.id)).toMatchObject({ undone: true, revision: 2 });
    expect(after.resolutions).toMatchObject([{ undone: true }]);
    const mails = await desk.server.database.read((db) =>
      db.selectFrom('mail').select('state').where('operation_id', '=', resolve.id).execute(),
    );
    expect(mails).toEqual([{ state: 'taken_back' }]);
  });

  test('is the author’s alone, for 60 s, and not twice', async () => {
    const ticketId = await of('farid').open();
    const claim = operationOf('claim', ticketId);
    await of('amira').push(claim);
    expect(await of('bruno').do('undo', ticketId, { operationId: claim.id })).toMatchObject({
      refusal: { code: 'undo_impossible', why: 'not_author' },
    });
    await of('amira').must('undo', ticketId, { operationId: claim.id });
    expect(await of('amira').do('undo', ticketId, { operationId: claim.id })).toMatchObject({ status: 'rejected' });
    expect((await of('amira').ticket(ticketId)).ticket.holderId).toBeNull();
    const second = operationOf('claim', ticketId);
    await of('amira').push(second);
    await later(61_000);
    expect(await of('amira').do('undo', ticketId, { operationId: second.id })).toMatchObject({
      refusal: { code: 'undo_impossible', why: 'too_late' },
    });
  });

  test('is refused once something but a note or a call followed', async () => {
    const ticketId = await of('farid').open();
    const claim = operationOf('claim', ticketId);
    await of('amira').push(claim);
    await of('amira').must('note', ticketId, { text: 'Looked', visibility: 'internal' });
    const wait = operationOf('wait', ticketId, { reason: 'supplier', detail: '', wakeAt: null });
    await of('amira').push(wait);
    expect(await of('amira').do('undo', ticketId, { operationId: claim.id })).toMatchObject({
      refusal: { code: 'undo_impossible', why: 'followed' },
    });
    await of('amira').must('undo', ticketId, { operationId: wait.id });
    await of('amira').must('undo', ticketId, { operationId: claim.id });
    expect((await of('amira').ticket(ticketId)).ticket).toMatchObject({ holderId: null, phase: 'open' });
  });
});

describe('when reported work happened', () => {
  const startedEarlier = (ms: number) => ({
    input: { outcome: 'reached', number: '01 99 00 12 34', startedAt: agoIso(ms), duration: 40, note: '', callbackAt: null },
    more: { occurredAt: agoIso(ms), madeAt: agoIso(ms), offline: true },
  });

  test('never after its reception', async () => {
    const ticketId = await of('farid').open();
    const future = agoIso(-3_600_000);
    const note = operationOf('note', ticketId, { text: 'From the future', visibility: 'public' }, { occurredAt: future });
    await of('farid').push(note);
    const entry = (await of('farid').ticket(ticketId)).entries.find((one) => one.id === note.id);
    expect(entry && entry.at < future).toBe(true);
  });

  test('an offline chain keeps its own times, and is not dated by the reception of its first link', async () => {
    const ticketId = await of('farid').open();
    await later(600_000);
    const claim = operationOf('claim', ticketId, {}, { occurredAt: agoIso(300_000), madeAt: agoIso(300_000), offline: true });
    const call = operationOf('log_call', ticketId, startedEarlier(240_000).input, { ...startedEarlier(240_000).more, after: [claim.id] });
    await of('amira').push(claim, call);
    const { ticket, entries } = await of('amira').ticket(ticketId);
    expect(entries.find((one) => one.id === claim.id)?.at).toBe(claim.occurredAt);
    expect(ticket.sla.rounds[0]?.contactMetAt).toBe(call.occurredAt);
  });

  test('never before the ticket was there, also for who says to have seen nothing yet', async () => {
    const ticketId = await of('farid').open();
    const { openedAt } = (await of('farid').ticket(ticketId)).ticket;
    await later(600_000);
    const fresh = await desk.signIn('bruno');
    const ancient = '0001-01-01T00:00:00.000Z';
    await fresh.must('claim', ticketId, {}, { occurredAt: ancient, offline: true });
    await fresh.must('wait', ticketId, { reason: 'supplier', detail: '', wakeAt: null }, { occurredAt: ancient, offline: true });
    const { ticket } = await fresh.ticket(ticketId);
    expect([ticket.heldSince, ticket.wait?.since, ticket.sla.pauses[0]?.from].map((at) => at && at >= openedAt)).toEqual([
      true,
      true,
      true,
    ]);
    const own = await fresh.open();
    const opened = (await fresh.ticket(own)).ticket.openedAt;
    await fresh.must('claim', own, {}, { occurredAt: ancient, offline: true });
    expect((await fresh.ticket(own)).ticket.heldSince).toBe(opened);
  });

  test('not when somebody else brought an old opening: it was not to be seen before it was received', async () => {
    const ticketId = randomUUID();
    await of('farid').must('open', ticketId, openInput('farid'), { occurredAt: agoIso(3 * 3_600_000), offline: true });
    const receivedAt = (await of('farid').ticket(ticketId)).ticket.updatedAt;
    const fresh = await desk.signIn('bruno');
    await fresh.must('claim', ticketId, {}, { occurredAt: agoIso(3 * 3_600_000), offline: true });
    expect((await fresh.ticket(ticketId)).ticket.heldSince).toBe(receivedAt);
  });

  test('never before a change that its author had been sent', async () => {
    const ticketId = await of('farid').open();
    await later(600_000);
    const note = await of('bruno').must('note', ticketId, { text: 'He waits for a call', visibility: 'internal' });
    const changedAt = (await of('bruno').ticket(ticketId)).ticket.updatedAt;
    const blind = startedEarlier(300_000);
    const blindCall = operationOf('log_call', ticketId, blind.input, blind.more);
    await of('chloe').push(blindCall);
    expect((await of('chloe').ticket(ticketId)).entries.find((one) => one.id === blindCall.id)?.at).toBe(blind.more.occurredAt);
    const { position } = await of('amira').bootstrap();
    expect(Number(position.split(':')[1])).toBeGreaterThanOrEqual(note.seq);
    const sent = startedEarlier(300_000);
    const call = operationOf('log_call', ticketId, sent.input, sent.more);
    await of('amira').push(call);
    const at = (await of('amira').ticket(ticketId)).entries.find((one) => one.id === call.id)?.at ?? '';
    expect(at >= changedAt).toBe(true);
  });

  test('an opening is dated back 72 hours at most', async () => {
    const ticketId = randomUUID();
    await of('amira').must('open', ticketId, openInput('farid', { channel: 'phone' }), {
      occurredAt: agoIso(100 * 3_600_000),
      offline: true,
    });
    const { openedAt } = (await of('amira').ticket(ticketId)).ticket;
    const back = Date.now() + ahead - Date.parse(openedAt);
    expect(back).toBeGreaterThanOrEqual(72 * 3_600_000 - 1);
    expect(back).toBeLessThan(73 * 3_600_000);
  });
});

describe('out of sight', () => {
  test('a note and a file made before the ticket left the team are taken, later ones and other work are not', async () => {
    const ticketId = await of('farid').open();
    const made = agoIso(0);
    await later(1_000);
    await of('chloe').must('assign', ticketId, { teamId: 'workplace', holderId: null, reason: 'A laptop', seenHolderId: null });
    const kept = operationOf(
      'note',
      ticketId,
      { text: 'Seen on site', visibility: 'internal' },
      { madeAt: made, occurredAt: made, offline: true },
    );
    const wait = operationOf(
      'wait',
      ticketId,
      { reason: 'supplier', detail: '', wakeAt: null },
      { madeAt: made, occurredAt: made, offline: true },
    );
    const late = operationOf('note', ticketId, { text: 'Later', visibility: 'internal' }, { madeAt: agoIso(-5_000) });
    const uploadId = await uploadFile(of('amira'), 'site.txt', Buffer.from('on site'));
    const photo = { content: { kind: 'file', id: uploadId }, visibility: 'internal' };
    const file = operationOf('attach', ticketId, photo, { madeAt: made, occurredAt: made, offline: true });
    expect(await of('amira').push(kept, file, wait, late)).toMatchObject([
      { status: 'applied' },
      { status: 'applied' },
      { status: 'rejected', refusal: { code: 'not_found' }, ticket: null },
      { status: 'rejected', refusal: { code: 'not_found' }, ticket: null },
    ]);
    expect((await of('david').ticket(ticketId)).entries.find((one) => one.id === kept.id)).toMatchObject({ visibility: 'internal' });
    const stranger = operationOf('note', ticketId, { text: 'Never mine', visibility: 'internal' }, { madeAt: made, occurredAt: made });
    expect(await of('leo').push(stranger)).toMatchObject([{ status: 'rejected', refusal: { code: 'not_found' } }]);
    await later(15 * 24 * 3_600_000);
    const forgotten = operationOf(
      'note',
      ticketId,
      { text: 'Two weeks later', visibility: 'internal' },
      { madeAt: made, occurredAt: made },
    );
    expect(await of('amira').push(forgotten)).toMatchObject([{ status: 'rejected', refusal: { code: 'not_found' } }]);
  });
});
