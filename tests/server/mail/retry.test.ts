import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Post, UndeliveredError } from '../../../server/mail/post.ts';
import { isGivenUp, retryDelayMs } from '../../../server/mail/retry.ts';
import { type BareDesk, bareDesk } from '../bare-desk.ts';

let desk: BareDesk;
beforeEach(async () => {
  desk = await bareDesk();
});
afterEach(() => desk.close());

/** A post that says what becomes of each letter. */
function postWith(fate: (to: string) => UndeliveredError | undefined): { post: Post; tried: string[] } {
  const tried: string[] = [];
  const send: Post['send'] = async (_id, { envelope }) => {
    const to = String(envelope?.to);
    tried.push(to.slice(0, to.indexOf('@')));
    const failure = fate(to);
    if (failure) throw failure;
  };
  return { post: { send, close: () => undefined }, tried };
}
const unavailable = new UndeliveredError('unavailable', false, '451 come back later');
const refused = new UndeliveredError('refused', false, '550 no such person');
const lineDown = new UndeliveredError('unavailable', true, 'connect ECONNREFUSED');
const mails = () =>
  desk.read((db) => db.selectFrom('mail').select(['person_id', 'state', 'attempts', 'due_at']).orderBy('person_id').execute());
async function round(post: Post): Promise<number | string> {
  try {
    return await desk.send(post);
  } catch (error) {
    return (error as Error).message;
  }
}

test('the delays double from a minute to an hour, with a little chance in them', () => {
  const minutes = (chance: number) => Array.from({ length: 9 }, (_, tries) => retryDelayMs(tries + 1, chance) / 60_000);
  expect(minutes(0)).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
  expect(minutes(1)).toEqual(minutes(0).map((delay) => expect.closeTo(delay * 1.2)));
});

test('five days of trying are enough, and three refusals', () => {
  let days = 0;
  let attempts = 0;
  while (!isGivenUp('unavailable', attempts)) {
    attempts += 1;
    days += retryDelayMs(attempts, 0) / 86_400_000;
  }
  expect(days).toBeGreaterThan(4.5);
  expect(days).toBeLessThan(6);
  expect([isGivenUp('refused', 2), isGivenUp('refused', 3)]).toEqual([false, true]);
});

test('a letter that fails is tried again at its times, by the clock and not by the round', async () => {
  await desk.open();
  const { post, tried } = postWith(() => unavailable);
  const triedAt: number[] = [];
  for (let minutes = 0.25; minutes < 20; minutes += 0.25) {
    desk.setClock(minutes);
    const before = tried.length;
    await round(post);
    if (tried.length > before) triedAt.push(minutes);
  }
  expect(triedAt).toEqual([0.25, 1.25, 3.25, 7.25, 15.25]);
  expect(await mails()).toMatchObject([{ state: 'leaving', attempts: 5 }]);
  // At last it leaves, once.
  desk.setClock(40);
  const well = postWith(() => undefined);
  expect([await round(well.post), await round(well.post)]).toEqual([1, 0]);
});

test('one letter that fails holds up no other', async () => {
  await desk.open({ beneficiaryId: 'gina' });
  await desk.open({ beneficiaryId: 'david' });
  const { post, tried } = postWith((to) => (to.startsWith('gina') ? unavailable : undefined));
  desk.setClock(0.25);
  expect(await round(post)).toMatch(/^mail opened\.[\w-]+\.[\w-]+\.gina, try 1: 451 come back later$/);
  expect(tried.sort()).toEqual(['david', 'farid', 'farid', 'gina']);
  expect((await mails()).map(({ state }) => state)).toEqual(['sent', 'sent', 'sent', 'leaving']);
});

test('nobody to give letters to: each round tries one, another each time, and none is lost', async () => {
  await desk.open({ beneficiaryId: 'gina' });
  await desk.open({ beneficiaryId: 'david' });
  const down = postWith(() => lineDown);
  desk.setClock(0.25);
  for (let rounds = 0; rounds < 6; rounds += 1) await round(down.post);
  expect(down.tried.sort()).toEqual(['david', 'farid', 'farid', 'gina']);
  desk.setClock(2);
  expect(await round(postWith(() => undefined).post)).toBe(4);
});

test('an undo still takes back what nobody could carry yet, as long as it was not tried', async () => {
  const id = await desk.open();
  await desk.must('amira', 'claim', id);
  const resolve = await desk.must('amira', 'resolve', id, { text: 'Done', code: 'solved' });
  desk.setClock(0.25);
  // The acknowledgement is tried first, and the line is down: the solution has not left.
  await round(postWith(() => lineDown).post);
  await desk.must('amira', 'undo', id, { operationId: resolve });
  const { post, tried } = postWith(() => undefined);
  desk.setClock(2);
  expect([await round(post), tried]).toEqual([1, ['farid']]);
});

describe('a mail server that will not have a letter', () => {
  test('is asked three times, then the letter is given up and the audit log says so', async () => {
    await desk.open();
    const { post, tried } = postWith(() => refused);
    for (const minutes of [0.25, 2, 5, 10, 30, 120]) {
      desk.setClock(minutes);
      await round(post);
    }
    expect(tried).toHaveLength(3);
    expect(await mails()).toMatchObject([{ state: 'failed', attempts: 3 }]);
    const audit = await desk.read((db) => db.selectFrom('audit').select(['action', 'details']).execute());
    expect(audit).toHaveLength(1);
    expect(audit[0]?.action).toBe('mail_given_up');
    expect(JSON.parse(audit[0]?.details ?? '')).toMatchObject({ attempts: 3, why: '550 no such person' });
  });

  test('may quote the letter: nobody reads its links or its reply address in a log', () => {
    const token = 'A_b-'.repeat(11).slice(0, 43);
    const { message } = new UndeliveredError(
      'refused',
      false,
      `554 spam: https://desk.example.org/decide?answer=yes#${token} or ${token}\r\nto support+abcdefghij234567@example.org`,
    );
    expect(message).toBe('554 spam: … or … to support…@example.org');
  });
});

test('a server that stops begins no further letter', async () => {
  await desk.open({ beneficiaryId: 'gina' });
  desk.setClock(0.25);
  const { post, tried } = postWith(() => undefined);
  expect(await desk.send(post, { isClosing: () => tried.length > 0 })).toBe(1);
  expect((await mails()).map(({ state }) => state).sort()).toEqual(['queued', 'sent']);
});
