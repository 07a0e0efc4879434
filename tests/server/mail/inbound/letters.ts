/** Mails as mailers and servers write them, byte for byte. */
export const SERVICE = 'support@desk.example.org';
export const CODE = 'abcdefghijklmnop';
export const CODED = `support+${CODE}@desk.example.org`;

/** Line ends as in a mail. */
export const raw = (...lines: string[]): Buffer => Buffer.from(lines.join('\r\n'), 'utf8');

export interface Letter {
  from?: string;
  to?: string;
  subject?: string;
  id?: string;
  headers?: string[];
  text?: string;
  files?: { name: string; type?: string; bytes: Uint8Array | string; cid?: string }[];
}

/** A mail as a person writes one. */
export function letter({ from, to, subject, id, headers = [], text = 'It works again.', files = [] }: Letter = {}): Buffer {
  const head = [
    'Return-Path: <farid@example.org>',
    `From: ${from ?? '"Saïdi, Farid" <farid@example.org>'}`,
    `To: MyService <${to ?? CODED}>`,
    `Subject: ${subject ?? 'Re: [I-2026-000123] Solved: No network'}`,
    `Message-ID: ${id ?? `<${Math.random()}@mail.example.org>`}`,
    'Date: Mon, 04 May 2026 10:12:00 +0200',
    'MIME-Version: 1.0',
    ...headers,
  ];
  const words = ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 8bit', '', ...text.split('\n')];
  if (files.length === 0) return raw(...head, ...words);
  const related = files.some(({ cid }) => cid !== undefined);
  const parts = files.flatMap(({ name, type = 'application/octet-stream', bytes, cid }) => [
    '--part',
    `Content-Type: ${type}`,
    cid === undefined ? `Content-Disposition: attachment; ${name}` : `Content-Disposition: inline; ${name}`,
    ...(cid === undefined ? [] : [`Content-ID: <${cid}>`]),
    'Content-Transfer-Encoding: base64',
    '',
    ...(Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,76}/g) ?? []),
  ]);
  return raw(
    ...head,
    `Content-Type: multipart/${related ? 'related' : 'mixed'}; boundary=part`,
    '',
    '--part',
    ...words,
    ...parts,
    '--part--',
    '',
  );
}

export const bounces: Record<string, Buffer> = {
  Exchange: raw(
    'From: "Microsoft Outlook" <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@example.org>',
    `To: ${CODED}`,
    'Subject: Undeliverable: [I-2026-000123] Solved: No network',
    'Message-ID: <b1d2@EX01.example.org>',
    'Date: Mon, 04 May 2026 10:12:00 +0200',
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    '',
    '--b',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    'Delivery has failed to these recipients or groups:',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns;EX01.example.org',
    '',
    'Final-recipient: RFC822;farid@example.org',
    'Action: failed',
    'Status: 5.1.1',
    '--b--',
  ),
  Postfix: raw(
    'Return-Path: <>',
    'From: MAILER-DAEMON@mx.example.net (Mail Delivery System)',
    `To: ${CODED}`,
    'Subject: Undelivered Mail Returned to Sender',
    'Auto-Submitted: auto-replied',
    'Message-Id: <20260504081200.1F2@mx.example.net>',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status;',
    '\tboundary="4F3.1/mx.example.net"',
    '',
    '--4F3.1/mx.example.net',
    '',
    'This is the mail system at host mx.example.net.',
    '--4F3.1/mx.example.net--',
  ),
  Gmail: raw(
    'Return-Path: <>',
    'X-Failed-Recipients: farid@example.org',
    'Auto-Submitted: auto-replied',
    'From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>',
    `To: ${CODED}`,
    'Subject: Delivery Status Notification (Failure)',
    'Message-ID: <63.0.bounce@mx.google.com>',
    'Content-Type: text/plain; charset="UTF-8"',
    '',
    '** Address not found **',
  ),
  'a server without manners': raw(
    'From: postmaster@example.net',
    `To: ${CODED}`,
    'Subject: Non remis : votre message',
    'Message-ID: <1@example.net>',
    '',
    'Boîte pleine',
  ),
};

export const absences: Record<string, Buffer> = {
  'Outlook in French': raw(
    'From: "Saïdi, Farid" <farid@example.org>',
    `To: ${CODED}`,
    'Subject: =?utf-8?B?UsOpcG9uc2UgYXV0b21hdGlxdWUgOiBbSS0yMDI2LTAwMDEyM10gUsOpc29sdQ==?=',
    'Message-ID: <oof1@EX01.example.org>',
    'X-Auto-Response-Suppress: All',
    'auto-submitted: auto-generated',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'Je suis absent jusqu’au 12 mai.',
  ),
  'Outlook in English, its headers lost on the way': raw(
    'From: Farid <farid@example.org>',
    `To: ${CODED}`,
    'Subject: Automatic reply: [I-2026-000123] Solved: No network',
    'Message-ID: <oof2@EX01.example.org>',
    '',
    'I am out of the office.',
  ),
  Gmail: raw(
    'Return-Path: <>',
    'Auto-Submitted: auto-replied',
    'Precedence: bulk',
    'X-Autoreply: yes',
    'From: Farid <farid@example.org>',
    `To: ${CODED}`,
    'Subject: Out of the office Re: [I-2026-000123] Solved: No network',
    'Message-ID: <oof3@mail.gmail.com>',
    '',
    'Back on Monday.',
  ),
  'a read receipt': raw(
    'From: Farid <farid@example.org>',
    `To: ${CODED}`,
    'Subject: Lu : [I-2026-000123] Résolu',
    'Message-ID: <mdn@example.org>',
    'Content-Type: multipart/report; report-type=disposition-notification; boundary=b',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'Read',
    '--b--',
  ),
};
