import { randomUUID } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { GuichetDatabase } from '../../../../server/db/database.ts';
import { putPerson } from '../../../../server/db/directory.ts';
import { carryOut } from '../../../../server/mail/inbound/carry-out.ts';
import { inboundJob } from '../../../../server/mail/inbound/job.ts';
import { MOST_AN_HOUR } from '../../../../server/mail/inbound/judge.ts';
import { takeIn } from '../../../../server/mail/inbound/take-in.ts';
import { absences, bounces, letter, SERVICE } from './letters.ts';
import { NOON, type PostOffice, postOffice } from './post-office.ts';

let office: PostOffice;
beforeEach(async () => {
  office = await postOffice();
});
afterEach(() => office.close());
const picture = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=', 'base64');
const nowhere = { host: '127.0.0.1', port: 1, secure: false, user: 'x', password: 'secret', mailbox: 'INBOX' };
/** A round of the job, whose mailbox is away. */
const round = () => expect(inboundJob(office.services, nowhere).round()).rejects.toThrow(/mailbox cannot be read/);
const stored = () => readdirSync(join(office.dataDir, 'files')).filter((name) => name.startsWith('mail-'));

describe('an answer', () => {
  test('is a public note with its files, in order, dated when the mailbox got it; nothing else of the ticket changes', async () => {
    const ticketId = await office.open();
    await office.must('amira', 'claim', ticketId);
    await office.must('amira', 'resolve', ticketId, { text: 'Done', code: 'solved' });
    const before = await office.ticket(ticketId);
    office.setClock(30);
    const files = [
      { name: "filename*=utf-8''%C3%A9cran.png", bytes: picture },
      { name: 'filename="../../notes.txt"', bytes: 'still slow' },
    ];
    const raw = letter({ to: await office.replyAddress('farid', ticketId), text: 'Toujours lent.\n\n> Done', files });
    const receivedAt = new Date(NOON + 10 * 60_000);
    expect(await office.receive(raw, receivedAt)).toMatchObject({
      state: 'noted',
      ticket_id: ticketId,
      person_id: 'farid',
      text: '',
      plan: null,
    });
    expect((await office.lines(ticketId)).sort()).toEqual([
      'farid public: Toujours lent.',
      'farid public: notes.txt 10 application/octet-stream',
      `farid public: écran.png ${picture.length} image/png`,
    ]);
    const after = await office.ticket(ticketId);
    expect(after).toEqual({ ...before, updatedAt: after.updatedAt, revision: before.revision + 3 });
    const entries = await office.services.database.read((db) =>
      db.selectFrom('entry').select('at').where('ticket_id', '=', ticketId).orderBy('at', 'desc').limit(3).execute(),
    );
    expect(entries.map(({ at }) => Date.parse(at) - receivedAt.getTime())).toEqual([2, 1, 0]);
    expect(stored()).toEqual([]);
  });

  test('decides nothing, whatever it says', async () => {
    const ticketId = await office.open();
    await office.must('amira', 'claim', ticketId);
    await office.must('amira', 'resolve', ticketId, { text: 'Done', code: 'solved' });
    const to = await office.replyAddress('farid', ticketId);
    const texts = ['C’est résolu, je valide', 'claim', 'validate'];
    for (const text of texts) await office.receive(letter({ to, subject: `Re: ${text}`, text }));
    expect(await office.ticket(ticketId)).toMatchObject({ phase: 'resolved', holderId: 'amira' });
    expect((await office.lines(ticketId)).sort()).toEqual(texts.map((text) => `farid public: ${text}`));
  });

  test('of a technician is public too, and claims nothing', async () => {
    const ticketId = await office.open();
    const to = await office.replyAddress('bruno', ticketId);
    await office.receive(letter({ to, from: 'bruno@example.org', text: 'I am on it' }));
    expect(await office.lines(ticketId)).toEqual(['bruno public: I am on it']);
    expect((await office.ticket(ticketId)).holderId).toBeNull();
  });

  test('of somebody who is nobody to the ticket any more waits, and nothing of it is lost', async () => {
    const ticketId = await office.open();
    const to = await office.replyAddress('gina', ticketId);
    const row = await office.receive(letter({ to, from: 'gina@example.org', text: 'Hello?' }));
    expect(row).toMatchObject({ state: 'quarantined', why: 'refused', text: 'Hello?', person_id: 'gina', ticket_id: ticketId });
    expect(await office.lines(ticketId)).toEqual([]);
    expect(stored()).toHaveLength(1);
  });
});

describe('a mail to the service', () => {
  test('opens a ticket of the person who wrote it, for those who sort, dated when the mailbox got it', async () => {
    office.setClock(60);
    const receivedAt = new Date(NOON);
    const raw = letter({
      to: SERVICE,
      subject: '[EXT] Re: Plus de réseau',
      text: 'Depuis ce matin.',
      files: [{ name: 'filename=a.txt', bytes: 'x' }],
    });
    expect(await office.receive(raw, receivedAt)).toMatchObject({ state: 'opened' });
    const [ticket, ...others] = await office.tickets();
    expect(others).toEqual([]);
    expect(ticket).toMatchObject({
      kind: 'incident',
      title: 'Plus de réseau',
      description: 'Depuis ce matin.',
      requesterId: 'farid',
      beneficiaryId: 'farid',
      openedBy: 'farid',
      openedAt: receivedAt.toISOString(),
      siteId: 'lyon',
      place: 'B 12',
      phone: { e164: '+33199001234' },
      categoryId: 'other',
      teamId: 'dispatch',
      urgency: 'low',
      holderId: null,
    });
    expect(ticket?.number).toMatch(/^I-2026-/);
    expect(await office.lines(ticket?.id ?? '')).toEqual(['farid public: a.txt 1 application/octet-stream']);
  });

  test('of a technician opens a ticket that he does not hold; without a telephone it is opened all the same', async () => {
    const amira = await office.services.database.read(async (db) => (await office.services.desk.in(db)).person('amira'));
    if (!amira) throw new Error('no Amira');
    const { revision: _revision, ...person } = amira;
    await office.services.database.write((tx) => putPerson(tx, { ...person, phone: null }));
    await office.receive(letter({ to: SERVICE, from: 'amira@example.org', subject: 'My own laptop' }));
    expect(await office.tickets()).toMatchObject([{ requesterId: 'amira', holderId: null, phone: { typed: '', e164: null } }]);
  });

  test('nothing that a program wrote opens one', async () => {
    for (const bytes of [...Object.values(bounces), ...Object.values(absences)]) {
      const toService = Buffer.from(bytes.toString().replaceAll(/support\+\w+@/g, 'support@'));
      expect(await office.receive(toService)).toMatchObject({ state: 'dropped', subject: '', text: '', files: '[]', stored_as: null });
    }
    expect(await office.tickets()).toEqual([]);
  });

  test('a stranger’s waits with all that is in it, readable by the server’s owner only', async () => {
    const raw = letter({ to: SERVICE, subject: 'Hello', from: 'x@example.net', files: [{ name: 'filename=a.txt', bytes: 'x' }] });
    expect(await office.receive(raw)).toMatchObject({
      state: 'quarantined',
      why: 'unknown_sender',
      text: 'It works again.',
      files: '[{"name":"a.txt","size":1}]',
      person_id: null,
    });
    const [name = ''] = stored();
    if (process.platform !== 'win32') expect(statSync(join(office.dataDir, 'files', name)).mode & 0o777).toBe(0o600);
    expect(await office.tickets()).toEqual([]);
  });
});

describe('each mail has its effect once', () => {
  test('delivered twice', async () => {
    const ticketId = await office.open();
    const mail = { to: await office.replyAddress('farid', ticketId), id: '<1@x>', files: [{ name: 'filename=a.txt', bytes: 'x' }] };
    await office.receive(letter(mail));
    await office.receive(letter({ ...mail, headers: ['Received: from elsewhere'] }));
    await office.receive(letter({ ...mail, id: '<2@x>', text: 'Another one' }));
    expect((await office.lines(ticketId)).filter((line) => !line.includes('a.txt')).sort()).toEqual([
      'farid public: Another one',
      'farid public: It works again.',
    ]);
  });

  test.each(['note', 'ticket'] as const)(
    'a server that dies before or after any of its writes, and reads the mail anew (%s)',
    async (what) => {
      const ticketId = await office.open();
      const to = what === 'note' ? await office.replyAddress('farid', ticketId) : SERVICE;
      const files = [
        { name: 'filename=a.txt', bytes: 'aaa' },
        { name: 'filename=b.bin', bytes: Buffer.alloc(1_000, 7) },
      ];
      const raw = letter({ to, subject: 'Help', text: 'Words', files });
      let deaths = 0;
      for (let write = 0, survived = false; !survived; write += 1) {
        for (const when of ['before', 'after'] as const) {
          const dying = { ...office.services, database: dyingAt(office.services.database, write, when) };
          try {
            const { id, state } = await takeIn(dying, { raw, isWhole: true, receivedAt: new Date(NOON) });
            if (state === 'taken') await carryOut(dying, id);
            survived = true;
          } catch (error) {
            expect(String(error)).toContain('killed');
            deaths += 1;
          }
        }
      }
      expect(deaths).toBeGreaterThan(10);
      const opened = (await office.tickets()).filter((one) => one.id !== ticketId);
      expect(opened).toHaveLength(what === 'note' ? 0 : 1);
      const expected = ['farid public: a.txt 3 application/octet-stream', 'farid public: b.bin 1000 application/octet-stream'];
      if (what === 'note') expected.unshift('farid public: Words');
      expect((await office.lines(opened[0]?.id ?? ticketId)).sort()).toEqual(expected.sort());
      expect(await office.mails()).toMatchObject([{ state: what === 'note' ? 'noted' : 'opened' }]);
      await round();
      expect(stored()).toEqual([]);
    },
  );

  test('what a killed server left half done the next round does, without the mail', async () => {
    const ticketId = await office.open();
    const raw = letter({
      to: await office.replyAddress('farid', ticketId),
      text: 'Words',
      files: [{ name: 'filename=a.txt', bytes: 'x' }],
    });
    const dying = { ...office.services, database: dyingAt(office.services.database, 2, 'after') };
    const { id } = await takeIn(dying, { raw, isWhole: true, receivedAt: new Date(NOON) });
    await expect(carryOut(dying, id)).rejects.toThrow('killed');
    await round();
    expect((await office.lines(ticketId)).sort()).toEqual(['farid public: Words', 'farid public: a.txt 1 application/octet-stream']);
    expect(await office.mails()).toMatchObject([{ state: 'noted', stored_as: null }]);
  });
});

test('the twenty-first mail of a person within an hour waits, the first of the next hour does not', async () => {
  const ticketId = await office.open();
  const to = await office.replyAddress('farid', ticketId);
  await office.receive(letter({ to, text: 'Mail 1' }));
  const [first] = await office.mails();
  if (!first) throw new Error('no mail');
  const others = Array.from({ length: MOST_AN_HOUR - 2 }, (_, nth) => ({ ...first, id: `other ${nth}` }));
  await office.services.database.write((tx) => tx.insertInto('inbound_mail').values(others).execute());
  await office.receive(letter({ to, text: 'Mail 20' }));
  expect(await office.receive(letter({ to, text: 'Mail 21' }))).toMatchObject({ state: 'quarantined', why: 'too_many' });
  office.setClock(61);
  await office.receive(letter({ to, text: 'Later' }));
  expect((await office.lines(ticketId)).sort()).toEqual(['farid public: Later', 'farid public: Mail 1', 'farid public: Mail 20']);
});

test('two codes of two tickets, each its own note; a code of another ticket’s opens no other', async () => {
  const [one, two] = [await office.open(), await office.open()];
  await office.must('farid', 'cancel', two, { reason: 'never mind' });
  await office.receive(
    letter({ to: await office.replyAddress('farid', one), subject: `Re: [I-2026-000002] ${randomUUID()}`, text: 'For one' }),
  );
  expect(await office.lines(one)).toEqual(['farid public: For one']);
  expect(await office.lines(two)).toEqual([]);
});

test('rows go after thirty days, those that wait stay', async () => {
  await office.receive(letter({ to: SERVICE, from: 'x@example.net' }));
  await office.receive(bounces.Postfix as Buffer);
  const ticketId = await office.open();
  await office.receive(letter({ to: await office.replyAddress('farid', ticketId) }));
  expect(await office.mails()).toHaveLength(3);
  office.setClock(31 * 24 * 60);
  await round();
  expect(await office.mails()).toMatchObject([{ state: 'quarantined' }]);
});

/** Throws at its nth write: the process is gone, with or without what that one wrote. */
function dyingAt(database: GuichetDatabase, nth: number, when: 'before' | 'after'): GuichetDatabase {
  let writes = 0;
  return {
    ...database,
    write: async (work, names) => {
      const isLast = writes === nth;
      writes += 1;
      if (writes > nth + 1 || (isLast && when === 'before')) throw new Error('killed');
      const value = await database.write(work, names);
      if (isLast) throw new Error('killed');
      return value;
    },
  };
}
