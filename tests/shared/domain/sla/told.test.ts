/** What is told of the clocks, explanations and alerts, whatever happens to a ticket and on every calendar. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { calendarFinder } from '#shared/domain/calendars.ts';
import type { Calendar, Policy, Schedule, Site, Ticket } from '#shared/domain/model.ts';
import { alertKey, alertsOf } from '#shared/domain/sla/alerts.ts';
import { isOpen } from '#shared/domain/sla/business-time.ts';
import { slaClocks } from '#shared/domain/sla/clocks.ts';
import { explain } from '#shared/domain/sla/explain.ts';
import { measuredAnew } from '#shared/domain/sla/judge.ts';
import { calendar, makeDesk, policy, schedule } from '../desk.ts';
import { iso, type Move, move, play } from '../moves.ts';
import { at, heldByAmira, inPool, Story, wifi } from '../story.ts';

type Hours = Schedule['hours'];
const MINUTE_MS = 60_000;
const week = (...day: [string, string][]): Hours => ({ mon: day, tue: day, wed: day, thu: day, fri: day });
const all: [string, string][] = [['00:00', '24:00']];
const office = week(['08:30', '12:00'], ['13:30', '18:00']);
/** With the days that a site is closed on its own, as core and server find it. */
function atSite(schedule: Schedule, closures: string[]): Schedule {
  const site: Site = { id: 'paris', name: 'Paris', calendarId: null, closures, revision: 1 };
  const found = calendarFinder(new Map([['paris', site]]), new Map([['default', { ...calendar, schedule }]]))('paris');
  return (found as Calendar).schedule;
}
const schedules: Schedule[] = [
  schedule,
  atSite({ timeZone: 'Europe/Paris', hours: office, holidays: ['2026-04-06', '2026-05-01', '2026-11-11'] }, ['2026-03-30', '2026-10-26']),
  { timeZone: 'America/Montreal', hours: { ...office, sat: [['09:00', '12:00']] }, holidays: ['2026-10-12'] },
  { timeZone: 'Europe/Paris', hours: { ...week(...all), sat: all, sun: all }, holidays: [] },
  {
    timeZone: 'Europe/Paris',
    hours: { ...week(['00:00', '05:00'], ['22:00', '24:00']), sun: [['00:00', '06:00']] },
    holidays: ['2026-10-25'],
  },
];
/** Around the two nights of the clock change, and any other time of the year. */
const starts = fc.oneof(
  fc.integer({ min: Date.UTC(2026, 2, 27), max: Date.UTC(2026, 2, 30) }),
  fc.integer({ min: Date.UTC(2026, 9, 23), max: Date.UTC(2026, 9, 27) }),
  fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2026, 11, 1) }),
);
const life = fc.record({
  start: starts.map((ms) => Math.floor(ms / 1000) * 1000),
  hours: fc.constantFrom(...schedules),
  moves: fc.array(
    move.filter(({ name }) => name !== 'cancel'),
    { minLength: 2, maxLength: 14 },
  ),
  later: fc.integer({ min: 0, max: 6000 }),
});

/** The ticket, and a moment some minutes after the last that happened to it. */
function lived({ start, hours, moves, later }: { start: number; hours: Schedule; moves: Move[]; later: number }) {
  const story = new Story();
  story.do('remi', 'open', wifi, { now: iso(start), desk: { hours } });
  const end = play(story, moves, false, () => undefined, start, { hours });
  return { ticket: story.now, nowMs: end + later * MINUTE_MS, site: { ...calendar, schedule: hours } };
}

test('an explanation is that of the clock that is shown: its open parts sum to the target and end at the deadline', () => {
  let told = 0;
  fc.assert(
    fc.property(life, (one) => {
      const { ticket, nowMs, site } = lived(one);
      const now = iso(nowMs);
      for (const view of slaClocks(ticket, policy, site, now)) {
        const { dueAt, segments, targetMinutes } = explain(ticket, view.clock, policy, site, now);
        if (view.state === 'pending') continue;
        expect([dueAt, targetMinutes]).toEqual([view.dueAt, view.targetMinutes]);
        const open = segments.filter(({ kind, to }) => kind === 'open' && (dueAt === null || to <= dueAt));
        const sum = open.reduce((ms, { openMs }) => ms + openMs, 0);
        expect(sum).toBe(dueAt === null ? view.usedMs : targetMinutes * MINUTE_MS);
        if (dueAt !== null) {
          expect(open.at(-1)?.to).toBe(dueAt);
          told += 1;
        }
        for (const { from, to, openMs } of open) {
          expect(openMs).toBe(Date.parse(to) - Date.parse(from));
          expect(isOpen(site.schedule, Date.parse(from)) && isOpen(site.schedule, Date.parse(to) - 1)).toBe(true);
        }
        expect(segments.slice(1).map(({ from }) => from)).toEqual(segments.slice(0, -1).map(({ to }) => to));
      }
    }),
    { numRuns: 300 },
  );
  expect(told).toBeGreaterThan(100);
});

function isWaiting({ sla }: Ticket, clock: string, atMs: number): boolean {
  return sla.pauses.some(
    ({ from, to, pausesContact }) =>
      Date.parse(from) <= atMs && (to === null || Date.parse(to) > atMs) && (clock !== 'contact' || pausesContact),
  );
}

test('alerts come in the order of their marks, for clocks that run and none that is paused', () => {
  let alerted = 0;
  fc.assert(
    fc.property(life, (one) => {
      const { ticket, nowMs, site } = lived(one);
      const views = slaClocks(ticket, policy, site, iso(nowMs));
      const alerts = alertsOf(ticket, policy, site);
      alerted += alerts.length;
      for (const view of views) {
        const own = alerts.filter(({ clock }) => clock === view.clock);
        const isSilent = view.endedAt !== null || view.state === 'pending' || isWaiting(ticket, view.clock, nowMs);
        expect(own.map(({ mark }) => mark)).toEqual(isSilent ? [] : ['half', 'soon', 'breach']);
        const order = own.map((alert) => alert.at);
        expect(order).toEqual([...order].sort((a, b) => a - b));
      }
    }),
    { numRuns: 300 },
  );
  expect(alerted).toBeGreaterThan(300);
});

test('another urgency, policy or calendar gives no alert another name, and takes back none that was due', () => {
  const factor = fc.constantFrom(0.25, 0.5, 2, 4);
  fc.assert(
    fc.property(life, factor, fc.constantFrom(...schedules), fc.boolean(), (one, times, hours, isHigh) => {
      const { ticket, nowMs, site } = lived(one);
      const targets = (part: Policy['targets']['incident']) =>
        Object.fromEntries(
          Object.entries(part).map(([urgency, three]) => [
            urgency,
            Object.fromEntries(Object.entries(three).map(([name, minutes]) => [name, minutes * times])),
          ]),
        ) as Policy['targets']['incident'];
      const other: Policy = {
        ...policy,
        targets: { incident: targets(policy.targets.incident), request: targets(policy.targets.request) },
      };
      const changed = { ...ticket, urgency: isHigh ? ('high' as const) : ('low' as const) };
      const [before, after] = [makeDesk({ hours: site.schedule }), { ...makeDesk({ hours }), policy: () => other }];
      const sla = measuredAnew(ticket, before, after, iso(nowMs));
      const were = alertsOf(ticket, policy, site);
      const are = alertsOf({ ...changed, sla }, other, { ...calendar, schedule: hours });
      expect(are.map(alertKey)).toEqual(were.map(alertKey));
      expect(new Set(are.map(alertKey)).size).toBe(are.length);
      const breached = (list: typeof were) => list.filter(({ mark, at }) => mark === 'breach' && at < nowMs).map(alertKey);
      expect(breached(are)).toEqual(expect.arrayContaining(breached(were)));
    }),
    { numRuns: 300 },
  );
});

// On the desk's own calendar: medium urgency, take-charge 2 h, contact 4 h, of 8–12 and 13–18.
test('a stay in the pool that was missed is the one that is explained, when a later one was met', () => {
  const story = inPool();
  story.do('amira', 'claim', {}, '11:30');
  story.do('amira', 'release', { reason: 'x', seenHolderId: 'amira' }, '14:00');
  story.do('bruno', 'claim', {}, '14:10');
  const { dueAt, segments } = explain(story.now, 'takeCharge', policy, calendar, at('15:00'));
  expect(dueAt).toBe(at('11:00'));
  expect(segments.map(({ from, to }) => [from, to])).toEqual([
    [at('09:00'), at('11:00')],
    [at('11:00'), at('11:30')],
  ]);
});

test('a pause that is told after the breach moves no mark behind it', () => {
  const story = heldByAmira();
  const now = at('16:00');
  story.do('amira', 'wait', { reason: 'supplier', detail: '', wakeAt: null }, { now, done: at('10:00'), offline: true });
  story.do('amira', 'resume', {}, '17:00');
  const contact = alertsOf(story.now, policy, calendar).filter(({ clock }) => clock === 'contact');
  expect(contact.map((alert) => [alert.mark, iso(alert.at)])).toEqual([
    ['half', at('14:30')],
    ['soon', at('14:30')],
    ['breach', at('14:30')],
  ]);
});
