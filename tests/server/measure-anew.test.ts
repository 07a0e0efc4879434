import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Targets } from '#shared/domain/model.ts';
import { defaultAlerts } from '#shared/domain/sla/alerts.ts';
import { readServiceLevels, writeCalendar, writePolicy, writeSite } from '../../server/administration/service-levels.ts';
import { importOperations } from '../../server/operations/import.ts';
import { at, type BareDesk, bareDesk } from './bare-desk.ts';
import { openInput } from './desk-content.ts';

let desk: BareDesk;
beforeEach(async () => {
  desk = await bareDesk();
});
afterEach(() => desk.close());

async function targets(one: Targets): Promise<void> {
  const { policy } = await readServiceLevels(desk.services);
  const byUrgency = { low: one, medium: one, high: one };
  const change = { revision: policy?.revision ?? 0, targets: { incident: byUrgency, request: byUrgency }, alerts: defaultAlerts };
  expect(await writePolicy(desk.services, 'hugo', change)).toMatchObject({ ok: true });
}
async function close(siteId: string, closures: string[]): Promise<void> {
  const { sites } = await readServiceLevels(desk.services);
  const site = sites.find((one) => one.id === siteId);
  const change = { revision: site?.revision ?? 0, calendarId: site?.calendarId ?? null, closures };
  expect(await writeSite(desk.services, 'hugo', siteId, change)).toMatchObject({ ok: true });
}
/** The breaches that are recorded: "takeCharge 30 2026-…". */
async function breaches(ticketId: string): Promise<string[]> {
  const { verdicts = [] } = (await desk.ticket(ticketId)).sla;
  return verdicts.map((one) => `${one.clock} ${one.targetMinutes} ${one.breachedAt}`);
}
/** What the last transaction told the feed. */
async function told(): Promise<string[]> {
  const rows = await desk.read((db) =>
    db
      .selectFrom('feed')
      .select(['table_name', 'row_id'])
      .where('seq', '=', (e) => e.selectFrom('position').select('seq'))
      .execute(),
  );
  return rows.map((row) => `${row.table_name} ${row.row_id}`).sort();
}
const plain: Targets = { takeCharge: 30, contact: 60, resolution: 480 };

test('a target that is shortened below what was used is missed now, not then; it is told once', async () => {
  const ticketId = await desk.open();
  const other = await desk.open();
  await desk.must('amira', 'claim', other);
  desk.setClock(20);
  await targets({ ...plain, takeCharge: 10 });
  expect(await breaches(ticketId)).toEqual([`takeCharge 10 ${at(20)}`]);
  expect((await desk.ticket(ticketId)).revision).toBe(2);
  // One transaction: whoever has the new policy has what it made late.
  expect(await told()).toEqual(['policy policy', `ticket ${ticketId}`].sort());
  expect((await desk.ticket(other)).revision).toBe(2);
  await desk.tellAt(20);
  await desk.tellAt(40);
  const mails = await desk.read((db) => db.selectFrom('mail').select('id').where('kind', '=', 'alert').execute());
  expect(mails).toEqual([{ id: `alert.${ticketId}.takeCharge.0.breach.chloe` }]);
});

test('a target that is lengthened erases no breach, whether anybody had written it down or not, and repeats no alert', async () => {
  const ticketId = await desk.open();
  desk.setClock(40);
  await targets({ ...plain, takeCharge: 300 });
  expect(await breaches(ticketId)).toEqual([`takeCharge 30 ${at(30)}`]);
  expect(await desk.tellAt(40)).toBe(3);
  await targets({ ...plain, takeCharge: 10 });
  expect(await breaches(ticketId)).toEqual([`takeCharge 30 ${at(30)}`]);
  expect(await desk.tellAt(50)).toBe(0);
});

test('a day that is closed afterwards moves the deadline, and takes no breach back', async () => {
  const [running, late] = [await desk.open(), await desk.open()];
  desk.setClock(20);
  await close('lyon', ['2026-05-04']);
  expect(await told()).toEqual(['site lyon']);
  expect(await breaches(running)).toEqual([]);
  // Not due at 15 minutes any more: the site opens on Tuesday at midnight in Paris, with all 30 minutes.
  await desk.tellAt(40);
  expect(await desk.tellAt(14 * 60 + 14)).toBe(0);
  expect(await desk.tellAt(14 * 60 + 15)).toBe(2);

  desk.setClock(14 * 60 + 31);
  await close('lyon', ['2026-05-04', '2026-05-05']);
  expect(await breaches(late)).toEqual([`takeCharge 30 ${at(14 * 60 + 30)}`]);
});

test('a day that is opened afterwards may make late, now', async () => {
  await close('lyon', ['2026-05-04']);
  const ticketId = await desk.open();
  desk.setClock(100);
  await close('lyon', []);
  expect(await breaches(ticketId)).toEqual([`takeCharge 30 ${at(100)}`]);
});

test('a change of one site’s days, or of a calendar that it does not use, leaves a ticket alone', async () => {
  const ticketId = await desk.open({ siteId: 'lyon' });
  desk.setClock(100);
  await close('nantes', ['2026-05-04']);
  const nightly = {
    revision: 0,
    name: 'Night',
    timeZone: 'UTC',
    hours: {},
    holidays: { region: null, worked: [], added: [] },
    isDefault: false,
  };
  expect(await writeCalendar(desk.services, 'hugo', 'night', nightly)).toMatchObject({ ok: true });
  expect(await told()).toEqual(['calendar night']);
  expect((await desk.ticket(ticketId)).revision).toBe(1);
  expect(await breaches(ticketId)).toEqual([]);
  // As the default one it is Lyon's, and what had passed by the old one has passed.
  expect(await writeCalendar(desk.services, 'hugo', 'night', { ...nightly, revision: 1, isDefault: true })).toMatchObject({ ok: true });
  expect(await told()).toEqual(['calendar always', 'calendar night', `ticket ${ticketId}`]);
  expect(await breaches(ticketId)).toEqual([`takeCharge 30 ${at(30)}`]);
});

test('what waits, what only an import wrote and what is done', async () => {
  const [waiting, done, imported] = [await desk.open(), await desk.open(), randomUUID()];
  await desk.must('amira', 'claim', waiting);
  await desk.must('amira', 'wait', waiting, { reason: 'supplier', detail: '', wakeAt: null });
  await desk.must('amira', 'claim', done);
  await desk.must('amira', 'resolve', done, { text: 'Done', code: 'solved' });
  const input = openInput('farid', { channel: 'import' });
  const open = { id: randomUUID(), name: 'open', ticketId: imported, actorId: 'farid', at: at(-300), input };
  await importOperations(desk.services, 'ines', [open], false);
  const before = await Promise.all([waiting, done, imported].map(desk.ticket));
  desk.setClock(400);
  await targets({ takeCharge: 1, contact: 1, resolution: 1 });
  expect(await told()).toEqual(['policy policy']);
  expect(await Promise.all([waiting, done, imported].map(desk.ticket))).toEqual(before);
  expect(await desk.tellAt(400)).toBe(0);
});

test('who is alerted is changed without measuring anything', async () => {
  await desk.open();
  desk.setClock(40);
  const { policy } = await readServiceLevels(desk.services);
  if (policy === null) throw new Error('no policy');
  const alerts = { ...defaultAlerts, breach: { notify: [], mail: [] } };
  await writePolicy(desk.services, 'hugo', { revision: policy.revision, targets: policy.targets, alerts });
  expect(await told()).toEqual(['policy policy']);
  await desk.tellAt(40);
  expect(await desk.read((db) => db.selectFrom('mail').select('id').where('kind', '=', 'alert').execute())).toEqual([]);
});
