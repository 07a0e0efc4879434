import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { z } from 'zod';
import type { PresenceAnswer } from '#shared/contract/api.ts';
import { readPosition } from '../../server/db/database.ts';
import { putMembership, removeMembership } from '../../server/db/directory.ts';
import { startDesk, type TestDesk, type TestSession } from './desk.ts';
import { people } from './desk-content.ts';

let desk: TestDesk;
/** The server's clock: real, plus what a test adds. */
let ahead = 0;
const sessions: Record<string, TestSession> = {};
const of = (login: string): TestSession => sessions[login] as TestSession;
let network = '';

beforeAll(async () => {
  desk = await startDesk({ clock: () => new Date(Date.now() + ahead) });
  for (const login of Object.keys(people)) sessions[login] = await desk.signIn(login);
  network = await of('farid').open({ title: 'No network' });
});
afterAll(() => desk.close());
beforeEach(async () => {
  // Nobody is here any more.
  ahead += 61_000;
});

async function present(session: TestSession, query = ''): Promise<z.infer<typeof PresenceAnswer>['people']> {
  const { status, body } = await session.call<z.infer<typeof PresenceAnswer>>('GET', `/v1/presence${query}`);
  expect(status).toBe(200);
  return body.people;
}
const at = (ticket: string) => `?ticket=${ticket}`;
const stored = () => desk.server.database.read((db) => db.selectFrom('presence').selectAll().execute());

test('colleagues of a team see each other, the ticket that is before them, and a call; each is told of the others only', async () => {
  expect(await present(of('amira'), `${at(network)}&call=1`)).toEqual([]);
  expect(await present(of('bruno'))).toEqual([{ personId: 'amira', ticketId: network, onCall: true }]);
  expect(await present(of('chloe'), at(network))).toEqual([
    { personId: 'amira', ticketId: network, onCall: true },
    { personId: 'bruno', ticketId: null, onCall: false },
  ]);
  expect((await present(of('amira'), at(network))).map((one) => one.personId)).toEqual(['bruno', 'chloe']);
});

test('whoever may not see the ticket is told nothing of it, and is not told to be on it', async () => {
  await present(of('amira'), at(network));
  // Another team, a requester who opened it, an administrator, an importer.
  for (const login of ['david', 'emma', 'leo', 'farid', 'gina', 'hugo', 'ines']) {
    expect(JSON.stringify(await present(of(login), at(network))), login).not.toMatch(/amira|ticketId":"/);
  }
  expect((await stored()).map((row) => [row.person_id, row.ticket_id]).sort()).toEqual([
    ['amira', network],
    ['david', null],
    ['emma', null],
    ['leo', null],
  ]);
  expect(await present(of('bruno'))).toEqual([{ personId: 'amira', ticketId: network, onCall: false }]);
  expect(await present(of('emma'))).toEqual([{ personId: 'david', ticketId: null, onCall: false }]);
});

test('rights are those of now: a ticket that moved to another team hides who was on it', async () => {
  const moving = await of('farid').open({ title: 'Moving' });
  await present(of('amira'), at(moving));
  await of('chloe').must('assign', moving, { teamId: 'workplace', holderId: null, reason: '', seenHolderId: null });
  expect(await present(of('bruno'))).toEqual([{ personId: 'amira', ticketId: null, onCall: false }]);
  expect(await present(of('david'))).toEqual([]);
  // Somebody of both teams sees the ticket and is a colleague of hers, but she may not see it any more.
  const both = { id: 'bruno-technician-workplace', personId: 'bruno', teamId: 'workplace', role: 'technician' as const };
  await desk.server.database.write((tx) => putMembership(tx, both));
  expect((await of('bruno').ticket(moving)).ticket.teamId).toBe('workplace');
  expect(await present(of('bruno'))).toContainEqual({ personId: 'amira', ticketId: null, onCall: false });
  await desk.server.database.write((tx) => removeMembership(tx, both.id));
});

test('it is in the database: a server that was started anew knows it', async () => {
  await present(of('amira'), at(network));
  await desk.restart();
  expect(await present(of('bruno'))).toEqual([{ personId: 'amira', ticketId: network, onCall: false }]);
});

test('after a minute without a sign nobody is there, and rows do not pile up', async () => {
  await present(of('amira'), at(network));
  ahead += 59_000;
  expect(await present(of('bruno'))).toHaveLength(1);
  ahead += 2_000;
  expect(await present(of('bruno'))).toEqual([]);
  ahead += 61_000;
  await present(of('chloe'));
  expect((await stored()).map((row) => row.person_id)).toEqual(['chloe']);
});

test('it moves no feed, and is written seldom: the same after 20 s at the earliest, another ticket after 5', async () => {
  const other = await of('farid').open();
  const before = await desk.server.database.read(readPosition);
  await present(of('amira'), at(network));
  const [first] = await stored();
  ahead += 3_000;
  await present(of('amira'), at(other));
  await present(of('amira'), at(network));
  expect(await stored()).toEqual([first]);
  ahead += 3_000;
  await present(of('amira'), at(other));
  const [second] = await stored();
  expect(second).toMatchObject({ ticket_id: other });
  ahead += 19_000;
  await present(of('amira'), at(other));
  expect(await stored()).toEqual([second]);
  ahead += 2_000;
  await present(of('amira'), at(other));
  expect((await stored())[0]?.at).not.toBe(second?.at);
  expect(await desk.server.database.read(readPosition)).toEqual(before);
});

test('at two consoles a person is one, on the ticket of either', async () => {
  const laptop = await desk.signIn('amira');
  await present(laptop, at(network));
  ahead += 1_000;
  await present(of('amira'));
  expect(await present(of('bruno'))).toEqual([{ personId: 'amira', ticketId: network, onCall: false }]);
});
