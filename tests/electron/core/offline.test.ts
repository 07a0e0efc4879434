import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import type { StateHash } from '#shared/contract/api.ts';
import { NEW_TICKET } from '#shared/contract/core.ts';
import { listOf, TestConsole } from './console.ts';
import type { Line } from './line.ts';
import { type Stage, setStage } from './stage.ts';

let stage: Stage;
let line: Line;
beforeAll(async () => {
  stage = await setStage();
  line = await stage.newLine();
});
afterAll(() => stage.close());

const number = { typed: '01 99 00 12 34', e164: '+33199001234' };

test('an hour without server, with a kill in the middle: everything is kept, and all ends in step', async () => {
  const farid = await stage.direct('farid');
  const id = await farid.open({ title: 'Offline hour' });
  let amira = await stage.console('amira', line);
  await amira.until('ticket', id, (ticket) => ticket !== null);
  await line.down();
  await amira.until('sync', undefined, (status) => status.state === 'offline');

  expect(await amira.perform('claim', id)).toMatchObject({ ok: true, undoable: true });
  await amira.perform('note', id, { text: 'Looked at the switch', visibility: 'internal' });
  await amira.call('startCall', { ticketId: id, personId: 'farid', number });
  await amira.call('updateCall', { note: 'He is in', callbackAt: null });
  expect(await amira.call('endCall', { outcome: 'reached' })).toMatchObject({ ok: true, claimed: false });
  await amira.perform('resolve', id, { text: 'Replaced the cable', code: 'solved' });
  expect(await amira.perform('validate', id)).toMatchObject({ ok: false, refusal: { code: 'needs_network' } });
  await amira.call('saveDraft', { ticketId: id, form: 'note', content: { text: 'half a sent' } });
  const before = await amira.until('ticket', id, (ticket) => ticket?.ticket.holderId === 'amira');
  expect(before).toMatchObject({ toConfirm: true, unsent: true, ticket: { resolvedAt: expect.any(String) } });
  const second = await farid.open({ title: 'Opened meanwhile' });
  await amira.kill();

  amira = await TestConsole.start(amira.profile);
  amira.signInLater(line.url, 'amira', async () => (await stage.desk.signIn('amira')).tokens);
  expect(await amira.until('outbox', undefined, (items) => items.length === 4)).toMatchObject([
    { name: 'claim', tentative: true, ticketTitle: 'Offline hour' },
    { name: 'note' },
    { name: 'log_call' },
    { name: 'resolve' },
  ]);
  expect(await amira.countUnsent()).toBe(4);
  const after = await amira.until('ticket', id, (ticket) => ticket !== null);
  expect(after?.ticket.holderId).toBe('amira');
  expect(after?.drafts.note?.content).toEqual({ text: 'half a sent' });
  await amira.until('sync', undefined, (status) => status.state === 'offline');
  await line.up();
  await amira.call('retryNow', undefined);
  await amira.inStep();
  await amira.until('list', listOf('pool'), (list) => list.rows.some((row) => row.id === second));

  const server = await stage.direct('chloe');
  const { ticket, entries, resolutions } = await server.ticket(id);
  expect(ticket.holderId).toBe('amira');
  expect(entries.map((entry) => entry.kind).sort()).toEqual(['called', 'claimed', 'noted', 'opened', 'resolved']);
  expect(entries.filter((entry) => entry.kind !== 'opened').every((entry) => entry.offline)).toBe(true);
  expect(resolutions).toHaveLength(1);
  await amira.stop();
  const { body } = await (await stage.direct('amira')).call<z.infer<typeof StateHash>>('GET', '/v1/hash');
  expect(await stage.status(amira.profile)).toEqual({ ...body, outbox: 0 });
});

test('a refused offline claim keeps note and call, proposes the solution, and one banner says so', async () => {
  const gina = await stage.direct('gina');
  const id = await gina.open({ title: 'Both wanted it' });
  const own = await stage.newLine();
  const bruno = await stage.console('bruno', own);
  await bruno.until('ticket', id, (ticket) => ticket !== null);
  await own.down();
  await bruno.until('sync', undefined, (status) => status.state === 'offline');
  // Editing is claiming: the claim is put before the note.
  expect(await bruno.perform('note', id, { text: 'My finding', visibility: 'internal' })).toMatchObject({ ok: true, claimed: true });
  await bruno.call('startCall', { ticketId: id, personId: 'gina', number });
  await bruno.call('endCall', { outcome: 'voicemail' });
  await bruno.perform('set_urgency', id, { importance: 'site', relevance: 'blocked', override: null, seenUrgency: 'medium' });
  await bruno.call('saveDraft', { ticketId: id, form: 'resolve', content: { typed: 'My solution' } });
  await bruno.perform('resolve', id, { text: 'My solution', code: 'solved' }, 'resolve');
  const chloe = await stage.direct('chloe');
  await chloe.must('claim', id);
  await own.up();
  await bruno.call('retryNow', undefined);
  await bruno.inStep();
  const detail = await bruno.until('ticket', id, (ticket) => ticket?.ticket.holderId === 'chloe');
  expect(detail?.rejections).toMatchObject([
    {
      name: 'claim',
      refusal: { code: 'already_held', holderId: 'chloe', holderName: 'Chloé Martin' },
      kept: [
        { name: 'note', as: 'note' },
        { name: 'log_call', as: 'log_call' },
        { name: 'resolve', as: 'solution_proposed' },
      ],
      notApplied: [{ name: 'set_urgency' }],
    },
  ]);
  expect(detail?.timeline.map((shown) => shown.entry.kind).sort()).toEqual(['called', 'claimed', 'noted', 'opened', 'solution_proposed']);
  expect(detail?.timeline.some((shown) => shown.unsent)).toBe(false);
  const row = (await bruno.until('list', listOf('all'), () => true)).rows.find((one) => one.id === id);
  expect(row).toMatchObject({ holderId: 'chloe', claimRefused: true, toConfirm: false, unsent: false });
  const [banner] = detail?.rejections ?? [];
  await bruno.call('dismissRejection', banner?.operationId ?? '');
  expect((await bruno.now('ticket', id))?.rejections).toEqual([]);
  expect(await bruno.now('outbox', undefined)).toEqual([]);
  await bruno.stop();
});

test('a refused operation gives its text back as it was typed, and what was typed since is not overwritten', async () => {
  const farid = await stage.direct('farid');
  const id = await farid.open({ title: 'Urgency by two' });
  const own = await stage.newLine();
  const chloe = await stage.console('chloe', own);
  await chloe.until('ticket', id, (ticket) => ticket !== null);
  await own.down();
  await chloe.until('sync', undefined, (status) => status.state === 'offline');
  const form = { importance: 'site', relevance: 'blocked', override: null };
  await chloe.call('saveDraft', { ticketId: id, form: 'set_urgency', content: form });
  expect(await chloe.perform('set_urgency', id, { ...form, seenUrgency: 'medium' }, 'set_urgency')).toMatchObject({ ok: true });
  expect((await chloe.now('ticket', id))?.drafts).toEqual({});
  const amira = await stage.direct('amira');
  await amira.must('claim', id);
  await amira.must('set_urgency', id, { importance: 'person', relevance: 'nuisance', override: null, seenUrgency: 'medium' });
  await own.up();
  await chloe.call('retryNow', undefined);
  await chloe.inStep();
  const detail = await chloe.until('ticket', id, (ticket) => (ticket?.rejections.length ?? 0) > 0);
  expect(detail?.rejections[0]).toMatchObject({ name: 'set_urgency', refusal: { code: 'changed' } });
  expect(detail?.drafts.set_urgency?.content).toEqual(form);
  await chloe.stop();
});

test('a call survives a kill: at the next start its outcome is asked', async () => {
  const farid = await stage.direct('farid');
  const id = await farid.open({ title: 'On the phone' });
  let amira = await stage.console('amira', await stage.newLine());
  await amira.until('ticket', id, (ticket) => ticket !== null);
  const call = await amira.call('startCall', { ticketId: id, personId: 'farid', number });
  await expect(amira.call('startCall', { ticketId: id, personId: 'farid', number })).rejects.toThrow('busy');
  await amira.call('updateCall', { note: 'He says that', callbackAt: null });
  expect(call.recovered).toBe(false);
  await amira.kill();
  amira = await stage.console('amira', await stage.newLine(), amira.profile);
  const found = await amira.now('call', undefined);
  expect(found).toMatchObject({ id: call.id, startedAt: call.startedAt, note: 'He says that', recovered: true, personName: 'Farid Saïdi' });
  expect((await amira.now('ticket', id))?.call?.id).toBe(call.id);
  const callbackAt = new Date(Date.now() + 3_600_000).toISOString();
  await amira.call('updateCall', { note: 'He says that it works', callbackAt });
  await amira.call('endCall', { outcome: 'no_answer' });
  expect(await amira.now('call', undefined)).toBeNull();
  await amira.inStep();
  const { entries, ticket } = await (await stage.direct('chloe')).ticket(id);
  expect(ticket.callback).toEqual({ at: callbackAt, by: 'amira' });
  expect(ticket.holderId).toBeNull();
  expect(entries.find((entry) => entry.kind === 'called')).toMatchObject({ at: call.startedAt, data: { note: 'He says that it works' } });
  expect((await amira.until('list', listOf('callbacks'), (list) => list.total === 1)).rows[0]).toMatchObject({ id, attempted: true });
  await amira.stop();
});

test('undo: unsent work disappears with what builds on it; sent work is taken back on the server', async () => {
  const farid = await stage.direct('farid');
  const id = await farid.open({ title: 'Taken back' });
  const own = await stage.newLine();
  const bruno = await stage.console('bruno', own);
  await bruno.until('ticket', id, (ticket) => ticket !== null);
  await own.down();
  await bruno.until('sync', undefined, (status) => status.state === 'offline');
  const noted = await bruno.perform('note', id, { text: 'too early', visibility: 'internal' }, 'note');
  expect((await bruno.now('ticket', id))?.ticket.holderId).toBe('bruno');
  expect(await bruno.call('undo', noted.ok ? noted.operationIds : [])).toMatchObject({ ok: true, operationIds: [] });
  const back = await bruno.now('ticket', id);
  expect(back).toMatchObject({ ticket: { holderId: null }, unsent: false, drafts: { note: { content: { text: 'too early' } } } });
  expect(await bruno.countUnsent()).toBe(0);
  await own.up();
  await bruno.call('retryNow', undefined);
  await bruno.inStep();
  const claimed = await bruno.perform('claim', id);
  await bruno.inStep();
  expect(await bruno.call('undo', claimed.ok ? claimed.operationIds : [])).toMatchObject({ ok: true });
  await bruno.until('counts', undefined, (counts) => counts.mine === 0);
  await bruno.inStep();
  expect((await (await stage.direct('chloe')).ticket(id)).ticket.holderId).toBeNull();
  expect((await bruno.until('ticket', id, (ticket) => !ticket?.unsent))?.timeline.map((shown) => shown.entry.kind)).toEqual(['opened']);
  await bruno.stop();
});

test('a ticket opened offline is worked on before the server knows it, and gets its number afterwards', async () => {
  const own = await stage.newLine();
  const amira = await stage.console('amira', own);
  await own.down();
  await amira.until('sync', undefined, (status) => status.state === 'offline');
  const id = randomUUID();
  await amira.call('saveDraft', { ticketId: NEW_TICKET, form: 'open', content: { title: 'Typed' } });
  expect(await amira.call('readDraft', { ticketId: NEW_TICKET, form: 'open' })).toMatchObject({ content: { title: 'Typed' } });
  const input = {
    kind: 'incident',
    title: 'Câble arraché',
    description: 'Rien',
    requesterId: 'farid',
    beneficiaryId: 'farid',
    phone: '01 99 00 12 34',
    place: '',
    siteId: 'lyon',
    categoryId: 'wifi',
    importance: 'person',
    relevance: 'blocked',
    duringCall: true,
    channel: 'phone',
  };
  expect(await amira.perform('open', id, input, 'open')).toMatchObject({ ok: true });
  expect(await amira.call('readDraft', { ticketId: NEW_TICKET, form: 'open' })).toBeNull();
  await amira.perform('wait', id, { reason: 'supplier', detail: 'a new one', wakeAt: null });
  expect((await amira.until('list', listOf('waiting'), (list) => list.total === 1)).rows[0]).toMatchObject({
    id,
    number: null,
    unsent: true,
  });
  expect((await amira.now('list', listOf('search', { text: 'cable arr' }))).rows[0]).toMatchObject({ id, found: { field: 'title' } });
  await own.up();
  await amira.call('retryNow', undefined);
  await amira.inStep();
  expect((await amira.until('ticket', id, (ticket) => ticket?.ticket.number !== null))?.ticket.holderId).toBe('amira');
  await amira.stop();
});

test('what was refused is listed with its ticket and its text, and done again under a new id when it has become possible', async () => {
  const farid = await stage.direct('farid');
  const id = await farid.open({ title: 'Wanted by two' });
  const own = await stage.newLine();
  const amira = await stage.console('amira', own);
  await own.down();
  await amira.until('sync', undefined, (status) => status.state === 'offline');
  const claimed = await amira.perform('claim', id);
  const noted = await amira.perform('note', id, { text: 'Seen on site', visibility: 'internal' });
  const [claim, note] = [claimed.ok ? claimed.operationIds : [], noted.ok ? noted.operationIds : []];
  const { ticket } = await (await stage.direct('bruno')).ticket(id);
  expect(await amira.now('outbox', undefined)).toMatchObject([
    { id: claim[0], name: 'claim', ticketNumber: ticket.number, ticketTitle: 'Wanted by two', state: 'queued', after: [], inSight: true },
    { id: note[0], name: 'note', text: 'Seen on site', after: claim, inSight: true, rejection: null },
  ]);
  const bruno = await stage.direct('bruno');
  await bruno.must('claim', id);
  await own.up();
  await amira.call('retryNow', undefined);
  await amira.inStep();
  const [item] = await amira.until('outbox', undefined, (items) => items[0]?.state === 'rejected');
  expect(item).toMatchObject({ id: claim[0], refusal: { code: 'already_held', holderName: 'Bruno Keller' } });
  expect(item?.rejection).toMatchObject({ kept: [{ operationId: note[0], as: 'note' }], notApplied: [] });
  // Still his: the same is refused at once, and stays listed.
  await amira.until('ticket', id, (seen) => seen?.ticket.holderId === 'bruno');
  expect(await amira.call('repeatRejected', claim[0] ?? '')).toMatchObject({ ok: false, refusal: { code: 'already_held' } });
  expect(await amira.now('outbox', undefined)).toHaveLength(1);
  await bruno.must('release', id, { reason: 'Yours', seenHolderId: 'bruno' });
  await amira.until('ticket', id, (seen) => seen?.ticket.holderId === null);
  const again = await amira.call('repeatRejected', claim[0] ?? '');
  expect(again.ok && again.operationIds).not.toContain(claim[0]);
  await amira.inStep();
  expect(await amira.now('outbox', undefined)).toEqual([]);
  expect((await bruno.ticket(id)).ticket.holderId).toBe('amira');
  await expect(amira.call('repeatRejected', claim[0] ?? '')).rejects.toThrow('invalid_input');
  await amira.stop();
});
