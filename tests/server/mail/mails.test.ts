/** What people get, as their mail program reads it. */
import { type ParsedMail, simpleParser } from 'mailparser';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { putPerson } from '../../../server/db/directory.ts';
import { decisionTokenHash } from '../../../server/mail/decision-link.ts';
import { codeOfAddress, replyCodeHash } from '../../../server/mail/reply-code.ts';
import { type BareDesk, bareDesk } from '../bare-desk.ts';
import { openInput } from '../desk-content.ts';

let desk: BareDesk;
beforeEach(async () => {
  desk = await bareDesk({ MAIL_FROM: 'desk@example.org', MAIL_REPLY_TO: 'support@example.org' });
});
afterEach(() => desk.close());

/** All mails that have left, a quarter of a minute later; by who gets them. */
async function leave(minutes: number): Promise<ParsedMail[]> {
  desk.setClock(minutes + 0.25);
  await desk.send();
  return Promise.all(desk.letters().map((letter) => simpleParser(letter)));
}
const addressOf = (mail: ParsedMail) => [mail.to].flat()[0]?.value[0]?.address ?? '';
const about = (mails: ParsedMail[], word: string) => mails.filter(({ subject }) => subject?.includes(word));
const receivers = (mails: ParsedMail[], word: string) => about(mails, word).map(addressOf).sort();
function one(mails: ParsedMail[], word: string, to: string): ParsedMail & { text: string; html: string } {
  const found = about(mails, word).filter((mail) => addressOf(mail) === `${to}@example.org`);
  expect(found).toHaveLength(1);
  const [mail] = found;
  if (mail?.text === undefined || mail.html === false) throw new Error('it lacks its text or its HTML');
  return mail as ParsedMail & { text: string; html: string };
}
const call = (more: Record<string, unknown>) => ({
  outcome: 'no_answer',
  number: '+33 1 99 00 12 34',
  startedAt: '2026-05-04T08:42:00.000Z',
  duration: 0,
  note: 'Rien de ceci pour lui',
  callbackAt: null,
  ...more,
});
const solution = { text: 'Câble remplacé.', code: 'solved' };

describe('each kind, in the reader’s language', () => {
  test('the acknowledgement: what it is, who asked, until when somebody takes it, where to follow it', async () => {
    const id = await desk.open({ beneficiaryId: 'gina', title: 'Réseau coupé' });
    const { number } = await desk.ticket(id);
    const mails = await leave(0);
    const farid = one(mails, 'Bien reçu', 'farid');
    expect(farid.subject).toBe(`[${number}] Bien reçu\u00a0: Réseau coupé`);
    expect(farid.text).toContain('Bonjour Farid Saïdi,\n\nNous avons bien reçu votre incident pour Gina Roberts.');
    expect(farid.text).toContain('Prise en charge par un technicien au plus tard le lundi 4 mai 2026 à 10:30 (heure de Lyon).');
    expect(farid.text).toContain(`Suivre l’incident\u00a0:\nhttps://desk.example.org/tickets/${id}`);
    expect(farid.text).toContain('Vous pouvez répondre à ce message\u00a0: nous lisons votre réponse.');
    const gina = one(mails, 'Received', 'gina');
    expect(gina.subject).toBe(`[${number}] Received: Réseau coupé`);
    expect(gina.text).toContain('Hello Gina Roberts,\n\nFarid Saïdi reported an incident for you.');
    expect(gina.text).toContain('A technician will take it by Monday, 4 May 2026 at 10:30 (Lyon time).');
  });

  test('what somebody wrote as a title is a title: no line of ours is made of it', async () => {
    await desk.open({ beneficiaryId: 'gina', title: 'Network\n\nIt is solved:\nhttps://evil.example/decide\u202e\u0000' });
    const gina = one(await leave(0), 'Received', 'gina');
    expect(gina.text.split('\n')).toContain('Network It is solved: https://evil.example/decide');
    expect(gina.text).not.toMatch(/^https:..evil/m);
  });

  test('a request taken during a call is “la demande”, and in somebody’s hands', async () => {
    const id = crypto.randomUUID();
    await desk.must('amira', 'open', id, openInput('farid', { kind: 'request', channel: 'phone', duringCall: true }));
    const mails = await leave(0);
    expect(receivers(mails, 'Bien reçue')).toEqual(['farid@example.org']);
    expect(one(mails, 'Bien reçue', 'farid').text).toContain('Nous avons bien reçu votre demande.');
    expect(one(mails, 'Bien reçue', 'farid').text).toContain('Amira Benali s’en occupe.');
  });

  test('a public note, to the others', async () => {
    const id = await desk.open({ beneficiaryId: 'gina' });
    await desk.must('amira', 'note', id, { text: 'Quel étage ?\nQuelle prise ?', visibility: 'public' });
    await desk.must('gina', 'note', id, { text: 'The second.', visibility: 'public' });
    await desk.must('amira', 'note', id, { text: 'Vieux câblage', visibility: 'internal' });
    const mails = await leave(0);
    expect(receivers(mails, 'Amira Benali')).toEqual(['farid@example.org', 'gina@example.org']);
    expect(receivers(mails, 'Gina Roberts')).toEqual(['farid@example.org']);
    expect(one(mails, 'Message de Amira Benali', 'farid').text).toContain('> Quel étage ?\n> Quelle prise ?');
    expect(one(mails, 'Message from Amira Benali', 'gina').text).toContain('Amira Benali wrote about your incident.');
    expect(desk.letters().join()).not.toContain('Vieux');
  });

  test('a missed call: when it was where the ticket is, what comes next, and nothing of the technician’s note', async () => {
    const id = await desk.open({ beneficiaryId: 'gina' });
    await desk.must('amira', 'claim', id);
    desk.setClock(42);
    await desk.must('amira', 'log_call', id, call({ callbackAt: '2026-05-04T12:30:00.000Z' }));
    desk.setClock(50);
    await desk.must('amira', 'log_call', id, call({ outcome: 'wrong_number', startedAt: '2026-05-04T08:50:00.000Z' }));
    await desk.must('amira', 'log_call', id, call({ outcome: 'reached', startedAt: '2026-05-04T08:50:00.000Z' }));
    const mails = await leave(50);
    expect(receivers(mails, 'Missed call')).toEqual(['gina@example.org', 'gina@example.org']);
    expect(receivers(mails, 'Appel manqué')).toEqual(['farid@example.org', 'farid@example.org']);
    const [first, second] = about(mails, 'Missed call')
      .map(({ text }) => text ?? '')
      .sort((a) => (a.includes('10:42') ? -1 : 1));
    expect(first).toContain(
      'We tried to reach you at 10:42 (Monday, 4 May 2026, Lyon time).\nNext call: Monday, 4 May 2026 at 14:30 (Lyon time).',
    );
    expect(second).toContain(
      'at 10:50 (Monday, 4 May 2026, Lyon time).\nThe number that we have seems to be wrong: please give us another one.',
    );
    const french = about(mails, 'Appel manqué')
      .map(({ text }) => text ?? '')
      .join();
    expect(french).toContain('Nous avons essayé de joindre Gina Roberts à 10:42 (lundi 4 mai 2026, heure de Lyon).');
    expect(french).toContain('Prochain appel\u00a0: lundi 4 mai 2026 à 14:30 (heure de Lyon).');
    expect(desk.letters().join()).not.toContain('Rien de ceci');
  });

  test('a missed call of one’s own says “vous joindre”', async () => {
    const id = await desk.open();
    await desk.must('amira', 'claim', id);
    desk.setClock(42);
    await desk.must('amira', 'log_call', id, call({ outcome: 'busy' }));
    const { text } = one(await leave(42), 'Appel manqué', 'farid');
    expect(text).toContain(
      'Nous avons essayé de vous joindre à 10:42 (lundi 4 mai 2026, heure de Lyon).\nIndiquez-nous quand nous pouvons rappeler.',
    );
  });

  test('a solution: what was done, the question with its two buttons, and until when', async () => {
    const id = await desk.open({ beneficiaryId: 'gina' });
    await desk.must('amira', 'claim', id);
    await desk.must('amira', 'resolve', id, solution);
    const mails = await leave(0);
    const farid = one(mails, 'Résolu', 'farid');
    expect(farid.text).toContain('Votre incident est indiqué comme résolu par Amira Benali.');
    expect(farid.text).toContain('> Câble remplacé.');
    expect(farid.text).toContain('L’incident est-il résolu pour vous\u202f?');
    expect(farid.text).toMatch(/\nC’est résolu\u00a0:\nhttps:\/\/desk\.example\.org\/decide\?answer=yes#[\w-]{43}\n/);
    expect(farid.text).toMatch(/\nCe n’est pas résolu\u00a0:\nhttps:\/\/desk\.example\.org\/decide\?answer=no#[\w-]{43}\n/);
    // The test desk opens every day round the clock.
    expect(farid.text).toContain('Sans réponse de votre part, l’incident sera clos le dimanche 10 mai 2026 à 00:00 (heure de Lyon).');
    expect(farid.html).toMatch(/href="https:\/\/desk\.example\.org\/decide\?answer=yes#[\w-]{43}"/);
    const gina = one(mails, 'Solved', 'gina');
    expect(gina.text).toContain('Is the incident solved for you?');
    const tokens = [farid, gina].map(({ text }) => /#([\w-]{43})/.exec(text)?.[1]);
    expect(new Set(tokens).size).toBe(2);
  });

  test('whoever held the ticket is told that it is solved, and not asked', async () => {
    const id = await desk.open({ beneficiaryId: 'bruno' });
    await desk.must('bruno', 'claim', id);
    await desk.must('bruno', 'resolve', id, solution);
    const mails = await leave(0);
    expect(one(mails, 'Résolu', 'farid').text).toContain('/decide');
    expect(one(mails, 'Résolu', 'bruno').text).not.toContain('/decide');
  });

  test('a refusal: to the holder at first, the second time to the lead too', async () => {
    const id = await desk.open({ beneficiaryId: 'gina' });
    await desk.must('amira', 'claim', id);
    await desk.must('amira', 'resolve', id, solution);
    await desk.must('gina', 'refuse', id, { reason: 'Still <down>' });
    const first = one(await leave(0), 'Solution refusée', 'amira');
    expect(first.text).toContain('Gina Roberts refuse la solution de l’incident.');
    expect(first.text).toContain('> Still <down>\n\nLe ticket est de nouveau à votre charge.');
    // She answers in the console, and decides nothing by mail.
    expect([first.replyTo, first.text.includes('http'), first.text.includes('répondre')]).toEqual([undefined, false, false]);
    desk.setClock(10);
    await desk.must('amira', 'resolve', id, solution);
    await desk.must('farid', 'refuse', id, { reason: 'Non' });
    const mails = await leave(10);
    expect(receivers(mails, 'refusée')).toEqual(['amira@example.org', 'amira@example.org', 'chloe@example.org']);
    expect(one(mails, 'refusée', 'chloe').text).toContain('C’est le 2e refus.\nEn charge\u00a0: Amira Benali.');
  });

  test('a refusal that came after a validation is the lead’s', async () => {
    const id = await desk.open({ beneficiaryId: 'gina' });
    await desk.must('amira', 'claim', id);
    await desk.must('amira', 'resolve', id, solution);
    await desk.must('gina', 'validate', id);
    await desk.must('farid', 'refuse', id, { reason: 'Pas chez moi' });
    const mails = await leave(0);
    expect(receivers(mails, 'Refus après validation')).toEqual(['chloe@example.org']);
    expect(one(mails, 'Refus après validation', 'chloe').text).toContain(
      '> Pas chez moi\n\nL’incident reste clos. Vous pouvez rouvrir le ticket.',
    );
    // Decided before it left: nobody is asked any more.
    expect(one(mails, 'Résolu', 'farid').text).not.toContain('/decide');
  });
});

test('text and HTML say the same words', async () => {
  const id = await desk.open({ beneficiaryId: 'gina' });
  await desk.must('amira', 'claim', id);
  await desk.must('amira', 'log_call', id, call({}));
  await desk.must('amira', 'note', id, { text: 'Une ligne\nune autre & <b>', visibility: 'public' });
  await desk.must('amira', 'resolve', id, solution);
  await desk.must('gina', 'refuse', id, { reason: 'Non' });
  const mails = await leave(0);
  expect(mails).toHaveLength(9);
  const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };
  for (const { text = '', html } of mails) {
    const body = String(html).replace(/^[\s\S]*<body[^>]*>/, '');
    const shown = body.replace(/<[^>]+>/g, ' ').replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => entities[entity] ?? entity);
    const words = (written: string) => written.match(/[\p{L}\p{N}<>&]+/gu) ?? [];
    // What a link goes to and the marks of a quotation are the text’s alone.
    const plain = text.replace(/https?:\S+/g, ' ').replace(/^> ?/gm, '');
    expect(words(shown).sort()).toEqual(words(plain).sort());
  }
});

describe('what people write stays text', () => {
  const evil = '<script>alert(1)</script><img src=x onerror=alert(2)> "\'&';

  test('in every field, in HTML', async () => {
    await desk.write((tx) =>
      putPerson(tx, {
        id: 'farid',
        name: 'Farid <b>"Saïdi"</b>',
        email: 'farid@example.org',
        phone: null,
        siteId: null,
        place: '',
        language: 'fr',
        active: true,
      }),
    );
    const id = await desk.open({ beneficiaryId: 'gina', title: evil, description: evil });
    await desk.must('amira', 'claim', id);
    await desk.must('amira', 'log_call', id, call({ number: evil }));
    await desk.must('farid', 'note', id, { text: evil, visibility: 'public' });
    await desk.must('amira', 'resolve', id, { text: evil, code: 'solved' });
    await desk.must('gina', 'refuse', id, { reason: evil });
    const mails = await leave(0);
    expect(mails.length).toBeGreaterThan(6);
    for (const { html, text } of mails) {
      expect(String(html)).not.toMatch(/<script|<img|<b>|onerror=alert\(2\)>/i);
      expect(text).toContain('<script>alert(1)</script>');
    }
  });

  test('line breaks in a title or a name make no header', async () => {
    const injection = 'Réseau\r\nBcc: victim@example.net\r\n\r\nHello\u2028\u202Eevil';
    await desk.write((tx) =>
      putPerson(tx, {
        id: 'farid',
        name: 'Farid\r\nBcc: victim@example.net',
        email: 'farid@example.org',
        phone: null,
        siteId: null,
        place: '',
        language: 'fr',
        active: true,
      }),
    );
    await desk.open({ title: injection });
    const [mail, ...others] = await leave(0);
    expect(others).toEqual([]);
    expect([...(mail?.headers.keys() ?? [])]).not.toContain('bcc');
    expect(mail?.subject).toMatch(/Bien reçu\u00a0: Réseau Bcc: victim@example\.net Hello evil$/);
    expect([mail?.to].flat()[0]?.value).toEqual([{ address: 'farid@example.org', name: 'Farid Bcc: victim@example.net' }]);
  });

  test('an address that is two, or none, gets nothing to anybody else', async () => {
    for (const email of ['farid@example.org, victim@example.net', 'farid@example.org\r\nRCPT TO:<victim@example.net>', 'nobody']) {
      const sent: unknown[] = [];
      await desk.write((tx) =>
        putPerson(tx, { id: 'farid', name: 'Farid', email, phone: null, siteId: null, place: '', language: 'fr', active: true }),
      );
      await desk.open();
      desk.setClock(0.25);
      await desk.send({ send: async (_id, { envelope }) => void sent.push(envelope), close: () => undefined });
      expect(sent).toEqual([]);
      desk.setClock(0);
    }
  });
});

test('what is about one ticket is one thread, answered by no machine', async () => {
  const [id, other] = [await desk.open(), await desk.open()];
  await desk.must('amira', 'claim', id);
  await desk.must('amira', 'resolve', id, solution);
  const mails = await leave(0);
  const { number } = await desk.ticket(other);
  const threads = mails.map((mail) => [mail.subject?.includes(number ?? '?'), mail.inReplyTo, mail.references]);
  const ours = threads.filter(([isOther]) => !isOther).map(([, thread]) => thread);
  const theirs = threads.filter(([isOther]) => isOther).map(([, thread]) => thread);
  expect([ours.length, theirs.length]).toEqual([2, 1]);
  expect(new Set(ours).size).toBe(1);
  expect(theirs[0]).not.toBe(ours[0]);
  for (const mail of mails) {
    expect(mail.references).toBe(mail.inReplyTo);
    expect(mail.messageId).toMatch(/^<guichet\.[0-9a-f]{32}@example\.org>$/);
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
    expect(mail.headers.get('x-auto-response-suppress')).toBe('All');
    expect(mail.from?.value).toEqual([{ address: 'desk@example.org', name: 'MyService' }]);
    expect(mail.replyTo?.value[0]?.address).toMatch(/^support\+[a-z2-7]{16}@example\.org$/);
  }
  expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(3);
  expect(new Set(mails.map(({ replyTo }) => replyTo?.value[0]?.address)).size).toBe(3);
});

test('the database knows links and reply codes by their hashes only, each for one person', async () => {
  const id = await desk.open({ beneficiaryId: 'gina' });
  await desk.must('amira', 'claim', id);
  const resolve = await desk.must('amira', 'resolve', id, solution);
  const mails = await leave(0);
  const tokens = mails.flatMap(({ text = '' }) => /decide\?answer=yes#(\S+)/.exec(text)?.[1] ?? []);
  const codes = mails.map(({ replyTo }) => codeOfAddress(replyTo?.value[0]?.address ?? '', 'support@example.org') ?? 'none');
  expect([tokens.length, codes.length]).toEqual([2, 4]);
  const tables = ['mail', 'decision_link', 'reply_code', 'operation', 'entry', 'ticket', 'resolution', 'feed', 'audit', 'setting'] as const;
  const all = await desk.read(async (db) => Promise.all(tables.map((table) => db.selectFrom(table).selectAll().execute())));
  const stored = JSON.stringify(all);
  for (const secret of [...tokens, ...codes]) expect(stored).not.toContain(secret);
  const links = await desk.read((db) => db.selectFrom('decision_link').selectAll().orderBy('person_id').execute());
  expect(links.map(({ hash }) => hash).sort()).toEqual(tokens.map(decisionTokenHash).sort());
  expect(links).toMatchObject(['farid', 'gina'].map((person_id) => ({ person_id, ticket_id: id, resolution_id: resolve })));
  const kept = await desk.read((db) => db.selectFrom('reply_code').selectAll().execute());
  expect(kept.map(({ hash }) => hash).sort()).toEqual(codes.map(replyCodeHash).sort());
});

test('without an address for answers none is told', async () => {
  const plain = await bareDesk();
  await plain.open();
  plain.setClock(0.25);
  await plain.send();
  const mail = await simpleParser(plain.letters()[0] ?? '');
  expect(mail.replyTo).toBeUndefined();
  expect(mail.text).toContain('Message automatique\u00a0: les réponses ne sont pas lues.');
  await plain.close();
});

test('who is no beneficiary any more when a mail leaves hears nothing of it', async () => {
  const id = await desk.open({ beneficiaryId: 'gina' });
  await desk.must('amira', 'claim', id);
  await desk.must('amira', 'note', id, { text: 'Confidentiel', visibility: 'public' });
  const contact = { beneficiaryId: 'farid', phone: '01 99 00 12 34', siteId: 'lyon', place: 'B 12', seenPhone: '01 99 00 12 34' };
  await desk.must('amira', 'edit_contact', id, contact);
  const mails = await leave(0);
  expect(new Set(mails.map(addressOf))).toEqual(new Set(['farid@example.org']));
});
