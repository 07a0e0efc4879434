import { describe, expect, test } from 'vitest';
import type { Person, Ticket } from '#shared/domain/model.ts';
import { type Facts, judge, MOST_AN_HOUR } from '../../../../server/mail/inbound/judge.ts';
import { readMail } from '../../../../server/mail/inbound/read.ts';
import { absences, bounces, CODED, type Letter, letter, raw, SERVICE } from './letters.ts';

const farid = { id: 'farid', name: 'Farid', email: 'Farid@Example.org', active: true, siteId: 'lyon' } as Person;
const gina = { ...farid, id: 'gina', email: 'gina@example.org' };
const ticket = { id: 't1', phase: 'open', closedAt: null, updatedAt: '2026-05-01T00:00:00.000Z' } as Ticket;
const code = { person: farid, ticket };
const base: Facts = {
  serviceAddress: SERVICE,
  mailFrom: 'guichet@desk.example.org',
  now: new Date('2026-05-04T08:15:00Z'),
  authHost: null,
  codes: [code],
  senders: [farid],
  recent: 0,
};

async function judged(bytes: Buffer, facts: Partial<Facts> = {}, isWhole = true) {
  const { mail, unread } = await readMail(bytes, isWhole);
  const verdict = judge(mail, { ...base, ...facts }, unread);
  return 'why' in verdict ? `${verdict.kind}: ${verdict.why}` : `${verdict.kind} of ${verdict.person.id}`;
}
const answered = (more: Letter = {}, facts: Partial<Facts> = {}) => judged(letter(more), facts);
const toService = (more: Letter = {}, facts: Partial<Facts> = {}) =>
  judged(letter({ to: SERVICE, subject: 'Plus de réseau', ...more }), { codes: [], ...facts });

describe('an answer', () => {
  test('of the code’s owner, from his address, is a note of his', async () => {
    expect(await answered()).toBe('note of farid');
    expect(await answered({ from: 'FARID@EXAMPLE.ORG' })).toBe('note of farid');
    expect(await answered({ text: '', files: [{ name: 'filename=a.txt', bytes: 'x' }] })).toBe('note of farid');
  });

  test.each<[string, Letter, Partial<Facts>, string]>([
    ['from somebody else, forged or forwarded', { from: 'gina@example.org' }, { senders: [gina] }, 'wrong_sender'],
    ['from an address of the same name elsewhere', { from: '"farid@example.org" <farid@example.net>' }, { senders: [] }, 'wrong_sender'],
    ['from nobody', { from: 'Farid' }, {}, 'sender_unclear'],
    ['with a code that means nothing', {}, { codes: [] }, 'unknown_code'],
    ['with a code that is none', { to: 'support+x@desk.example.org' }, { codes: [] }, 'unknown_code'],
    ['of somebody who left', {}, { codes: [{ ...code, person: { ...farid, active: false } }] }, 'inactive'],
    ['of somebody whose address was taken away', {}, { codes: [{ ...code, person: { ...farid, email: null } }] }, 'wrong_sender'],
    ['on a ticket that is gone', {}, { codes: [{ ...code, ticket: undefined }] }, 'unknown_code'],
    [
      'on a ticket that was closed two months ago',
      {},
      { codes: [{ ...code, ticket: { ...ticket, phase: 'closed', closedAt: '2026-03-04T08:00:00.000Z' } }] },
      'closed',
    ],
    ['without a word or a file', { text: '' }, {}, 'empty'],
    ['as the twenty-first within an hour', {}, { recent: MOST_AN_HOUR }, 'too_many'],
  ])('%s waits', async (_what, more, facts, why) => {
    expect(await answered(more, facts)).toBe(`quarantine: ${why}`);
  });

  test('on a ticket that was closed or cancelled lately is a note', async () => {
    for (const phase of ['closed', 'cancelled'] as const) {
      const ended = { ...ticket, phase, closedAt: phase === 'closed' ? '2026-04-20T00:00:00.000Z' : null };
      expect(await answered({}, { codes: [{ ...code, ticket: ended }] })).toBe('note of farid');
    }
  });

  test('to several codes counts for the one that is the sender’s', async () => {
    expect(await answered({ from: 'gina@example.org' }, { codes: [code, { person: gina, ticket }] })).toBe('note of gina');
  });
});

describe('a mail to the service', () => {
  test('of a person who is known opens a ticket', async () => {
    expect(await toService()).toBe('open of farid');
    expect(await toService({ text: '' })).toBe('open of farid');
    expect(await toService({ to: 'helpdesk@example.org', headers: [`Delivered-To: ${SERVICE}`] })).toBe('open of farid');
  });

  test.each<[string, Letter, Partial<Facts>, string]>([
    ['of a stranger', { from: 'x@example.net' }, { senders: [] }, 'unknown_sender'],
    ['of an address that two share', {}, { senders: [farid, gina] }, 'ambiguous_sender'],
    ['of somebody who left', {}, { senders: [{ ...farid, active: false }] }, 'inactive'],
    ['of somebody without a site', {}, { senders: [{ ...farid, siteId: null }] }, 'no_site'],
    ['that answers a mail of ours', { headers: [`In-Reply-To: <guichet.${'0a'.repeat(16)}@desk.example.org>`] }, {}, 'answer_without_code'],
    ['about a ticket by its number', { subject: 'Re: [I-2026-000123] Résolu' }, {}, 'answer_without_code'],
    ['that was sent to somebody else', { to: 'all@example.org' }, {}, 'not_addressed'],
    ['with nothing in it', { subject: '', text: '' }, {}, 'empty'],
  ])('%s waits', async (_what, more, facts, why) => {
    expect(await toService(more, facts)).toBe(`quarantine: ${why}`);
  });
});

describe('where a server’s word is asked for on where a mail is from', () => {
  const said = (...lines: string[]) =>
    answered({ headers: lines.map((line) => `Authentication-Results: ${line}`) }, { authHost: 'mx.desk.example.org' });

  test.each([
    [
      'mx.desk.example.org; spf=pass smtp.mailfrom=example.org; dkim=pass header.d=example.org; dmarc=pass (p=none) header.from=example.org',
    ],
    ['MX.desk.example.org 1;\r\n\tDMARC=pass header.from=example.org'],
  ])('%j is enough', async (line) => {
    expect(await said(line)).toBe('note of farid');
  });

  test.each([
    ['nothing', []],
    ['a failure', ['mx.desk.example.org; dmarc=fail header.from=example.org']],
    ['only an SPF of whatever domain', ['mx.desk.example.org; spf=pass smtp.mailfrom=evil.example']],
    ['another server’s word', ['mx.evil.example; dmarc=pass header.from=example.org']],
    ['a word that the sender put below', ['mx.desk.example.org; dmarc=fail', 'mx.desk.example.org; dmarc=pass']],
    ['a word in a comment', ['mx.desk.example.org; spf=fail (a (b; dmarc=pass); dmarc=pass ) smtp.mailfrom=x']],
    ['a word in quotes', ['mx.desk.example.org; spf=fail smtp.mailfrom="; dmarc=pass "@evil.example']],
    ['a word that only begins so', ['mx.desk.example.org; dmarc=passable']],
  ])('%s is not', async (_what, lines) => {
    expect(await said(...lines)).toBe('quarantine: not_authenticated');
  });

  // Looked through once for each of them, they would keep the server busy for an hour.
  test.each([
    ['brackets in brackets', `${'('.repeat(400_000)}${')'.repeat(400_000)}`],
    ['quotes that do not end', '\\"'.repeat(400_000)],
  ])('nor are nearly a megabyte of %s', async (_what, text) => {
    expect(await said(`mx.desk.example.org; ${text}`)).toBe('quarantine: not_authenticated');
  });
});

describe('what no person wrote comes to nothing, whatever code it carries', () => {
  test.each(Object.entries(bounces))('a bounce of %s', async (_who, bytes) => {
    expect(await judged(bytes)).toBe('drop: bounce');
    expect(await judged(bytes, { codes: [] })).toBe('drop: bounce');
  });
  test.each(Object.entries(absences))('an absence: %s', async (_who, bytes) => {
    expect(await judged(bytes)).toBe('drop: auto_reply');
  });
  test.each([
    ['Precedence: bulk', 'loop'],
    ['Precedence: list', 'loop'],
    ['X-Loop: support@desk.example.org', 'loop'],
    ['Auto-Submitted: auto-generated', 'auto_reply'],
    ['X-Auto-Response-Suppress: OOF, AutoReply', 'auto_reply'],
  ])('%s', async (header, why) => {
    expect(await answered({ headers: [header] })).toBe(`drop: ${why}`);
    expect(await toService({ headers: [header] })).toBe(`drop: ${why}`);
  });
  test('our own mails, by their sender or their id', async () => {
    expect(await toService({ from: SERVICE })).toBe('drop: own');
    expect(await toService({ from: 'Guichet@desk.example.org' })).toBe('drop: own');
    expect(await answered({ id: `<guichet.${'0a'.repeat(16)}@desk.example.org>` })).toBe('drop: own');
    // A server of the same company calls the mails of its people so.
    expect(await answered({ id: `<${'0a'.repeat(16)}@desk.example.org>` })).toMatch(/^note/);
  });
  test('also where only its head is read', async () => {
    expect(await judged(bounces.Exchange as Buffer, {}, false)).toBe('drop: bounce');
    expect(await judged(letter(), {}, false)).toBe('quarantine: too_large');
  });
  test.each(['Auto-Submitted: no', 'X-Auto-Response-Suppress: None', 'Return-Path: <farid@example.org>'])(
    'a person’s %s is a person’s',
    async (line) => {
      expect(await judged(raw(line, 'From: farid@example.org', `To: ${CODED}`, 'Message-ID: <1@x>', '', 'Hello'))).toBe('note of farid');
    },
  );
  test.each(['Out of office cannot be switched on', 'Undeliverable mails since Monday', 'Absence du bureau impossible à activer'])(
    'a person asks about “%s”',
    async (subject) => {
      expect(await toService({ subject })).toBe('open of farid');
    },
  );
});
