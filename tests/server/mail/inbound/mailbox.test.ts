/** Answers by mail on a real mailbox: Dovecot's. */
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { whyNoDovecot } from '../../../../build/setup/dovecot.mjs';
import { buildServer } from '../../../../server/app.ts';
import { parseImapAddress } from '../../../../server/mail/inbound/imap-address.ts';
import { inboundJob, readMailbox } from '../../../../server/mail/inbound/job.ts';
import { emptyMailbox } from '../../../../server/mail/inbound/mailbox.ts';
import { absences, bounces, letter, SERVICE } from './letters.ts';
import { NOON, type PostOffice, postOffice } from './post-office.ts';
import { type PrivateDovecot, privateDovecot } from './private-dovecot.ts';

const DONE = 'Guichet/Done';

describe.skipIf(whyNoDovecot() !== undefined)('a mailbox', () => {
  let dovecot: PrivateDovecot;
  let office: PostOffice;
  /** A mailbox for each test. */
  let user = '';
  let users = 0;
  beforeAll(async () => {
    dovecot = await privateDovecot();
  });
  afterAll(() => dovecot.stop());
  beforeEach(async () => {
    users += 1;
    user = `desk${users}`;
    office = await postOffice({ IMAP_URL: dovecot.url(user) });
  });
  afterEach(() => office.close());
  const address = () => {
    if (!office.services.settings.imap) throw new Error('no mailbox');
    return office.services.settings.imap;
  };
  const read = () => readMailbox(office.services, address());
  const inbox = () => dovecot.subjects(user, 'INBOX');
  const done = async () => (await dovecot.subjects(user, DONE.replace('/', '.'))) ?? (await dovecot.subjects(user, DONE));

  test('an answer with a file is a public note with its file, also when somebody has looked at the mail, and lies in a folder afterwards', async () => {
    const ticketId = await office.open();
    const to = await office.replyAddress('farid', ticketId);
    const bytes = Buffer.alloc(700_000, 'x');
    office.setClock(20);
    await dovecot.deliver(
      user,
      letter({ to, subject: 'Re: x', text: 'Voici', files: [{ name: 'filename=log.txt', bytes }] }),
      new Date(NOON),
    );
    await dovecot.as(user, async (client) => {
      await client.mailboxOpen('INBOX');
      await client.messageFlagsAdd('1:*', ['\\Seen']);
    });
    await read();
    expect((await office.lines(ticketId)).sort()).toEqual(['farid public: Voici', 'farid public: log.txt 700000 application/octet-stream']);
    expect(await office.mails()).toMatchObject([{ state: 'noted', received_at: new Date(NOON).toISOString() }]);
    expect([await inbox(), await done()]).toEqual([[], ['Re: x']]);
    await read();
    expect(await office.lines(ticketId)).toHaveLength(2);
  });

  test('a forged sender waits, a bounce and an absence come to nothing, a mail to the service opens a ticket; all are moved', async () => {
    const ticketId = await office.open();
    const to = await office.replyAddress('farid', ticketId);
    await dovecot.deliver(user, letter({ to, from: 'gina@example.org', subject: 'forged' }));
    for (const one of [...Object.values(bounces), ...Object.values(absences)]) {
      await dovecot.deliver(user, Buffer.from(one.toString().replaceAll(/support\+\w+@[\w.]+/g, to)));
    }
    await dovecot.deliver(user, letter({ to: SERVICE, subject: 'Plus de réseau' }));
    await read();
    expect(await office.lines(ticketId)).toEqual([]);
    expect((await office.tickets()).map((one) => one.title).sort()).toEqual(['No network on the second floor', 'Plus de réseau']);
    const ends = (await office.mails()).map((one) => `${one.state} ${one.why}`);
    expect(ends.filter((end) => !end.startsWith('dropped')).sort()).toEqual(['opened null', 'quarantined wrong_sender']);
    expect(ends).toHaveLength(10);
    expect([await inbox(), (await done())?.length]).toEqual([[], 10]);
  });

  test('the same mail twice in it, and put back by somebody, is one note', async () => {
    const ticketId = await office.open();
    const raw = letter({ to: await office.replyAddress('farid', ticketId), id: '<1@x>' });
    await dovecot.deliver(user, raw);
    await dovecot.deliver(user, raw);
    await read();
    await dovecot.deliver(user, raw);
    await read();
    expect(await office.lines(ticketId)).toEqual(['farid public: It works again.']);
    expect([await inbox(), (await done())?.length]).toEqual([[], 3]);
  });

  test('a server that is gone after the note and before the mail is moved reads it again, without a second effect', async () => {
    const ticketId = await office.open();
    await dovecot.deliver(user, letter({ to: await office.replyAddress('farid', ticketId), subject: 'Re: x' }));
    const gone = new AbortController();
    await emptyMailbox(
      address(),
      1_000_000,
      async ({ raw, receivedAt }) => {
        await office.receive(raw, receivedAt);
        // The connection is cut, as by a kill.
        gone.abort();
      },
      gone.signal,
    );
    expect([await office.lines(ticketId), await inbox()]).toEqual([['farid public: It works again.'], ['Re: x']]);
    await read();
    expect([await office.lines(ticketId), await inbox()]).toEqual([['farid public: It works again.'], []]);
  });

  test('one that cannot be taken in stays, and holds up no other', async () => {
    const ticketId = await office.open();
    const to = await office.replyAddress('farid', ticketId);
    for (const text of ['one', 'two', 'three']) await dovecot.deliver(user, letter({ to, subject: text, text }));
    const { files } = office.services;
    let fails = true;
    const services = {
      ...office.services,
      files: {
        ...files,
        seal: async (...words: Parameters<typeof files.seal>) => {
          if (fails && (await office.mails()).length === 1) {
            fails = false;
            throw new Error('the disk is full');
          }
          return files.seal(...words);
        },
      },
    };
    await expect(readMailbox(services, address())).rejects.toThrow('1 mails could not be taken in');
    expect([(await office.lines(ticketId)).length, await inbox()]).toEqual([2, ['two']]);
    await readMailbox(services, address());
    expect((await office.lines(ticketId)).sort()).toEqual(['farid public: one', 'farid public: three', 'farid public: two']);
  });

  test('a mail that is larger than is taken waits, without its content', async () => {
    const ticketId = await office.open();
    const files = [{ name: 'filename=film.mp4', bytes: Buffer.alloc(3_000_000) }];
    await dovecot.deliver(user, letter({ to: await office.replyAddress('farid', ticketId), subject: 'Film', files }));
    await read();
    const row = {
      state: 'quarantined',
      why: 'too_large',
      sender: 'farid@example.org',
      subject: 'Film',
      text: '',
      files: '[]',
      person_id: 'farid',
    };
    expect(await office.mails()).toMatchObject([row]);
    expect(await inbox()).toEqual([]);
  });

  test('while it is away it is asked more and more rarely; back again, everything is read', async () => {
    const ticketId = await office.open();
    const to = await office.replyAddress('farid', ticketId);
    const job = inboundJob(office.services, address());
    await dovecot.deliver(user, letter({ to, text: 'before' }));
    await job.round();
    await dovecot.deliver(user, letter({ to, text: 'meanwhile' }));
    await dovecot.pause();
    const asked: number[] = [];
    for (let minute = 0; minute <= 30; minute += 0.5) {
      office.setClock(minute);
      await job.round().catch((error) => {
        expect(String(error)).toContain('The mailbox cannot be read');
        asked.push(minute);
      });
    }
    expect(asked).toEqual([0, 0.5, 1.5, 3.5, 7.5, 15.5]);
    await dovecot.goOn();
    await job.round();
    expect(await office.lines(ticketId)).toHaveLength(1);
    office.setClock(32);
    await job.round();
    expect((await office.lines(ticketId)).sort()).toEqual(['farid public: before', 'farid public: meanwhile']);
  });

  test('a wrong password is told without it', async () => {
    const wrong = { ...address(), password: 'Geheim-42' };
    const error = await readMailbox(office.services, wrong).catch((one) => one);
    expect(String(error)).toMatch(/^MailboxError: The mailbox cannot be read: /);
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('Geheim-42');
  });

  test('a server reads it by itself, and lets go of it when it stops', async () => {
    const ticketId = await office.open();
    await dovecot.deliver(user, letter({ to: await office.replyAddress('farid', ticketId) }));
    const rounds: (() => void)[] = [];
    const every = (_ms: number, work: () => void) => {
      rounds.push(work);
      return () => undefined;
    };
    const server = await buildServer({ ...office.services.settings, logLevel: 'silent' }, { every });
    try {
      for (const round of rounds) round();
      await vi.waitFor(async () => expect(await inbox()).toEqual([]), { timeout: 20_000, interval: 200 });
    } finally {
      await server.close();
    }
    expect(await office.lines(ticketId)).toEqual(['farid public: It works again.']);
  });
});

test('where STARTTLS is asked for and not offered, no password is sent', async () => {
  let heard = '';
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.write('* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready\r\n');
    socket.on('data', (data) => {
      heard += data;
      const tag = String(data).split(' ')[0];
      socket.write(`* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n${tag} OK done\r\n`);
    });
    socket.on('error', () => undefined);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const parsed = parseImapAddress('imap://desk:Geheim-42@mail.example.org');
  if (!parsed) throw new Error('no address');
  // The one IPv4 address that leads here and is not called loopback.
  const visit = emptyMailbox({ ...parsed, host: '0.0.0.0', port }, 1_000, async () => undefined, new AbortController().signal);
  await expect(visit).rejects.toThrow('The mailbox cannot be read');
  expect(heard + Buffer.from(heard).toString('base64')).not.toMatch(/Geheim|LOGIN|AUTHENTICATE/i);
  for (const socket of sockets) socket.destroy();
  server.close();
});
