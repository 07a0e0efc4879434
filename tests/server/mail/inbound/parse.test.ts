import { describe, expect, test } from 'vitest';
import { FileName } from '#shared/domain/file-name.ts';
import { type InboundMail, parseMail } from '../../../../server/mail/inbound/parse.ts';
import { readMail } from '../../../../server/mail/inbound/read.ts';
import { CODED, letter, raw } from './letters.ts';

async function parsed(bytes: Buffer): Promise<InboundMail> {
  const mail = await parseMail(bytes);
  if (!mail) throw new Error('no mail');
  return mail;
}

test('a mail becomes a plain value', async () => {
  const mail = await parsed(
    letter({ id: '<1@mail.example.org>', text: 'Ça marche.\nMerci', headers: ['Delivered-To: desk@mx.example.org'] }),
  );
  expect(mail).toMatchObject({
    messageId: '<1@mail.example.org>',
    from: { name: 'Saïdi, Farid', address: 'farid@example.org' },
    to: [CODED, 'desk@mx.example.org'],
    subject: 'Re: [I-2026-000123] Solved: No network',
    text: 'Ça marche.\nMerci',
    files: [],
  });
});

test('delivered twice, with other headers of its way, it has the same id; another mail has another one', async () => {
  const first = await parsed(letter({ id: '<1@x>', headers: ['Received: from a'] }));
  const again = await parsed(letter({ id: '<1@x>', headers: ['Received: from b', 'X-Spam: no'] }));
  const other = await parsed(letter({ id: '<2@x>' }));
  const forged = await parsed(letter({ id: '<1@x>', from: 'gina@example.org' }));
  expect(again.id).toBe(first.id);
  expect(new Set([first.id, other.id, forged.id]).size).toBe(3);
  const nameless = raw('From: a@example.org', '', 'one');
  expect((await parsed(nameless)).id).toBe((await parsed(nameless)).id);
  expect((await parsed(nameless)).id).not.toBe((await parsed(raw('From: a@example.org', '', 'two'))).id);
});

test.each([
  ['two in one header', ['From: farid@example.org, gina@example.org']],
  ['a header twice', ['From: farid@example.org', 'From: gina@example.org']],
  ['none', []],
  ['no address', ['From: Farid']],
  ['an address that turns the writing round', ['From: <=?utf-8?Q?gro.elpmaxe=E2=80=AE?=@example.org>']],
  ['an address with a character that no database takes', ['From: <=?utf-8?Q?farid=00?=@example.org>']],
  ['an address longer than any', [`From: ${'a'.repeat(100_000)}@example.org`]],
])('no sender is certain: %s', async (_what, lines) => {
  expect((await parsed(raw(...lines, 'To: support@desk.example.org', '', 'Hello'))).from).toBeNull();
});

test('an encoded word brings no further header and no line end, and turns no writing round', async () => {
  const subject = '=?utf-8?Q?Hello=0D=0ABcc:_all@example.org=00=E2=80=AEfdp.exe?=';
  const mail = await parsed(letter({ subject, from: '=?utf-8?Q?Farid=0D=0AX-Loop=3A_1?= <farid@example.org>' }));
  expect(mail.subject).toBe('Hello Bcc: all@example.org fdp.exe');
  expect(mail.from).toEqual({ name: 'Farid X-Loop: 1', address: 'farid@example.org' });
  expect(mail.to).toEqual([CODED]);
  expect(mail.headers.has('x-loop')).toBe(false);
});

describe('its text', () => {
  test.each([
    ['quoted-printable in Latin-1', 'iso-8859-1', 'quoted-printable', 'D=E9j=E0 vu, =80 =\r\nencore'],
    ['base64 in UTF-8', 'utf-8', 'base64', Buffer.from('Déjà vu, encore').toString('base64')],
    ['Windows-1252', 'windows-1252', 'quoted-printable', 'D=E9j=E0 vu, encore'],
  ])('is read from %s', async (_what, charset, encoding, body) => {
    const mail = await parsed(
      raw('From: a@example.org', `Content-Type: text/plain; charset=${charset}`, `Content-Transfer-Encoding: ${encoding}`, '', body),
    );
    expect(mail.text).toContain('Déjà vu,');
    expect(mail.text).toContain('encore');
  });

  test('is text where the mail is HTML, and never HTML', async () => {
    const html =
      '<html><head><style>p{}</style><script>alert(1)</script></head><body><p>Bonjour&nbsp;<b>Amira</b>,</p><p>&lt;script&gt; reste du texte</p></body></html>';
    const mail = await parsed(raw('From: a@example.org', 'Content-Type: text/html; charset=utf-8', '', html));
    expect(mail.text).toBe('Bonjour Amira,\n\n<script> reste du texte');
  });

  test('has no character that a database refuses', async () => {
    const mail = await parsed(letter({ text: 'a\u0000b\u0007c\td\u202ee' }));
    expect(mail.text).toBe('abc\tde');
  });
});

describe('its files', () => {
  const names = async (name: string, type?: string) =>
    (await parsed(letter({ files: [{ name, bytes: 'x', ...(type !== undefined && { type }) }] }))).files.map((one) => one.name);

  test.each([
    ['filename="../../etc/passwd"', ['passwd']],
    ['filename="C:\\\\Windows\\\\system32\\\\cmd.exe"', ['cmd.exe']],
    ["filename*=utf-8''%E2%80%AEgpj.exe", ['gpj.exe']],
    ["filename*=utf-8''photo%0D%0Aevil.png", ['photoevil.png']],
    ['filename=".."', ['file-1']],
    ['filename=""', ['file-1']],
    ["filename*=utf-8''Capture%20d%E2%80%99%C3%A9cran.png", ['Capture d’écran.png']],
  ])('%s', async (name, expected) => {
    expect(await names(name)).toEqual(expected);
  });

  test('a name of 300 signs is cut before its ending; each name fits an upload', async () => {
    const [name = ''] = await names(`filename="${'a'.repeat(300)}.pdf"`);
    expect(name).toMatch(/^a+….pdf$/u);
    expect(FileName.safeParse(name).success).toBe(true);
  });

  test('a pasted screenshot is one, the ornament of a signature is none, a mail within is a file', async () => {
    const { files } = await parsed(
      letter({
        files: [
          { name: 'filename=image001.png', type: 'image/png', bytes: Buffer.alloc(50_000, 1), cid: 'image001' },
          { name: 'filename=logo.png', type: 'image/png', bytes: Buffer.alloc(2_000, 1), cid: 'logo' },
          { name: 'filename=empty.txt', bytes: '' },
        ],
      }),
    );
    expect(files.map(({ name, bytes }) => [name, bytes.length])).toEqual([['image001.png', 50_000]]);
    const within = raw(
      'From: a@example.org',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain',
      '',
      'See this',
      '--b',
      'Content-Type: message/rfc822',
      '',
      'From: stranger@example.net',
      'Subject: Hi',
      '',
      'Words of a stranger',
      '--b--',
    );
    const outer = await parsed(within);
    expect(outer.text).toBe('See this');
    expect(outer.files.map((one) => one.name)).toEqual(['message-1.eml']);
  });
});

describe('what would cost too much', () => {
  test('ten thousand parts: its head is read, the rest is a file', async () => {
    const parts = Array.from({ length: 10_000 }, () => ['--b', 'Content-Type: text/plain', '', 'x']).flat();
    const bomb = raw('From: farid@example.org', 'Subject: Bomb', 'Content-Type: multipart/mixed; boundary=b', '', ...parts, '--b--');
    const { mail, unread } = await readMail(bomb, true);
    expect(unread).toBe('unreadable');
    expect(mail).toMatchObject({ from: { address: 'farid@example.org' }, subject: 'Bomb', text: '' });
    expect(mail.files.map((one) => one.name)).toEqual(['message.eml']);
  });

  test('HTML that is nested deeper than anybody writes', async () => {
    const html = '<b>'.repeat(50_000);
    const { unread } = await readMail(raw('From: a@example.org', 'Content-Type: text/html', '', html), true);
    expect(unread).toBe('unreadable');
  });

  // Searched instead of split, it would keep the server busy for an hour.
  test.each(['a', '('])('an address of nearly a megabyte of "%s" is none', async (sign) => {
    const { to } = await parsed(raw('From: farid@example.org', `To: ${sign.repeat(900_000)}, support@desk.example.org`, '', 'x'));
    expect(to).toContain('support@desk.example.org');
  });

  test('of a mail that is cut nothing but the head counts', async () => {
    const { mail, unread } = await readMail(
      letter({ id: '<1@x>', files: [{ name: 'filename=a.bin', bytes: Buffer.alloc(90_000) }] }).subarray(0, 65_536),
      false,
    );
    expect(unread).toBe('too_large');
    expect(mail).toMatchObject({ from: { address: 'farid@example.org' }, text: '', files: [] });
    expect(mail.id).toBe((await parsed(letter({ id: '<1@x>' }))).id);
  });

  test.each([[''], ['\u0000\u0000\u0000'], ['no mail at all'], [': :\r\n\r\n']])('%j is told apart, and nobody’s', async (text) => {
    const { mail } = await readMail(Buffer.from(text), true);
    expect(mail.from).toBeNull();
    expect(mail.id).toMatch(/^[0-9a-f]{64}$/);
  });
});
