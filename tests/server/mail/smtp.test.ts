/** Against a real mail server. */
import { simpleParser } from 'mailparser';
import type { SMTPServerOptions } from 'smtp-server';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openPost, type Post } from '../../../server/mail/post.ts';
import { readSettings } from '../../../server/settings.ts';
import { type BareDesk, bareDesk } from '../bare-desk.ts';
import { type MailServer, mailServer } from './mail-server.ts';

let desk: BareDesk;
let server: MailServer | undefined;
let post: Post | undefined;
beforeEach(async () => {
  desk = await bareDesk({ MAIL_FROM: 'desk@example.org', MAIL_REPLY_TO: 'support@example.org' });
});
afterEach(async () => {
  post?.close();
  await server?.close();
  await desk.close();
});

async function connected(options: SMTPServerOptions = {}, account = ''): Promise<Post> {
  server = await mailServer(options);
  post = openPost(readSettings({ SMTP_URL: server.url.replace('//', `//${account}`), MAIL_FROM: 'desk@example.org' }));
  return post;
}
async function round(by: Post): Promise<number | string> {
  try {
    return await desk.send(by);
  } catch (error) {
    return (error as Error).message;
  }
}
const states = async () =>
  (await desk.read((db) => db.selectFrom('mail').select(['person_id', 'state', 'attempts']).orderBy('person_id').execute())).map(
    ({ person_id, state, attempts }) => `${person_id} ${state} ${attempts}`,
  );

test('letters arrive one for each person, from the address of the settings, which also gets what bounces', async () => {
  const by = await connected();
  await desk.open({ beneficiaryId: 'gina', title: 'Été : réseau coupé' });
  desk.setClock(0.25);
  expect(await round(by)).toBe(2);
  expect(server?.received.map(({ from, to }) => [from, to]).sort()).toEqual([
    ['desk@example.org', ['farid@example.org']],
    ['desk@example.org', ['gina@example.org']],
  ]);
  const [first] = (await server?.read()) ?? [];
  expect(first?.subject).toContain('Été : réseau coupé');
  expect([typeof first?.html, first?.text === undefined]).toEqual(['string', false]);
});

test('one receiver who is refused is tried three times, the other’s letter leaves at once', async () => {
  const by = await connected({
    onRcptTo: ({ address }, _session, done) =>
      address.startsWith('gina') ? done(Object.assign(new Error('no such person'), { responseCode: 550 })) : done(),
  });
  await desk.open({ beneficiaryId: 'gina' });
  desk.setClock(0.25);
  expect(await round(by)).toMatch(/\.gina, try 1: .*550 no such person/);
  expect(await states()).toEqual(['farid sent 0', 'gina leaving 1']);
  for (const minutes of [2, 5, 30]) {
    desk.setClock(minutes);
    await round(by);
  }
  expect(await states()).toEqual(['farid sent 0', 'gina failed 3']);
  expect(server?.received).toHaveLength(1);
});

test('a server that asks for patience gets it', async () => {
  let patience = 4;
  const by = await connected({
    onRcptTo: (_address, _session, done) => {
      patience -= 1;
      done(patience > 0 ? Object.assign(new Error('greylisted'), { responseCode: 451 }) : null);
    },
  });
  await desk.open();
  for (const minutes of [0.25, 2, 6, 20]) {
    desk.setClock(minutes);
    await round(by);
  }
  expect(await states()).toEqual(['farid sent 3']);
  expect(server?.received).toHaveLength(1);
});

test('a line that breaks after the last word: it is not sent again behind our back, and a second time it has the same name', async () => {
  let breaks = true;
  const sources: string[] = [];
  const by = await connected({
    onData: (stream, _session, done) => {
      let source = '';
      stream.on('data', (piece: Buffer) => {
        source += piece.toString();
      });
      stream.on('end', () => {
        sources.push(source);
        if (breaks) server?.drop();
        else done();
      });
    },
  });
  await desk.open();
  desk.setClock(0.25);
  await round(by);
  expect(await states()).toEqual(['farid leaving 1']);
  expect(sources).toHaveLength(1);
  breaks = false;
  desk.setClock(2);
  expect(await round(by)).toBe(1);
  const names = await Promise.all(sources.map(async (source) => (await simpleParser(source)).messageId));
  expect(names).toHaveLength(2);
  expect(new Set(names).size).toBe(1);
});

test('a wrong password is no fault of the letter, and is not told', async () => {
  const by = await connected(
    {
      authOptional: false,
      onAuth: ({ username, password }, _session, done) =>
        username === 'guichet' && password === 'right/pass' ? done(null, { user: username }) : done(new Error('no')),
    },
    'guichet:wr%2Fong-pass@',
  );
  await desk.open();
  desk.setClock(0.25);
  const told = await round(by);
  expect(told).toContain('try 1');
  expect(told).not.toMatch(/wr%2Fong|wr\/ong/);
  for (const minutes of [2, 6, 20]) {
    desk.setClock(minutes);
    await round(by);
  }
  expect(await states()).toEqual(['farid leaving 4']);

  const right = openPost(
    readSettings({ SMTP_URL: `smtp://guichet:right%2Fpass@127.0.0.1:${server?.port}`, MAIL_FROM: 'desk@example.org' }),
  );
  desk.setClock(60);
  expect(await round(right)).toBe(1);
  right.close();
});

test('a server that is off is not the end of anything', async () => {
  const by = await connected();
  const { port } = server as MailServer;
  await server?.close();
  await desk.open();
  desk.setClock(0.25);
  expect(await round(by)).toContain('ECONNREFUSED');
  server = await mailServer({}, port);
  desk.setClock(2);
  expect(await round(by)).toBe(1);
  expect(server.received).toHaveLength(1);
});
