import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PROTOCOL_HEADER, PROTOCOL_VERSION, PushResponse, SessionTokens } from '#shared/contract/api.ts';
import { type Entry, type Resolution, Ticket } from '#shared/domain/model.ts';
import { dueOf } from '#shared/domain/sla/clocks.ts';
import { buildServer, type GuichetServer } from '../../../server/app.ts';
import { answering } from '../../../server/demo/answers.ts';
import { calendarsAt, policy, sites } from '../../../server/demo/house.ts';
import { bringToLife, type LiveDesk } from '../../../server/demo/live.ts';
import { readMemory } from '../../../server/demo/memory.ts';
import { makePeople, portalPeople } from '../../../server/demo/people.ts';
import { DEMO_PASSWORD, demoAccounts, prepareDemo } from '../../../server/demo/prepare.ts';
import { readSettings } from '../../../server/settings.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
let dataDir: string;
let now = new Date('2026-06-02T08:30:00.000Z');
let server: GuichetServer;
let desk: LiveDesk;

async function start(): Promise<void> {
  const settings = readSettings({ PORT: '0', DATA_DIR: dataDir, ALLOW_IMPORT: '1', LOG_LEVEL: 'silent' });
  server = await buildServer(settings, { clock: () => now });
  if (readMemory(dataDir) === undefined) await prepareDemo(server.database, dataDir, now);
  await server.listen();
  desk = await bringToLife({ url: server.url, dataDir, clock: () => now });
}
async function stop(): Promise<void> {
  await desk.stop();
  await server.close();
}

async function docs(table: 'ticket' | 'entry' | 'resolution'): Promise<unknown[]> {
  const rows = await server.database.read((db) => db.selectFrom(table).select('doc').execute());
  return rows.map((row) => JSON.parse(row.doc));
}
const tickets = async () => (await docs('ticket')).map((doc) => Ticket.parse(doc));
const isOpen = (ticket: Ticket) => ticket.phase === 'open' || ticket.phase === 'waiting';

async function signIn(login: string) {
  const headers = { 'content-type': 'application/json', [PROTOCOL_HEADER]: String(PROTOCOL_VERSION) };
  const body = JSON.stringify({ login, password: DEMO_PASSWORD, device: 'test' });
  const session = SessionTokens.parse(await (await fetch(`${server.url}/v1/session`, { method: 'POST', headers, body })).json());
  return { ...headers, authorization: `Bearer ${session.accessToken}` };
}

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'guichet-demo-'));
  await start();
});
afterAll(async () => {
  await stop();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('the demo desk at its first start', () => {
  test('holds about 400 open and 2,500 finished tickets, and nothing was refused', async () => {
    const all = await tickets();
    const open = all.filter(isOpen).length;
    expect(open).toBeGreaterThan(300);
    expect(open).toBeLessThan(480);
    expect(all.length - open).toBeGreaterThanOrEqual(2450);
    expect(all.length - open).toBeLessThanOrEqual(2550);
    expect(desk.imported.rejected).toEqual([]);
    expect(desk.imported).toMatchObject({ skipped: 0, superseded: 0 });
  });

  test('looks alive: a pool in every team, deadlines of which few are late, waits, promised callbacks', async () => {
    const open = (await tickets()).filter(isOpen);
    const pool = open.filter((ticket) => ticket.holderId === null);
    expect(new Set(pool.map((ticket) => ticket.teamId)).size).toBe(5);
    expect(new Set(open.map((ticket) => ticket.holderId)).size).toBeGreaterThan(24);
    expect(new Set(pool.map((ticket) => ticket.urgency)).size).toBe(3);
    expect(open.filter((ticket) => ticket.phase === 'waiting').length).toBeGreaterThan(50);
    expect(open.filter((ticket) => ticket.callback !== null && ticket.callback.at > now.toISOString()).length).toBeGreaterThan(5);
    const calendars = new Map(calendarsAt(now).map((one) => [one.id, { ...one, revision: 0 }]));
    const late = pool.filter((ticket) => {
      const calendar = calendars.get(sites.find((site) => site.id === ticket.siteId)?.calendarId ?? '');
      if (!calendar) throw new Error(ticket.siteId);
      const due = dueOf(ticket, { ...policy, revision: 0 }, calendar, now.toISOString());
      return due.state === 'running' && due.dueAt < now.toISOString();
    });
    expect(late.length).toBeGreaterThan(0);
    expect(late.length).toBeLessThan(pool.length / 2);
  });

  test('has its history: calls, waits, solutions with a code, answers to them', async () => {
    const kinds = new Set((await docs('entry')).map((entry) => (entry as Entry).kind));
    for (const kind of ['claimed', 'assigned', 'released', 'called', 'noted', 'waiting', 'resumed', 'resolved', 'validated', 'refused'])
      expect(kinds).toContain(kind);
    const resolutions = (await docs('resolution')) as Resolution[];
    expect(resolutions.every((one) => one.text !== '' && one.code !== null)).toBe(true);
    expect(new Set(resolutions.map((one) => one.decision?.kind))).toEqual(
      new Set(['validated', 'refused', 'auto_closed', 'reopened', undefined]),
    );
  });

  test('is in French and in English', async () => {
    const all = await tickets();
    expect(all.filter((ticket) => /\b(?:the|of|with|not)\b/i.test(ticket.description)).length).toBeGreaterThan(200);
    expect(all.filter((ticket) => /\b(?:le|la|les|une|depuis)\b/i.test(ticket.description)).length).toBeGreaterThan(1500);
  });

  test('has solutions that wait for the two requesters whose accounts are there to be tried, and some that they rated', async () => {
    const all = await tickets();
    const resolutions = (await docs('resolution')) as Resolution[];
    const theirs = portalPeople(makePeople().requesters).map(({ person }) => all.filter((one) => one.beneficiaryId === person.id));
    expect(theirs).toHaveLength(2);
    for (const own of theirs) {
      expect(own.filter(({ phase }) => phase === 'resolved').length).toBeGreaterThan(0);
      expect(own.filter(isOpen).length).toBeGreaterThan(0);
      expect(own.length).toBeLessThan(80);
      const ids = new Set(own.map(({ id }) => id));
      expect(resolutions.filter((one) => ids.has(one.ticketId) && one.rating !== null).length).toBeGreaterThan(0);
    }
    const rated = resolutions.filter((one) => one.rating !== null);
    expect(rated.length).toBeGreaterThan(500);
    expect(rated.every((one) => one.decision !== null)).toBe(true);
    expect(rated.some((one) => one.rating?.comment !== '')).toBe(true);
  });

  test('sends no mail of what is long past', async () => {
    expect(await server.database.read((db) => db.selectFrom('mail').selectAll().execute())).toEqual([]);
  });

  test('lets the demo people sign in, and keeps the importer’s password to itself', async () => {
    for (const { login } of demoAccounts()) expect((await signIn(login)).authorization).toMatch(/^Bearer ./);
    expect(statSync(join(dataDir, 'demo-importer.key')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(dataDir, 'demo-importer.key'), 'utf8')).not.toContain(DEMO_PASSWORD);
  });
});

describe('the demo desk at later starts', () => {
  test('has nothing to import when no time has passed', async () => {
    const before = await tickets();
    await stop();
    await start();
    expect(desk.imported).toMatchObject({ applied: 0, superseded: 0, skipped: 0 });
    expect(await tickets()).toEqual(before);
  });

  test('imports the news only, and leaves alone what a person has touched', async () => {
    const headers = await signIn('julien.morel');
    const mine = (await tickets()).filter((ticket) => isOpen(ticket) && ticket.holderId === 'julien.morel');
    expect(mine.length).toBeGreaterThan(0);
    const at = now.toISOString();
    const notes = mine.map((ticket) => ({
      id: randomUUID(),
      name: 'note',
      ticketId: ticket.id,
      input: { text: 'Je garde celui-ci.', visibility: 'internal' },
      madeAt: at,
      occurredAt: at,
      offline: false,
      after: [],
    }));
    const pushed = await fetch(`${server.url}/v1/operations`, { method: 'POST', headers, body: JSON.stringify({ operations: notes }) });
    const { outcomes } = PushResponse.parse(await pushed.json());
    expect(outcomes.map((one) => one.status)).toEqual(mine.map(() => 'applied'));
    const before = new Map((await tickets()).map((ticket) => [ticket.id, ticket]));

    await stop();
    now = new Date(now.getTime() + 3 * DAY_MS);
    await start();
    expect(desk.imported.rejected).toEqual([]);
    expect(desk.imported.applied).toBeGreaterThan(500);
    expect(desk.imported.skipped).toBeGreaterThan(0);
    const after = await tickets();
    for (const ticket of mine) expect(after.find((one) => one.id === ticket.id)).toEqual(before.get(ticket.id));
    const fresh = after.filter((ticket) => !before.has(ticket.id));
    expect(fresh.length).toBeGreaterThan(200);
    expect(fresh.every((ticket) => ticket.openedAt > at)).toBe(true);
  });

  test('what a person solved is answered some minutes later, once: confirmed and rated, or refused with a reason', async () => {
    const headers = await signIn('julien.morel');
    const tried = new Set(portalPeople(makePeople().requesters).map(({ person }) => person.id));
    const held = (await tickets()).filter((one) => isOpen(one) && one.holderId === 'julien.morel' && !tried.has(one.beneficiaryId));
    const at = now.toISOString();
    const push = { name: 'resolve', input: { text: 'Réglé.', code: 'remote' }, madeAt: at, occurredAt: at, offline: false, after: [] };
    const operations = held.map(({ id }) => ({ ...push, id: randomUUID(), ticketId: id }));
    await fetch(`${server.url}/v1/operations`, { method: 'POST', headers, body: JSON.stringify({ operations }) });
    const { round } = answering(server.database, server.url, () => now);
    expect(await round()).toBe(0);
    now = new Date(now.getTime() + 10 * 60_000);
    const answered = await round();
    expect(answered).toBeGreaterThan(0);
    expect(await round()).toBe(0);
    const ids = new Set(held.map(({ id }) => id));
    const after = (await tickets()).filter(({ id }) => ids.has(id));
    const resolutions = ((await docs('resolution')) as Resolution[]).filter((one) => ids.has(one.ticketId) && one.at === at);
    expect(resolutions.filter((one) => one.decision !== null)).toHaveLength(answered);
    for (const one of resolutions.filter(({ decision }) => decision !== null)) {
      const ticket = after.find(({ id }) => id === one.ticketId);
      if (one.decision?.kind === 'refused') expect(ticket).toMatchObject({ phase: 'open', refusal: { reason: one.decision.reason } });
      else expect([ticket?.phase, one.decision?.kind, one.rating?.by]).toEqual(['closed', 'validated', ticket?.beneficiaryId]);
    }
  });

  test('goes on while it runs, and a repeated import has no second effect', async () => {
    const memory = readFileSync(join(dataDir, 'demo.json'), 'utf8');
    now = new Date(now.getTime() + 5 * HOUR_MS);
    const news = await desk.advance();
    expect(news.applied).toBeGreaterThan(0);
    const once = await tickets();
    const entries = (await docs('entry')).length;
    await stop();
    // As if the server had been killed before it could remember.
    writeFileSync(join(dataDir, 'demo.json'), memory);
    await start();
    expect(desk.imported.rejected).toEqual([]);
    expect(await tickets()).toEqual(once);
    expect((await docs('entry')).length).toBe(entries);
  });

  test('after a long sleep has new tickets of the last fourteen days only', async () => {
    const known = new Set((await tickets()).map((ticket) => ticket.id));
    await stop();
    now = new Date(now.getTime() + 40 * DAY_MS);
    await start();
    expect(desk.imported.rejected).toEqual([]);
    const fresh = (await tickets()).filter((ticket) => !known.has(ticket.id));
    expect(fresh.length).toBeGreaterThan(1000);
    expect(fresh.every((ticket) => ticket.openedAt > new Date(now.getTime() - 14 * DAY_MS).toISOString())).toBe(true);
  });
});
