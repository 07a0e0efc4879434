import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AlertReceiver, Targets } from '#shared/domain/model.ts';
import { putPerson, putPolicy } from '../../server/db/directory.ts';
import { importOperations } from '../../server/operations/import.ts';
import { at, type BareDesk, bareDesk } from './bare-desk.ts';
import { openInput } from './desk-content.ts';

let desk: BareDesk;
beforeEach(async () => {
  desk = await bareDesk();
  await policy(['holder', 'team', 'lead']);
});
afterEach(() => desk.close());

/** Everybody named gets a mail at each mark. Round the clock: take-charge 30 minutes, contact 60, resolution 480; high urgency half of it. */
async function policy(mail: AlertReceiver[]): Promise<void> {
  const rule = { notify: [], mail };
  const targets: Targets = { takeCharge: 30, contact: 60, resolution: 480 };
  const byUrgency = { low: targets, medium: targets, high: { takeCharge: 15, contact: 30, resolution: 240 } };
  const alerts = { half: rule, soon: rule, breach: rule };
  await desk.write((tx) => putPolicy(tx, { id: 'policy', alerts, targets: { incident: byUrgency, request: byUrgency } }));
}
/** "takeCharge.0.half amira", of every alert that was put into the queue. */
async function mails(): Promise<string[]> {
  const rows = await desk.read((db) => db.selectFrom('mail').select(['cause', 'person_id']).where('kind', '=', 'alert').execute());
  return rows.map((row) => `${row.cause} ${row.person_id}`).sort();
}
async function told(): Promise<string[]> {
  const rows = await desk.read((db) => db.selectFrom('alert').select('key').execute());
  return rows.map((row) => row.key).sort();
}
const each = (keys: string[], people: string[]) => keys.flatMap((key) => people.map((person) => `${key} ${person}`)).sort();
const network = ['amira', 'bruno', 'chloe'];
const team = (...keys: string[]) => each(keys, network);

test('at half, at 80 % and at the breach everybody who is named gets one mail, and none again, after a restart neither', async () => {
  await desk.open();
  expect(await desk.tellAt(14)).toBe(0);
  expect(await mails()).toEqual([]);
  for (const [minute, keys] of [
    [15, ['takeCharge.0.half']],
    [24, ['takeCharge.0.half', 'takeCharge.0.soon']],
    [30, ['takeCharge.0.half', 'takeCharge.0.soon', 'takeCharge.0.breach']],
  ] as const) {
    expect(await desk.tellAt(minute)).toBe(1);
    expect(await mails()).toEqual(team(...keys));
    expect(await desk.tellAt(minute)).toBe(0);
    await desk.restart();
    expect(await desk.tellAt(minute)).toBe(0);
    expect(await mails()).toEqual(team(...keys));
  }
});

test('a round reads only what is due', async () => {
  const ticketId = await desk.open();
  const next = async () => {
    const row = await desk.read((db) => db.selectFrom('ticket').select('next_alert_at').where('id', '=', ticketId).executeTakeFirst());
    return row?.next_alert_at;
  };
  expect(await next()).toBe(at(15));
  await desk.tellAt(15);
  expect(await next()).toBe(at(24));
  await desk.must('amira', 'claim', ticketId);
  // Contact from here on: 60 minutes.
  expect(await next()).toBe(at(45));
  await desk.must('amira', 'resolve', ticketId, { text: 'Done', code: 'solved' });
  expect(await next()).toBeNull();
});

test('after days off only the last mark of each clock is told, and nothing of the others ever', async () => {
  await desk.open();
  expect(await desk.tellAt(5_000)).toBe(6);
  expect(await mails()).toEqual(team('takeCharge.0.breach', 'resolution.0.breach'));
  expect(await desk.tellAt(6_000)).toBe(0);
});

test('many that are due at once are all told in one round', async () => {
  for (let i = 0; i < 60; i += 1) await desk.open();
  expect(await desk.tellAt(15)).toBe(60);
});

describe('whom', () => {
  test('who is holder and lead gets one mail', async () => {
    const ticketId = await desk.open();
    await desk.must('chloe', 'claim', ticketId);
    await desk.tellAt(30);
    expect(await mails()).toEqual(['contact.0.half chloe']);
  });

  test('the team only while nobody holds the ticket', async () => {
    await policy(['team']);
    const ticketId = await desk.open();
    await desk.must('amira', 'claim', ticketId);
    await desk.tellAt(30);
    expect(await mails()).toEqual([]);
    expect(await told()).toEqual(['contact.0.half']);
    await desk.must('amira', 'release', ticketId, { reason: 'Later', seenHolderId: 'amira' });
    await desk.tellAt(48);
    // A further stay in the pool has a full target, and contact goes on.
    expect(await mails()).toEqual(team('contact.0.soon', 'takeCharge.1.half'));
  });

  test('nobody without an address, nobody who left', async () => {
    const person = { name: 'x', phone: null, siteId: 'lyon', place: '', language: 'fr' as const };
    await desk.write(async (tx) => {
      await putPerson(tx, { ...person, id: 'amira', email: null, active: true });
      await putPerson(tx, { ...person, id: 'bruno', email: 'bruno@example.org', active: false });
    });
    await desk.open();
    await desk.tellAt(15);
    expect(await mails()).toEqual(['takeCharge.0.half chloe']);
  });

  test('at breach holder and lead, where the policy names nobody', async () => {
    const { alerts: _alerts, ...plain } = await desk.read(async (db) => {
      const row = await db.selectFrom('directory').select('doc').where('table_name', '=', 'policy').executeTakeFirstOrThrow();
      return JSON.parse(row.doc);
    });
    await desk.write((tx) => putPolicy(tx, plain));
    const ticketId = await desk.open();
    await desk.must('amira', 'claim', ticketId);
    await desk.tellAt(48);
    expect(await mails()).toEqual([]);
    await desk.tellAt(60);
    expect(await mails()).toEqual(each(['contact.0.breach'], ['amira', 'chloe']));
  });
});

describe('clocks that change', () => {
  test('a ticket that waits alerts nobody; it goes on with what was left', async () => {
    const ticketId = await desk.open();
    await desk.must('amira', 'claim', ticketId);
    desk.setClock(10);
    await desk.must('amira', 'wait', ticketId, { reason: 'supplier', detail: '', wakeAt: null });
    expect(await desk.tellAt(5_000)).toBe(0);
    await desk.must('amira', 'resume', ticketId);
    expect(await desk.tellAt(5_019)).toBe(0);
    expect(await desk.tellAt(5_020)).toBe(1);
    expect(await mails()).toEqual(each(['contact.0.half'], ['amira', 'chloe']));
  });

  test('urgency raised tells at once what it makes late, and repeats nothing, also when it is lowered again', async () => {
    const ticketId = await desk.open();
    await desk.must('amira', 'claim', ticketId);
    await desk.must('amira', 'log_call', ticketId, {
      outcome: 'reached',
      number: '01 99 00 12 34',
      startedAt: at(0),
      duration: 60,
      note: '',
      callbackAt: null,
    });
    await desk.tellAt(240);
    expect(await mails()).toEqual(each(['resolution.0.half'], ['amira', 'chloe']));
    const set = (to: 'high' | 'low', seenUrgency: string) =>
      desk.must('amira', 'set_urgency', ticketId, {
        importance: 'team',
        relevance: 'hindered',
        override: { urgency: to, reason: 'r' },
        seenUrgency,
      });
    await set('high', 'medium');
    await desk.tellAt(240);
    const all = each(['resolution.0.half', 'resolution.0.breach'], ['amira', 'chloe']);
    expect(await mails()).toEqual(all);
    await set('low', 'high');
    expect(await desk.tellAt(1_000)).toBe(0);
    expect(await mails()).toEqual(all);
    expect(await told()).toEqual(['resolution.0.breach', 'resolution.0.half', 'resolution.0.soon']);
  });

  test('a claim that is taken back runs on where it was', async () => {
    const ticketId = await desk.open();
    desk.setClock(5);
    const claim = await desk.must('amira', 'claim', ticketId);
    await desk.must('amira', 'undo', ticketId, { operationId: claim });
    expect(await desk.tellAt(15)).toBe(1);
    expect(await mails()).toEqual(team('takeCharge.0.half'));
  });

  test('what was opened away from the server and comes in late is told at once', async () => {
    desk.setClock(40);
    const ticketId = randomUUID();
    await desk.must('farid', 'open', ticketId, openInput('farid'), { madeAt: at(15), occurredAt: at(15), offline: true });
    expect((await desk.ticket(ticketId)).openedAt).toBe(at(15));
    await desk.tellAt(40);
    expect(await mails()).toEqual(team('takeCharge.0.soon'));
  });
});

test('imports alert nobody until a person touches them, and then of what comes after', async () => {
  const ticketId = randomUUID();
  const open = {
    id: randomUUID(),
    name: 'open',
    ticketId,
    actorId: 'farid',
    at: at(-300),
    input: openInput('farid', { channel: 'import' }),
  };
  await importOperations(desk.services, 'ines', [open], false);
  expect(await desk.tellAt(0)).toBe(0);
  await desk.must('amira', 'claim', ticketId);
  expect(await desk.tellAt(0)).toBe(0);
  expect(await told()).toEqual(['resolution.0.half']);
  expect(await desk.tellAt(84)).toBe(4);
  expect(await mails()).toEqual(each(['contact.0.breach', 'resolution.0.soon'], ['amira', 'chloe']));
});

describe('the mails', () => {
  test('leave once, also when the server is killed before or after one is written', async () => {
    const ticketId = await desk.open({ title: 'Réseau coupé' });
    await desk.tellAt(15);
    await desk.restart();
    expect(await desk.tellAt(15)).toBe(0);
    // Its acknowledgement too.
    expect(await desk.send()).toBe(4);
    expect(await desk.send()).toBe(0);
    const before = desk.letters();
    // Written, and not noted as sent.
    await desk.write((tx) => tx.updateTable('mail').set({ state: 'leaving', sent_at: null }).execute());
    await desk.restart();
    expect(await desk.send()).toBe(4);
    expect(desk.letters()).toHaveLength(4);
    expect(before).toHaveLength(4);
    const to = before.find((letter) => letter.includes('<amira@example.org>'));
    expect(to).toContain((await desk.ticket(ticketId)).number ?? 'a number');
    expect(to).toMatch(/^Subject: =\?UTF-8/m);
  });

  test('an undo takes back the mail of its resolve, and no alert', async () => {
    const ticketId = await desk.open();
    await desk.must('amira', 'claim', ticketId);
    await desk.tellAt(30);
    const resolve = await desk.must('amira', 'resolve', ticketId, { text: 'Done', code: 'solved' });
    await desk.must('amira', 'undo', ticketId, { operationId: resolve });
    const states = await desk.read((db) => db.selectFrom('mail').select(['kind', 'state']).orderBy('kind').distinct().execute());
    expect(states).toEqual([
      { kind: 'alert', state: 'queued' },
      { kind: 'opened', state: 'queued' },
      { kind: 'resolved', state: 'taken_back' },
    ]);
  });
});
