import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type GuichetDatabase, openDatabase } from '../../server/db/database.ts';
import { lockKey } from '../../server/db/dialect-postgres.ts';
import { putMembership } from '../../server/db/directory.ts';
import { migrations } from '../../server/db/migrate.ts';
import { type ServerProcess, serverProcess } from '../e2e/server-process.ts';
import { callsTo, signIn, type TestDesk, type TestSession } from '../server/desk.ts';
import { fillDesk, hashedPassword, openInput, operationOf } from '../server/desk-content.ts';
import { newStorage, type Storage } from '../server/storage.ts';

let storage: Storage;
let servers: [ServerProcess, ServerProcess];
let [first, second]: TestDesk['call'][] = [];
let database: GuichetDatabase;
/** Whatever an administrator may do beside the servers. */
let admin: pg.Client;
let [farid, amira, bruno]: TestSession[] = [];
const mailDirs = ['one', 'two'].map((name) => () => join(storage.dataDir, `mail-${name}`)) as [() => string, () => string];

beforeAll(async () => {
  storage = await newStorage({ empty: true });
  const start = (mailDir: () => string) => serverProcess('server/main.ts', { ...storage.env, MAIL_DIR: mailDir() });
  // Together, on a database that has nothing yet.
  servers = await Promise.all([start(mailDirs[0]), start(mailDirs[1])]);
  database = await openDatabase({ dataDir: '', databaseUrl: storage.databaseUrl });
  await database.write(async (tx) => fillDesk(tx, await hashedPassword()));
  admin = new pg.Client({ connectionString: String(storage.databaseUrl) });
  await admin.connect();
  [first, second] = servers.map((server) => callsTo(() => server.url));
  farid = await signIn(here(), 'farid');
  amira = await signIn(here(), 'amira');
  bruno = await signIn(there(), 'bruno');
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  await admin.end();
  await database.close();
  await storage.remove();
});
const here = () => first as TestDesk['call'];
const there = () => second as TestDesk['call'];
const at = <T>(session: T | undefined) => session as T;

/** What an event stream has brought so far. */
function listen(url: string, session: TestSession) {
  const heard = { text: '', ended: false };
  const reading = (async () => {
    const response = await fetch(`${url}/v1/events`, { headers: { authorization: `Bearer ${session.tokens.accessToken}` } });
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) heard.text += decoder.decode(chunk);
  })();
  reading
    .catch(() => undefined)
    .finally(() => {
      heard.ended = true;
    });
  return heard;
}

describe('two servers on one database', () => {
  test('that start together make its schema once', async () => {
    const { rows } = await admin.query('select version, name from schema_version order by version');
    expect(rows).toEqual(migrations.map(({ name }, index) => ({ version: index + 1, name })));
    expect((await admin.query('select epoch from position')).rows).toHaveLength(1);
  });

  test('both claim one ticket at once: one holds it, the other is told who', async () => {
    for (let round = 0; round < 25; round += 1) {
      const ticketId = await at(farid).open();
      const outcomes = await Promise.all([at(amira).do('claim', ticketId), at(bruno).do('claim', ticketId)]);
      expect(outcomes.map((one) => one.status).sort()).toEqual(['applied', 'rejected']);
      const winner = outcomes[0]?.status === 'applied' ? 'amira' : 'bruno';
      expect(outcomes.find((one) => one.status === 'rejected')).toMatchObject({ refusal: { code: 'already_held', holderId: winner } });
      expect((await at(bruno).ticket(ticketId)).ticket.holderId).toBe(winner);
    }
  });

  test('get the same operation at once: one effect and one answer, also where it makes its ticket', async () => {
    const elsewhere = at(farid).at(there());
    for (let round = 0; round < 10; round += 1) {
      const ticketId = randomUUID();
      const open = operationOf('open', ticketId, openInput('farid'));
      const note = operationOf('note', ticketId, { text: 'Once', visibility: 'public' });
      for (const operation of [open, note]) {
        const [one, other] = await Promise.all([at(farid).push(operation), elsewhere.push(operation)]);
        expect(one).toEqual(other);
        expect(one?.[0]?.status).toBe('applied');
      }
      const { entries, ticket } = await elsewhere.ticket(ticketId);
      expect(entries).toHaveLength(2);
      expect(ticket.revision).toBe(2);
    }
  });

  test('give each number once, and leave none out', async () => {
    const elsewhere = at(farid).at(there());
    const ids = await Promise.all(Array.from({ length: 30 }, (_, i) => (i % 2 ? elsewhere : at(farid)).open({ kind: 'request' })));
    const numbers = await Promise.all(ids.map(async (id) => (await elsewhere.ticket(id)).ticket.number));
    const year = new Date().getUTCFullYear();
    expect(numbers.sort()).toEqual(ids.map((_, index) => `D-${year}-${String(index + 1).padStart(6, '0')}`));
  });

  test('a change on one is told to those who listen to the other', async () => {
    const heard = listen(servers[1].url, at(bruno));
    await vi.waitFor(() => expect(heard.text).toContain('event: position'));
    const { seq } = await at(farid).must('note', await at(farid).open(), { text: 'Hello', visibility: 'public' });
    await vi.waitFor(() => expect(heard.text).toContain(`"seq":${seq}}`), { timeout: 4_000 });
  });

  test('a session that ends on one is over on the other, and so are its streams', async () => {
    const session = await signIn(here(), 'chloe');
    expect((await session.at(there()).call('GET', '/v1/me')).status).toBe(200);
    const heard = listen(servers[1].url, session);
    await vi.waitFor(() => expect(heard.text).toContain('event: position'));
    await session.call('DELETE', '/v1/session');
    expect((await session.at(there()).call('GET', '/v1/me')).status).toBe(401);
    await vi.waitFor(() => expect(heard.ended).toBe(true), { timeout: 10_000 });
  });

  test('a refresh token is exchanged at either; one that is shown after its successor was used ends the session on both', async () => {
    const session = await signIn(here(), 'david');
    const elsewhere = session.at(there());
    await elsewhere.refresh();
    expect((await elsewhere.call('GET', '/v1/me')).status).toBe(200);
    expect((await here()('POST', '/v1/session/refresh', { body: { refreshToken: session.tokens.refreshToken } })).status).toBe(401);
    expect((await elsewhere.call('GET', '/v1/me')).status).toBe(401);
  });

  test('a change of rights made on one is known to the other', async () => {
    const leo = await signIn(there(), 'leo');
    expect((await leo.call('GET', '/v1/me')).body).toMatchObject({ memberships: [{ teamId: 'dispatch' }] });
    await database.write((tx) => putMembership(tx, { id: 'leo-net', personId: 'leo', teamId: 'network', role: 'technician' }));
    const { body } = await leo.call<{ memberships: { teamId: string }[] }>('GET', '/v1/me');
    expect(body.memberships.map((one) => one.teamId).sort()).toEqual(['dispatch', 'network']);
  });

  test('what one has sent counts as seen on the other', async () => {
    const ticketId = await at(farid).open();
    const { position } = await at(amira).bootstrap();
    const before = new Date().toISOString();
    await at(bruno).must('note', ticketId, { text: 'He waits for a call', visibility: 'internal' });
    const changedAt = (await at(bruno).ticket(ticketId)).ticket.updatedAt;
    await at(amira).pull(position);
    const input = { outcome: 'busy', number: '01 99 00 12 34', startedAt: before, duration: 0, note: '', callbackAt: null };
    const call = operationOf('log_call', ticketId, input, { occurredAt: before, madeAt: before, offline: true });
    await at(amira).at(there()).push(call);
    const entry = (await at(amira).ticket(ticketId)).entries.find((one) => one.id === call.id);
    expect(entry && entry.at >= changedAt).toBe(true);
  });
});

describe('jobs', () => {
  const letters = (kind: string) =>
    mailDirs.flatMap((mailDir) => readdirSync(mailDir()).filter((file) => file.startsWith(`${kind}.`) && file.endsWith('.eml')));
  beforeAll(() => {
    for (const mailDir of mailDirs) mkdirSync(mailDir(), { recursive: true });
  });
  const unsent = async (kind: string) => (await admin.query("select id from mail where kind = $1 and state <> 'sent'", [kind])).rows.length;
  async function solve(count: number): Promise<void> {
    for (let round = 0; round < count; round += 1) {
      const ticketId = await at(farid).open({ beneficiaryId: 'gina' });
      await at(amira).must('claim', ticketId);
      await at(amira).must('resolve', ticketId, { text: 'Done', code: 'solved' });
    }
    await admin.query("update mail set due_at = '2026-01-01T00:00:00.000Z' where state = 'queued'");
  }

  test('each mail is written by one of them, and once', async () => {
    await solve(5);
    await vi.waitFor(async () => expect(await unsent('resolved')).toBe(0), { timeout: 20_000, interval: 200 });
    // Two mail folders: a second letter would not lie over the first one.
    expect(letters('resolved')).toHaveLength(10);
    expect(new Set(letters('resolved')).size).toBe(10);
  });

  test('that one had in hand when it died are done by the other', async () => {
    const dying = new pg.Client({ connectionString: String(storage.databaseUrl) });
    dying.on('error', () => undefined);
    await dying.connect();
    await vi.waitFor(async () => {
      const { rows } = await dying.query('select pg_try_advisory_lock($1) as locked', [lockKey('job mails')]);
      expect(rows).toEqual([{ locked: true }]);
    });
    const paused = await at(farid).open();
    await at(amira).must('claim', paused);
    await solve(1);
    await admin.query("update mail set state = 'leaving' where state = 'queued'");
    const wakeAt = new Date(Date.now() + 1_000).toISOString();
    await at(amira).must('wait', paused, { reason: 'supplier', detail: '', wakeAt });
    // Another job, which comes round less often, is done meanwhile.
    await vi.waitFor(async () => expect((await at(amira).ticket(paused)).ticket.phase).toBe('open'), { timeout: 20_000, interval: 200 });
    expect(await unsent('resolved')).toBe(2);
    await admin.query('select pg_terminate_backend($1)', [(dying as unknown as { processID: number }).processID]);
    await vi.waitFor(async () => expect(await unsent('resolved')).toBe(0), { timeout: 20_000, interval: 200 });
    expect(new Set(letters('resolved')).size).toBe(12);
  });

  test('each alert is told by one of them, and once', async () => {
    const occurredAt = new Date(Date.now() - 31 * 60_000).toISOString();
    const late = Array.from({ length: 10 }, () =>
      operationOf('open', randomUUID(), openInput('farid'), { occurredAt, madeAt: occurredAt, offline: true }),
    );
    await at(farid).push(...late);
    const expected = late.map(({ ticketId }) => `alert.${ticketId}.takeCharge.0.breach.chloe.eml`).sort();
    const alerts = () => letters('alert').filter((file) => file.includes('takeCharge'));
    await vi.waitFor(() => expect(new Set(alerts()).size).toBe(10), { timeout: 20_000, interval: 200 });
    await vi.waitFor(async () => expect(await unsent('alert')).toBe(0), { timeout: 20_000, interval: 200 });
    expect(alerts().sort()).toEqual(expected);
  });
});

test('connections that break in the middle of work are made anew: each request is done once, and changes are told again', async () => {
  const heard = listen(servers[1].url, at(bruno));
  await vi.waitFor(() => expect(heard.text).toContain('event: position'));
  const ticketId = await at(farid).open();
  const notes = Array.from({ length: 20 }, (_, i) => operationOf('note', ticketId, { text: `Note ${i}`, visibility: 'public' }));
  const answers = new Set<number>();
  // Until the connections are there again a console is told to wait, and sends it again.
  const sending = notes.map((note, i) =>
    vi.waitFor(
      async () => {
        const { status } = await (i % 2 ? at(farid) : at(farid).at(there())).call('POST', '/v1/operations', { operations: [note] });
        answers.add(status);
        expect(status).toBe(200);
      },
      { timeout: 30_000 },
    ),
  );
  for (let round = 0; round < 5; round += 1) {
    await at(amira).call('GET', '/v1/me');
    await admin.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
  }
  await Promise.all(sending);
  expect([...answers].filter((status) => status !== 200 && status !== 503)).toEqual([]);
  expect((await at(farid).ticket(ticketId)).entries.filter((entry) => entry.kind === 'noted')).toHaveLength(20);
  await vi.waitFor(
    async () => {
      const { seq } = await at(farid).must('note', ticketId, { text: 'Again', visibility: 'public' });
      await vi.waitFor(() => expect(heard.text).toContain(`"seq":${seq}}`), { timeout: 1_000 });
    },
    { timeout: 20_000 },
  );
});
