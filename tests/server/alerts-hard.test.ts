/** Alerts and changes of measures where somebody makes a mistake, or a clock does. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PolicyChange } from '#shared/contract/administration.ts';
import type { AlertReceiver, Schedule, Targets } from '#shared/domain/model.ts';
import { defaultAlerts } from '#shared/domain/sla/alerts.ts';
import { dueMs } from '#shared/domain/sla/business-time.ts';
import { readServiceLevels, writePolicy, writeSite } from '../../server/administration/service-levels.ts';
import { putMembership, putPerson } from '../../server/db/directory.ts';
import { at, type BareDesk, bareDesk } from './bare-desk.ts';

let desk: BareDesk;
beforeEach(async () => {
  desk = await bareDesk();
});
afterEach(() => desk.close());

const plain: Targets = { takeCharge: 30, contact: 60, resolution: 480 };
const somebody = { phone: null, siteId: 'lyon', place: '', language: 'fr', active: true } as const;

async function policyOf(one: Targets, alerts = defaultAlerts) {
  const { policy } = await readServiceLevels(desk.services);
  const byUrgency = { low: one, medium: one, high: one };
  return { revision: policy?.revision ?? 0, targets: { incident: byUrgency, request: byUrgency }, alerts };
}
async function close(closures: string[]): Promise<void> {
  const { sites } = await readServiceLevels(desk.services);
  const site = sites.find(({ id }) => id === 'lyon');
  const change = { revision: site?.revision ?? 0, calendarId: site?.calendarId ?? null, closures };
  expect(await writeSite(desk.services, 'hugo', 'lyon', change)).toMatchObject({ ok: true });
}

test('a rule that mails a large team about many tickets at once is carried out', async () => {
  const rule = { notify: [] as AlertReceiver[], mail: ['team'] as AlertReceiver[] };
  expect(await writePolicy(desk.services, 'hugo', await policyOf(plain, { half: rule, soon: rule, breach: rule }))).toMatchObject({
    ok: true,
  });
  await desk.write(async (tx) => {
    for (let i = 0; i < 80; i += 1) {
      await putPerson(tx, { ...somebody, id: `t${i}`, name: `T ${i}`, email: `t${i}@example.org` });
      await putMembership(tx, { id: `m${i}`, personId: `t${i}`, teamId: 'network', role: 'technician' });
    }
  });
  for (let i = 0; i < 52; i += 1) await desk.open();
  await desk.tellAt(31);
  const { mails } = await desk.read((db) =>
    db
      .selectFrom('mail')
      .select((e) => e.fn.countAll<number>().as('mails'))
      .executeTakeFirstOrThrow(),
  );
  expect(Number(mails)).toBeGreaterThanOrEqual(52 * 80);
});

test('hours that were opened while a ticket was resolved make it late from its refusal on, not before', async () => {
  await close(['2026-05-04']);
  const id = await desk.open();
  await desk.must('amira', 'claim', id);
  desk.setClock(700);
  await desk.must('amira', 'resolve', id, { text: 'Done', code: 'solved' });
  desk.setClock(800);
  await close([]);
  desk.setClock(850);
  await desk.must('farid', 'refuse', id, { reason: 'No' });
  const { verdicts = [] } = (await desk.ticket(id)).sla;
  expect(verdicts.find(({ clock }) => clock === 'resolution')).toMatchObject({ breachedAt: at(850) });
});

test('nobody who has left meanwhile gets a mail', async () => {
  await desk.open();
  await desk.tellAt(31);
  await desk.write((tx) => putPerson(tx, { ...somebody, id: 'chloe', name: 'Chloé', email: 'chloe@example.org', active: false }));
  await desk.send();
  expect(desk.letters().filter((letter) => letter.includes('<chloe@example.org>'))).toEqual([]);
});

test('a clock that is set back after a pause leaves the alerts where they are', async () => {
  const id = await desk.open();
  await desk.must('amira', 'claim', id);
  desk.setClock(10);
  await desk.must('amira', 'wait', id, { reason: 'supplier', detail: '', wakeAt: null });
  desk.setClock(20);
  await desk.must('amira', 'resume', id);
  desk.setClock(19);
  await desk.must('amira', 'note', id, { text: 'x', visibility: 'internal' });
  const row = await desk.read((db) => db.selectFrom('ticket').select('next_alert_at').where('id', '=', id).executeTakeFirst());
  expect(row?.next_alert_at).not.toBeNull();
});

test('a target that is a slip of the hand is refused, and no calendar makes a clock walk for ever', async () => {
  expect(PolicyChange.safeParse(await policyOf(plain)).success).toBe(true);
  expect(PolicyChange.safeParse(await policyOf({ ...plain, resolution: 1_000_000_000 })).success).toBe(false);
  const aMinuteAWeek: Schedule = { timeZone: 'Europe/Paris', hours: { mon: [['09:00', '09:01']] }, holidays: [] };
  expect(dueMs(aMinuteAWeek, Date.parse(at(0)), 500_000 * 60_000)).toBeNull();
});
