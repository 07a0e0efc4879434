import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Ticket } from '#shared/domain/model.ts';
import { defaultAlerts } from '#shared/domain/sla/alerts.ts';
import { writePolicy } from '../../server/administration/service-levels.ts';
import type { WriteTx } from '../../server/db/database.ts';
import { removeMembership } from '../../server/db/directory.ts';
import { tellDueAlerts } from '../../server/jobs/alerts.ts';
import { sendDueMails } from '../../server/mail/job.ts';
import { openPost } from '../../server/mail/post.ts';
import { pushOperation } from '../../server/operations/push.ts';
import { readSettings } from '../../server/settings.ts';
import { openInput, operationOf } from '../server/desk-content.ts';
import { type BareServer, bareServer, door, heldOpen } from './slow-server.ts';

let server: BareServer;
beforeEach(async () => {
  server = await bareServer();
});
afterEach(() => server.close());
const by = (personId: string) => ({ personId, seenSeq: 0 });
const write = <T>(work: (tx: WriteTx) => Promise<T>) => server.services.database.write(work);

async function opened(): Promise<string> {
  const ticketId = randomUUID();
  await pushOperation(server.services, by('farid'), operationOf('open', ticketId, openInput('farid')));
  // Its acknowledgement is of no matter here.
  await write((tx) => tx.deleteFrom('mail').execute());
  return ticketId;
}

test('who loses his role while his operation is under way is judged without it', async () => {
  const ticketId = await opened();
  const slow = heldOpen(server.services);
  const claim = pushOperation(slow.services, by('bruno'), operationOf('claim', ticketId));
  await slow.written;
  await write((tx) => removeMembership(tx, 'bruno-technician-network'));
  slow.goOn();
  expect(await claim).toMatchObject({ status: 'rejected', refusal: { code: 'not_found' } });
});

test('an undo that comes while its mail is being taken waits, and is told that it has left', async () => {
  const ticketId = await opened();
  await pushOperation(server.services, by('amira'), operationOf('claim', ticketId));
  const resolve = operationOf('resolve', ticketId, { text: 'Done', code: 'solved' });
  await pushOperation(server.services, by('amira'), resolve);
  const slow = heldOpen(server.services);
  const settings = readSettings({ DATA_DIR: server.folder });
  const mailing = { post: openPost(settings), publicUrl: () => 'https://desk.example.org', chance: () => 0, isClosing: () => false };
  const sending = sendDueMails({ ...slow.services, ...mailing, settings, clock: () => new Date(Date.now() + 11_000) });
  await slow.written;
  const undo = pushOperation(server.services, by('amira'), operationOf('undo', ticketId, { operationId: resolve.id }));
  await vi.waitFor(async () => expect(await waiting()).toBe(1), { timeout: 10_000 });
  slow.goOn();
  expect(await undo).toMatchObject({ status: 'rejected', refusal: { code: 'undo_impossible', why: 'mail_left' } });
  expect(await sending).toBe(1);
});

test('two that look at the same clocks at once, without knowing of each other: one tells, the other finds it told', async () => {
  const ticketId = randomUUID();
  const occurredAt = new Date(Date.now() - 31 * 60_000).toISOString();
  const opened = operationOf('open', ticketId, openInput('farid'), { occurredAt, madeAt: occurredAt, offline: true });
  await pushOperation(server.services, by('farid'), opened);
  const clock = () => new Date();
  const slow = heldOpen(server.services);
  const first = tellDueAlerts({ ...slow.services, clock });
  await slow.written;
  const second = tellDueAlerts({ ...server.services, clock });
  await vi.waitFor(async () => expect(await waiting()).toBe(1), { timeout: 10_000 });
  slow.goOn();
  expect(await Promise.all([first, second])).toEqual([3, 0]);
  const mails = await server.services.database.read((db) => db.selectFrom('mail').select('id').where('kind', '=', 'alert').execute());
  expect(mails).toEqual([{ id: `alert.${ticketId}.takeCharge.0.breach.chloe` }]);
});

describe('a change of the policy', () => {
  const targets = { takeCharge: 1, contact: 60, resolution: 480 };
  const byUrgency = { low: targets, medium: targets, high: targets };
  const change = { revision: 1, targets: { incident: byUrgency, request: byUrgency }, alerts: defaultAlerts };
  async function openedEarlier(): Promise<string> {
    const ticketId = randomUUID();
    const occurredAt = new Date(Date.now() - 5 * 60_000).toISOString();
    const open = operationOf('open', ticketId, openInput('farid'), { occurredAt, madeAt: occurredAt, offline: true });
    await pushOperation(server.services, by('farid'), open);
    return ticketId;
  }
  async function ticket(id: string): Promise<Ticket> {
    const row = await server.services.database.read((db) =>
      db.selectFrom('ticket').select('doc').where('id', '=', id).executeTakeFirstOrThrow(),
    );
    return JSON.parse(row.doc) as Ticket;
  }

  test('waits for the operation that is under way, and measures what it left', async () => {
    const ticketId = await openedEarlier();
    const slow = heldOpen(server.services);
    const claim = pushOperation(slow.services, by('amira'), operationOf('claim', ticketId));
    await slow.written;
    const changed = writePolicy(server.services, 'hugo', change);
    await vi.waitFor(async () => expect(await waiting()).toBe(1), { timeout: 10_000 });
    slow.goOn();
    expect(await claim).toMatchObject({ status: 'applied' });
    expect(await changed).toMatchObject({ ok: true });
    // Claimed in time, by the promise of that time.
    const { holderId, sla, revision } = await ticket(ticketId);
    expect({ holderId, revision, breached: sla.verdicts?.map((one) => one.breachedAt) }).toEqual({
      holderId: 'amira',
      revision: 2,
      breached: [null],
    });
  });

  test('an operation that comes meanwhile waits, and is judged by the new one', async () => {
    const [late, other] = [await openedEarlier(), randomUUID()];
    const slow = heldOpen(server.services);
    const changed = writePolicy(slow.services, 'hugo', change);
    await slow.written;
    const operations = [
      pushOperation(server.services, by('amira'), operationOf('claim', late)),
      pushOperation(server.services, by('farid'), operationOf('open', other, openInput('farid'))),
    ];
    await vi.waitFor(async () => expect(await waiting()).toBe(2), { timeout: 10_000 });
    slow.goOn();
    expect(await changed).toMatchObject({ ok: true });
    expect((await Promise.all(operations)).map((one) => one.status)).toEqual(['applied', 'applied']);
    const { holderId, sla, revision } = await ticket(late);
    expect({ holderId, revision }).toEqual({ holderId: 'amira', revision: 3 });
    // Late since the change, and not since the minute after its opening.
    expect(sla.verdicts).toMatchObject([{ clock: 'takeCharge', targetMinutes: 1 }]);
    expect(Date.parse(String(sla.verdicts?.[0]?.breachedAt))).toBeGreaterThan(Date.now() - 60_000);
    const row = await server.services.database.read((db) =>
      db.selectFrom('ticket').select('next_alert_at').where('id', '=', other).executeTakeFirst(),
    );
    // Half of one minute, where it was fifteen.
    expect(Date.parse(String(row?.next_alert_at))).toBeLessThan(Date.now() + 60_000);
  });
});

/** Transactions that wait for another one. */
async function waiting(): Promise<number> {
  const { n } = await server.services.database.read((db) =>
    db
      .selectFrom(sql`pg_stat_activity`.as('activity'))
      .select((e) => e.fn.countAll<number>().as('n'))
      .where(sql<boolean>`datname = current_database() and wait_event_type = 'Lock'`)
      .executeTakeFirstOrThrow(),
  );
  return n;
}

test('two that wait for each other: one is done again, and both are done once', async () => {
  const [one, other] = [door(), door()];
  const put = async (tx: WriteTx, key: string) => {
    await tx.insertInto('setting').values({ key, value: '1' }).execute();
  };
  await Promise.all([
    write(async (tx) => {
      await tx.lock('a');
      one.open();
      await other.opened;
      await tx.lock('b');
      await put(tx, 'one');
    }),
    write(async (tx) => {
      await tx.lock('b');
      other.open();
      await one.opened;
      await tx.lock('a');
      await put(tx, 'other');
    }),
  ]);
  const rows = await server.services.database.read((db) => db.selectFrom('setting').select('key').orderBy('key').execute());
  expect(rows).toEqual([{ key: 'one' }, { key: 'other' }]);
});

test('what waits for a lock comes after what it waited for, also by the clock', async () => {
  const [held, goOn] = [door(), door()];
  const first = write(async (tx) => {
    await tx.lock('ticket');
    held.open();
    await goOn.opened;
    return tx.now;
  });
  await held.opened;
  const begun = Date.now();
  const second = write(async (tx) => {
    await tx.lock('ticket');
    return tx.now;
  });
  while (Date.now() <= begun) await new Promise((done) => setImmediate(done));
  goOn.open();
  expect((await second).getTime()).toBeGreaterThan(begun);
  await first;
});
