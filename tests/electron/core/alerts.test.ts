/** Alerts at a real core, whose time is that of a real server which is set forward. Targets of the desk: 30, 60 and 480 minutes, day and night. */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { AlertView } from '#shared/contract/alerts.ts';
import { openInput } from '../../server/desk-content.ts';
import { TestConsole } from './console.ts';
import type { Line } from './line.ts';
import { type Stage, setStage } from './stage.ts';

let ahead = 0;
let stage: Stage;
let line: Line;
let amira: TestConsole;
beforeAll(async () => {
  stage = await setStage({ clock: () => new Date(Date.now() + ahead) });
  line = await stage.newLine();
});
afterAll(() => stage.close());
beforeEach(async () => {
  amira = await stage.console('amira', line);
});
afterEach(() => amira.kill());

const shown = (alerts: readonly AlertView[]) =>
  alerts.map((one) => (one.about === 'clock' ? `${one.clock} ${one.mark}` : `refused by ${one.by}`));
async function forward(minutes: number, console = amira): Promise<void> {
  ahead += minutes * 60_000;
  await console.call('retryNow', undefined);
}
async function opened(title: string, console = amira): Promise<string> {
  const farid = await stage.desk.signIn('farid');
  const id = randomUUID();
  const at = new Date(Date.now() + ahead).toISOString();
  await farid.must('open', id, openInput('farid', { title }), { madeAt: at, occurredAt: at });
  await console.until('ticket', id, (ticket) => ticket !== null);
  return id;
}
/** What main was given about this ticket, once it is so much. */
function told(id: string, marks: readonly string[], console = amira): Promise<AlertView[]> {
  return vi.waitFor(
    () => {
      const about = console.alerts.flat().filter(({ ticketId }) => ticketId === id);
      expect(shown(about)).toEqual(marks);
      return about;
    },
    { timeout: 20_000 },
  );
}
const about = (id: string) => (alerts: readonly AlertView[]) => alerts.some((one) => one.ticketId === id);

test('half, 80 % and the breach of a pool ticket are each told once; the banner shows the last', async () => {
  const id = await opened('Half, soon, breach');
  await forward(16);
  expect(await told(id, ['takeCharge half'])).toMatchObject([{ mine: false, title: 'Half, soon, breach' }]);
  await forward(9);
  await told(id, ['takeCharge half', 'takeCharge soon']);
  expect(shown((await amira.until('alerts', undefined, about(id))).filter((one) => one.ticketId === id))).toEqual(['takeCharge soon']);
  await forward(6);
  const [half, , breach] = await told(id, ['takeCharge half', 'takeCharge soon', 'takeCharge breach']);
  expect(half).toMatchObject({ dueAt: breach?.about === 'clock' && breach.dueAt });
});

test('a restart tells nothing again, and shows the banner again', async () => {
  const id = await opened('Told before the kill');
  await forward(16);
  await told(id, ['takeCharge half']);
  await amira.kill();
  const again = await TestConsole.start(amira.profile);
  await again.signIn(line.url, async () => (await stage.desk.signIn('amira')).tokens);
  await again.until('alerts', undefined, about(id));
  await again.inStep();
  expect(again.alerts).toEqual([]);
  await again.kill();
});

test('what passed while the console was away comes at once, one a ticket, the last mark only', async () => {
  const ids = [await opened('Away 1'), await opened('Away 2')];
  await amira.kill();
  ahead += 40 * 60_000;
  const again = await TestConsole.start(amira.profile);
  await again.signIn(line.url, async () => (await stage.desk.signIn('amira')).tokens);
  await vi.waitFor(() => expect(again.alerts).toHaveLength(1), { timeout: 20_000 });
  const [message] = again.alerts;
  for (const id of ids) expect(shown(message?.filter((one) => one.ticketId === id) ?? [])).toEqual(['takeCharge breach']);
  await again.kill();
});

test('a clock that stopped, or that waits, is not told of, and its banner goes', async () => {
  const id = await opened('Taken in time');
  await forward(16);
  await told(id, ['takeCharge half']);
  await amira.until('alerts', undefined, about(id));
  await amira.perform('claim', id);
  await amira.until('alerts', undefined, (alerts) => !about(id)(alerts));
  await amira.perform('wait', id, { reason: 'supplier', detail: '', wakeAt: null });
  await amira.inStep();
  await forward(600);
  await amira.inStep();
  const other = await opened('Told after it');
  await forward(16);
  await amira.until('alerts', undefined, about(other));
  await told(id, ['takeCharge half']);
});

test('a snoozed alert comes again after ten minutes, a dismissed one never', async () => {
  const id = await opened('Later');
  await forward(16);
  await told(id, ['takeCharge half']);
  const first = (await amira.until('alerts', undefined, about(id))).find(({ ticketId }) => ticketId === id);
  const name = { ticketId: id, key: first?.key ?? '' };
  await amira.call('snoozeAlerts', [name]);
  expect(about(id)(await amira.now('alerts', undefined))).toBe(false);
  await forward(11);
  // By then 80 % have passed too: that is what is told.
  const [, again] = await told(id, ['takeCharge half', 'takeCharge soon']);
  await amira.call('dismissAlerts', [{ ticketId: id, key: again?.key ?? '' }]);
  await amira.until('alerts', undefined, (alerts) => !about(id)(alerts));
});

test('quiet hours keep everything for their end, but for a breach of one’s own ticket', async () => {
  const pool = await opened('In the pool by night');
  const mine = await opened('Mine by night');
  await amira.perform('claim', mine);
  await amira.inStep();
  amira.send({ type: 'quiet', quiet: { hours: { from: '00:00', to: '00:00' }, closedDays: false, calls: false } });
  await forward(50);
  await amira.inStep();
  await forward(12);
  // Her contact clock of 60 minutes has passed; the pool's of 30 long before.
  await told(mine, ['contact breach']);
  await told(pool, []);
  amira.send({ type: 'quiet', quiet: { hours: null, closedDays: false, calls: false } });
  await told(pool, ['takeCharge breach']);
});

test('during a call all waits for its end', async () => {
  const id = await opened('Called meanwhile');
  amira.send({ type: 'quiet', quiet: { hours: null, closedDays: false, calls: true } });
  await amira.call('startCall', { ticketId: id, personId: 'farid', number: { typed: '01 99 00 12 34', e164: '+33199001234' } });
  await forward(31);
  await amira.inStep();
  expect(await amira.now('alerts', undefined)).toEqual([]);
  await amira.call('endCall', { outcome: null });
  await told(id, ['takeCharge breach']);
});

test('a refusal of what she had solved is told once, with who; one that came before it was hers is not', async () => {
  const mine = await opened('Solved by amira');
  const passedOn = await opened('Passed on');
  const farid = await stage.desk.signIn('farid');
  const asNow = () => ({ madeAt: new Date(Date.now() + ahead).toISOString(), occurredAt: new Date(Date.now() + ahead).toISOString() });
  for (const id of [mine, passedOn]) {
    await amira.perform('claim', id);
    await amira.perform('resolve', id, { text: 'Restarted', code: 'solved' });
  }
  await amira.inStep();
  await farid.must('refuse', mine, { reason: 'It came back' }, asNow());
  await told(mine, ['refused by Farid Saïdi']);
  const shownNow = await amira.until('alerts', undefined, about(mine));
  expect(shownNow[0]).toMatchObject({ ticketId: mine, about: 'refusal', mine: true });

  await amira.kill();
  const bruno = await stage.console('bruno', line);
  await farid.must('refuse', passedOn, { reason: 'No' }, asNow());
  const chloe = await stage.desk.signIn('chloe');
  await chloe.must('assign', passedOn, { teamId: 'network', holderId: 'bruno', reason: '', seenHolderId: 'amira' }, asNow());
  await bruno.until('ticket', passedOn, (ticket) => ticket?.ticket.holderId === 'bruno');
  // Of one that is told after it: what was to be told is told by then.
  const after = await opened('Bruno, later', bruno);
  await forward(16, bruno);
  await told(after, ['takeCharge half'], bruno);
  await told(passedOn, [], bruno);
  await bruno.kill();

  const again = await TestConsole.start(amira.profile);
  await again.signIn(line.url, async () => (await stage.desk.signIn('amira')).tokens);
  await again.until('alerts', undefined, about(mine));
  await again.inStep();
  expect(again.alerts.flat().filter(({ ticketId }) => ticketId === mine || ticketId === passedOn)).toEqual([]);
  await again.perform('resolve', mine, { text: 'A new cable', code: 'solved' });
  await again.until('alerts', undefined, (alerts) => !about(mine)(alerts));
  await again.kill();
});

test('the lead hears of a breach of a ticket that somebody holds, and not before', async () => {
  const chloe = await stage.console('chloe', line);
  const id = await opened('Held by amira');
  await amira.perform('claim', id);
  await amira.inStep();
  await chloe.until('ticket', id, (ticket) => ticket?.ticket.holderId === 'amira');
  await forward(50, chloe);
  await forward(11, chloe);
  await told(id, ['contact breach'], chloe);
  await chloe.kill();
});
