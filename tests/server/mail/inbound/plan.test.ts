import { expect, test } from 'vitest';
import type { Person, Ticket } from '#shared/domain/model.ts';
import { Uuid } from '#shared/domain/model.ts';
import { note } from '#shared/domain/ticket/note.ts';
import { open } from '#shared/domain/ticket/open.ts';
import { type InboundMail, parseMail } from '../../../../server/mail/inbound/parse.ts';
import { derivedId, filesOf, plannedBy, planOf } from '../../../../server/mail/inbound/plan.ts';
import { type Letter, letter } from './letters.ts';

const farid = { id: 'farid', language: 'fr', phone: { typed: '01 99 00 12 34', e164: null }, place: 'B 12' } as Person;
const asNote = { kind: 'note', person: farid, ticket: { id: derivedId('t') } as Ticket } as const;
const asTicket = { kind: 'open', person: farid, siteId: 'lyon' } as const;
const limits = { maxFileBytes: 1024 * 1024, categoryId: 'other' };
const mailOf = async (more: Letter): Promise<InboundMail> => (await parseMail(letter(more))) as InboundMail;
const textOf = (input: Record<string, unknown> | undefined) => String(input?.text ?? input?.description);

test('ids come from the mail and what they are for, and are ids like others', () => {
  expect(derivedId('m', 'operation')).toBe(derivedId('m', 'operation'));
  expect(new Set([derivedId('m', 'file 1'), derivedId('m', 'file 2'), derivedId('mf', 'ile 1')]).size).toBe(3);
  expect(Uuid.parse(derivedId('m'))).toBe(derivedId('m'));
});

test('a text that is too long for a note goes on in a file with all of it', async () => {
  const mail = await mailOf({ text: `${'mot '.repeat(6_000)}fin` });
  const plan = planOf(asNote, mail, limits);
  expect(note.input.safeParse(plan.operation?.input).success).toBe(true);
  expect(textOf(plan.operation?.input)).toMatch(/mot …\n\n\[Texte coupé : il est en entier dans message\.txt\.\]$/);
  const { taken } = filesOf(mail, plan.hasWholeText, limits.maxFileBytes);
  expect(taken.map(({ name, bytes }) => [name, Buffer.from(bytes).toString().slice(-3)])).toEqual([['message.txt', 'fin']]);
});

test('a file that is too large, and the twenty-first, are left out by name', async () => {
  const files = Array.from({ length: 21 }, (_, i) => ({ name: `filename=f${i}.txt`, bytes: 'x' }));
  files[0] = { name: 'filename=film.mp4', bytes: 'x'.repeat(1024 * 1024 + 1) };
  const mail = await mailOf({ files: [...files, { name: 'filename=last.txt', bytes: 'x' }] });
  const plan = planOf(asNote, mail, limits);
  expect(textOf(plan.operation?.input)).toMatch(/^It works again\.\n\n\[.*1\sMo.*: film\.mp4, last\.txt\]$/);
  expect(filesOf(mail, false, limits.maxFileBytes).taken).toHaveLength(20);
});

test('a mail with files only is its files; one whose only file is left out says so', async () => {
  const files = [{ name: 'filename=a.txt', bytes: 'x' }];
  expect(planOf(asNote, await mailOf({ text: '', files }), limits).operation).toBeNull();
  const plan = planOf(asNote, await mailOf({ text: '', files }), { ...limits, maxFileBytes: 0 });
  expect(textOf(plan.operation?.input)).toContain('a.txt');
});

test('names without end in the notice leave the text as it is', async () => {
  const files = Array.from({ length: 40 }, (_, i) => ({ name: `filename=${i}${'n'.repeat(190)}.txt`, bytes: 'x' }));
  const plan = planOf(asNote, await mailOf({ text: 'a'.repeat(17_000), files }), limits);
  expect(note.input.safeParse(plan.operation?.input).success).toBe(true);
  expect(textOf(plan.operation?.input).startsWith('a'.repeat(17_000))).toBe(true);
});

test('a ticket has the subject, all of the text, and what the directory knows', async () => {
  const plan = planOf(asTicket, await mailOf({ subject: 'TR : [EXT] Plus de réseau', text: 'Voir\n-- \nFarid' }), limits);
  const input = open.input.parse(plan.operation?.input);
  expect(input).toMatchObject({
    title: 'Plus de réseau',
    description: 'Voir\n-- \nFarid',
    requesterId: 'farid',
    beneficiaryId: 'farid',
    phone: '01 99 00 12 34',
    place: 'B 12',
    siteId: 'lyon',
    categoryId: 'other',
  });
});

test.each([
  ['no subject', { subject: '', text: 'Mon écran est noir\nDepuis hier' }, 'Mon écran est noir'],
  ['nothing but “Re:”', { subject: 'Re: ', text: 'Mon écran est noir' }, 'Mon écran est noir'],
  ['nothing but a file', { subject: '', text: '', files: [{ name: 'filename=ecran.png', bytes: 'x' }] }, 'ecran.png'],
  ['a subject without end', { subject: 'x'.repeat(300) }, `${'x'.repeat(199)}…`],
])('a title is found with %s', async (_what, more, title) => {
  const plan = planOf(asTicket, await mailOf(more), limits);
  expect(open.input.parse(plan.operation?.input).title).toBe(title);
});

test('a technician’s note names the sender and is internal; his ticket has the mail’s words', async () => {
  const mail = await mailOf({ from: 'X <x@example.net>', subject: 'Bonjour' });
  const amira = { id: 'amira', language: 'fr' } as Person;
  const noted = plannedBy(amira, { action: 'note', ticketId: derivedId('t') }, mail, 'seed', 1);
  expect(noted).toMatchObject({ authorId: 'amira', visibility: 'internal', operation: { input: { visibility: 'internal' } } });
  expect(textOf(noted.operation?.input)).toMatch(
    /^Courriel reçu de X <x@example\.net> \(expéditeur non vérifié\)\. Objet\s: Bonjour\n\nIt works again\.$/,
  );
  const fields = {
    kind: 'incident',
    title: 'T',
    requesterId: 'farid',
    beneficiaryId: 'farid',
    phone: '',
    place: '',
    siteId: 'lyon',
  } as const;
  const more = { categoryId: 'other', importance: 'person', relevance: 'hindered' } as const;
  const opened = plannedBy(amira, { action: 'open', ...fields, ...more }, mail, 'seed', 1);
  expect(open.input.parse(opened.operation?.input)).toMatchObject({
    description: 'It works again.',
    requesterId: 'farid',
    channel: 'portal',
  });
});
