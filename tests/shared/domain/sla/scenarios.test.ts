/** What a desk lives through, a line each. Medium urgency: take-charge 2 h, contact 4 h, resolution 18 h, of 8–12 and 13–18. */
import { describe, expect, test } from 'vitest';
import type { Schedule } from '#shared/domain/model.ts';
import { dueOf, slaClocks } from '#shared/domain/sla/clocks.ts';
import { explain } from '#shared/domain/sla/explain.ts';
import type { ClockName } from '#shared/domain/sla/facts.ts';
import { measuredAnew } from '#shared/domain/sla/judge.ts';
import { calendar, makeDesk, policy, schedule } from '../desk.ts';
import { at, heldByAmira, inPool, resolvedByAmira, Story, wifi } from '../story.ts';

const minutes = (count: number) => count * 60_000;
const hours = (count: number) => minutes(60 * count);
function clock(story: Story, name: ClockName, now: string, open: Schedule = schedule) {
  const view = slaClocks(story.now, policy, { ...calendar, schedule: open }, now).find((one) => one.clock === name);
  if (view === undefined) throw new Error(`no clock ${name}`);
  return view;
}
const call = (outcome: string, startedAt: string) => ({ outcome, number: '', startedAt, duration: 0, note: '', callbackAt: null });
const wait = (reason: string) => ({ reason, detail: '', wakeAt: null });
const raise = { importance: 'site', relevance: 'blocked', override: null, seenUrgency: 'medium' };
const lower = { importance: 'person', relevance: 'nuisance', override: null, seenUrgency: 'medium' };
const solved = { text: 'Done', code: 'solved' };
const opened = (time: string) => {
  const story = new Story();
  story.do('remi', 'open', wifi, time);
  return story;
};

test('opened Friday 17:50: ten minutes on Friday, the rest from Monday morning', () => {
  expect(clock(opened('+11 17:50'), 'takeCharge', at('+11 18:30'))).toMatchObject({
    state: 'running',
    usedMs: minutes(10),
    // 96 of the 120 minutes.
    soonAt: at('+14 09:26'),
    dueAt: at('+14 09:50'),
  });
});

test('a pause over a weekend moves the deadline by its open time only', () => {
  const story = opened('+11 09:00');
  story.do('amira', 'claim', {}, '+11 09:00');
  expect(clock(story, 'resolution', at('+11 10:00')).dueAt).toBe(at('+15 09:00'));
  story.do('amira', 'wait', wait('supplier'), '+11 17:00');
  story.do('amira', 'resume', {}, '+14 09:00');
  expect(clock(story, 'resolution', at('+14 09:00')).dueAt).toBe(at('+15 11:00'));
});

test('urgency raised during a pause: a remainder of the new target, no deadline; late at once where none is left', () => {
  const early = heldByAmira();
  early.do('amira', 'wait', wait('supplier'), '10:00');
  early.do('amira', 'set_urgency', raise, '15:00');
  expect(clock(early, 'resolution', at('16:00'))).toMatchObject({ state: 'paused', targetMinutes: 240, usedMs: hours(1), dueAt: null });
  expect(dueOf(early.now, policy, calendar, at('16:00'))).toEqual({ state: 'paused', remainingMs: minutes(30) });
  early.do('amira', 'resume', {}, '15:30');
  expect(clock(early, 'contact', at('15:30'))).toMatchObject({ state: 'running', dueAt: at('16:00') });
  expect(clock(early, 'resolution', at('15:30'))).toMatchObject({ state: 'running', dueAt: at('+1 08:30'), breachedAt: null });
  const late = heldByAmira();
  late.do('amira', 'wait', wait('supplier'), '16:00');
  late.do('amira', 'set_urgency', raise, '17:00');
  expect(clock(late, 'resolution', at('17:30'))).toMatchObject({ state: 'missed', endedAt: null, breachedAt: at('17:00') });
});

test('refused twice: each round has its own contact, all share one resolution target', () => {
  const story = resolvedByAmira();
  story.do('bea', 'refuse', { reason: 'no' }, '14:00');
  story.do('amira', 'log_call', call('reached', at('14:30')), '14:30');
  story.do('amira', 'resolve', solved, '15:00');
  story.do('bea', 'refuse', { reason: 'still no' }, '16:00');
  expect(clock(story, 'contact', at('16:30'))).toMatchObject({ state: 'running', usedMs: minutes(30), dueAt: at('+1 10:00') });
  expect(clock(story, 'resolution', at('17:00'))).toMatchObject({ state: 'running', usedMs: hours(4), dueAt: at('+2 12:00') });
});

test('a breach, then urgency lowered: the breach stays', () => {
  const story = inPool();
  story.do('lea', 'set_urgency', lower, '11:30');
  const view = clock(story, 'takeCharge', at('12:00'));
  expect(view).toMatchObject({ state: 'missed', breachedAt: at('11:00'), dueAt: at('11:00'), targetMinutes: 120 });
  expect(dueOf(story.now, policy, calendar, at('12:00'))).toMatchObject({ clock: 'takeCharge', dueAt: at('11:00') });
  // What was not late yet takes the new target: 45 hours, over the holiday and the weekend.
  expect(clock(story, 'resolution', at('12:00'))).toMatchObject({ state: 'running', targetMinutes: 2700, dueAt: at('+8 09:00') });
});

test('urgency raised so that the new deadline has passed: late from the change on, never before', () => {
  const story = heldByAmira();
  story.do('amira', 'log_call', call('reached', at('10:00')), '10:00');
  story.do('amira', 'set_urgency', raise, '15:00');
  expect(clock(story, 'resolution', at('15:01'))).toMatchObject({ state: 'missed', breachedAt: at('15:00') });
  expect(dueOf(story.now, policy, calendar, at('15:01'))).toMatchObject({ dueAt: at('15:00') });
});

test('a clock that ended in time under the old target stays met when the new one is shorter; one that ended late stays missed', () => {
  const inTime = inPool();
  inTime.do('amira', 'claim', {}, '10:00');
  inTime.do('amira', 'set_urgency', raise, '10:10');
  expect(clock(inTime, 'takeCharge', at('10:20'))).toMatchObject({ state: 'met', targetMinutes: 120 });
  const late = inPool();
  late.do('amira', 'claim', {}, '11:30');
  late.do('amira', 'set_urgency', lower, '11:40');
  expect(clock(late, 'takeCharge', at('11:50'))).toMatchObject({ state: 'missed', targetMinutes: 120, breachedAt: at('11:00') });
});

test('a holiday added afterwards moves what runs, and takes back no breach', () => {
  const closed = { ...schedule, holidays: [...schedule.holidays, '2026-05-05'] };
  const runs = heldByAmira();
  expect(clock(runs, 'resolution', at('10:00')).dueAt).toBe(at('+2 09:00'));
  expect(clock(runs, 'resolution', at('10:00'), closed).dueAt).toBe(at('+3 09:00'));
  const late = inPool();
  const today = { ...schedule, holidays: [...schedule.holidays, '2026-05-04'] };
  late.ticket = { ...late.now, sla: measuredAnew(late.now, makeDesk(), makeDesk({ hours: today }), at('16:00')) };
  expect(clock(late, 'takeCharge', at('16:00'), today)).toMatchObject({ state: 'missed', breachedAt: at('11:00') });
});

test('hours that become longer make late from the change on', () => {
  const story = opened('11:00');
  const wide: Schedule = { ...schedule, hours: { ...schedule.hours, mon: [['08:00', '18:00']] } };
  // 14:00 by the old hours, 13:00 by the new ones.
  story.ticket = { ...story.now, sla: measuredAnew(story.now, makeDesk(), makeDesk({ hours: wide }), at('13:30')) };
  expect(clock(story, 'takeCharge', at('13:31'), wide)).toMatchObject({ state: 'missed', breachedAt: at('13:30') });
});

describe('on the night of the clock change', () => {
  const all: [string, string][] = [['00:00', '24:00']];
  const paris: Schedule = {
    timeZone: 'Europe/Paris',
    hours: { mon: all, tue: all, wed: all, thu: all, fri: all, sat: all, sun: all },
    holidays: [],
  };
  test.each([
    ['back: the night is an hour longer', '2026-10-24T20:00:00.000Z', '2026-10-25T14:00:00.000Z', 18],
    ['forward: an hour shorter', '2026-03-28T21:00:00.000Z', '2026-03-29T15:00:00.000Z', 18],
  ])('%s, the target is the same real time', (_name, start, due, target) => {
    const story = new Story();
    story.do('remi', 'open', wifi, { now: start, desk: { hours: paris } });
    expect(clock(story, 'resolution', start, paris).dueAt).toBe(due);
    expect(Date.parse(due) - Date.parse(start)).toBe(hours(target));
  });
  // Sundays from midnight to four, Mondays from eight; opened at 1:30 by the clock on the wall.
  const nights: Schedule = { ...paris, hours: { sun: [['00:00', '04:00']], mon: [['08:00', '12:00']] } };
  test.each([
    ['back: three and a half hours are left of it', '2026-10-24T23:30:00.000Z', '2026-10-25T01:30:00.000Z'],
    ['forward: one and a half, the rest on Monday', '2026-03-29T00:30:00.000Z', '2026-03-30T06:30:00.000Z'],
  ])('of a night shift, %s', (_name, start, due) => {
    const story = new Story();
    story.do('remi', 'open', wifi, { now: start, desk: { hours: nights } });
    expect(clock(story, 'takeCharge', start, nights)).toMatchObject({ open: true, dueAt: due });
  });
});

test('a site abroad counts its own hours', () => {
  const montreal = { ...schedule, timeZone: 'America/Montreal', holidays: [] };
  const story = new Story();
  // Four in the morning there; it opens at 12:00 UTC.
  story.do('remi', 'open', wifi, { now: at('08:00'), desk: { hours: montreal } });
  expect(clock(story, 'takeCharge', at('11:00'), montreal)).toMatchObject({ usedMs: 0, open: false, dueAt: at('14:00') });
});

test('a call made offline before the deadline and received after it: met, and the breach stays, marked', () => {
  const story = heldByAmira();
  // Due at 14:30; the call of 11:00 is told at 16:00.
  story.do('amira', 'log_call', call('reached', at('11:00')), { now: at('16:00'), done: at('11:00'), offline: true });
  expect(clock(story, 'contact', at('17:00'))).toMatchObject({
    state: 'met',
    endedAt: at('11:00'),
    breachedAt: at('14:30'),
    reportedLate: true,
  });
  const intime = heldByAmira();
  intime.do('amira', 'log_call', call('reached', at('11:00')), { now: at('14:00'), done: at('11:00'), offline: true });
  expect(clock(intime, 'contact', at('17:00'))).toMatchObject({ state: 'met', breachedAt: null, reportedLate: false });
});

test('claimed, released and claimed by another: each stay in the pool has a full target, contact goes on', () => {
  const story = heldByAmira();
  story.do('amira', 'release', { reason: 'x', seenHolderId: 'amira' }, '10:00');
  story.do('bruno', 'claim', {}, '11:30');
  expect(clock(story, 'takeCharge', at('12:00'))).toMatchObject({ state: 'met', usedMs: hours(1.5), dueAt: at('12:00') });
  expect(clock(story, 'contact', at('12:00'))).toMatchObject({ state: 'running', dueAt: at('14:30') });
});

test('called before the claim: contact is met at 0', () => {
  const story = inPool();
  story.do('amira', 'log_call', call('reached', at('09:10')), '09:10');
  story.do('amira', 'claim', {}, '09:40');
  expect(clock(story, 'contact', at('10:00'))).toMatchObject({ state: 'met', usedMs: 0 });
});

test('opened on behalf with the caller on the line: taken and reached at 0', () => {
  const story = new Story();
  story.do('amira', 'open', { ...wifi, duringCall: true, channel: 'phone' }, '09:00');
  expect(clock(story, 'takeCharge', at('10:00'))).toMatchObject({ state: 'met', usedMs: 0 });
  expect(clock(story, 'contact', at('10:00'))).toMatchObject({ state: 'met', usedMs: 0 });
  expect(clock(story, 'resolution', at('10:00'))).toMatchObject({ state: 'running', usedMs: hours(1), dueAt: at('+2 09:00') });
});

test('opened so by a technician of another team: reached at 0, and nobody holds it', () => {
  const story = new Story();
  story.do('chloe', 'open', { ...wifi, duringCall: true, channel: 'phone' }, '09:00');
  expect(clock(story, 'takeCharge', at('10:00'))).toMatchObject({ state: 'running', usedMs: hours(1), dueAt: at('11:00') });
  expect(clock(story, 'contact', at('10:00'))).toMatchObject({ state: 'met', usedMs: 0 });
});

test('waiting with nobody holding: take-charge is paused too', () => {
  const story = inPool();
  story.do('lea', 'wait', wait('supplier'), '10:00');
  expect(clock(story, 'takeCharge', at('15:00'))).toMatchObject({ state: 'paused', usedMs: hours(1), dueAt: null });
  story.do('lea', 'resume', {}, '15:00');
  expect(clock(story, 'takeCharge', at('15:00'))).toMatchObject({ state: 'running', dueAt: at('16:00') });
});

test('moved to another team: between pools the stay goes on, out of a hand a new one begins', () => {
  const toOffice = (seenHolderId: string | null) => ({ teamId: 'office', holderId: null, reason: '', seenHolderId });
  const pool = inPool();
  pool.do('lea', 'assign', toOffice(null), '10:00');
  expect(clock(pool, 'takeCharge', at('10:30'))).toMatchObject({ usedMs: hours(1.5), dueAt: at('11:00') });
  const held = heldByAmira();
  held.do('lea', 'assign', toOffice('amira'), '10:00');
  expect(clock(held, 'takeCharge', at('10:30'))).toMatchObject({ usedMs: hours(0.5), dueAt: at('12:00') });
});

test('reopened when the holder has left: in the pool with a full take-charge, contact and the same resolution', () => {
  const story = resolvedByAmira();
  story.do('bea', 'validate', {}, '11:30');
  story.do('lea', 'reopen', { reason: 'again' }, { now: at('+1 09:00'), desk: { without: ['amira'] } });
  expect(story.now.holderId).toBeNull();
  expect(clock(story, 'takeCharge', at('+1 10:00'))).toMatchObject({ state: 'running', usedMs: hours(1), dueAt: at('+1 11:00') });
  expect(clock(story, 'contact', at('+1 10:00'))).toMatchObject({ state: 'running', usedMs: hours(1), dueAt: at('+1 14:00') });
  expect(clock(story, 'resolution', at('+1 10:00'))).toMatchObject({ state: 'running', usedMs: hours(3), dueAt: at('+2 17:00') });
});

test('a late resolve that is refused: the breach stays through all rounds', () => {
  const story = heldByAmira();
  story.do('amira', 'resolve', solved, '+2 10:00');
  expect(clock(story, 'resolution', at('+2 11:00'))).toMatchObject({ state: 'missed', breachedAt: at('+2 09:00') });
  story.do('bea', 'refuse', { reason: 'no' }, '+2 14:00');
  expect(clock(story, 'resolution', at('+2 15:00'))).toMatchObject({ state: 'missed', endedAt: null, breachedAt: at('+2 09:00') });
});

test('targets shortened while it was resolved, then refused: late from the refusal on, not before', () => {
  const story = resolvedByAmira();
  const short = { takeCharge: 15, contact: 30, resolution: 60 };
  const targets = { low: short, medium: short, high: short };
  const desk = { by: { ...policy, targets: { incident: targets, request: targets } } };
  story.do('remi', 'refuse', { reason: 'Still down' }, { now: at('+1 10:00'), desk });
  expect(story.now.sla.verdicts?.filter((one) => one.clock === 'resolution')).toMatchObject([
    { targetMinutes: 60, breachedAt: at('+1 10:00') },
  ]);
});

test('a resolve told late but done in time, refused, and done again in time: no breach, and the mark stays', () => {
  const story = heldByAmira();
  // Due on Wednesday at 9:00; done on Tuesday at 17:00, told on Wednesday at 10:00.
  story.do('amira', 'resolve', solved, { now: at('+2 10:00'), done: at('+1 17:00'), offline: true });
  expect(clock(story, 'resolution', at('+2 10:30'))).toMatchObject({ state: 'met', reportedLate: true, breachedAt: at('+2 09:00') });
  story.do('bea', 'refuse', { reason: 'no' }, '+2 11:00');
  expect(clock(story, 'resolution', at('+2 11:10'))).toMatchObject({ state: 'running', reportedLate: true, breachedAt: null });
  expect(dueOf(story.now, policy, calendar, at('+2 11:10'))).toMatchObject({
    state: 'running',
    clock: 'resolution',
    dueAt: at('+2 14:00'),
  });
  story.do('amira', 'resolve', solved, '+2 11:30');
  expect(clock(story, 'resolution', at('+2 15:00'))).toMatchObject({ state: 'met', reportedLate: true });
  story.do('bea', 'refuse', { reason: 'no' }, '+2 15:00');
  story.do('amira', 'resolve', solved, '+3 10:00');
  expect(clock(story, 'resolution', at('+3 11:00')).state).toBe('missed');
  story.do('bea', 'refuse', { reason: 'no' }, '+3 11:00');
  expect(clock(story, 'resolution', at('+3 11:10')).state).toBe('missed');
});

test('resolved without having been reached: waived before the deadline, missed after', () => {
  expect(clock(resolvedByAmira(), 'contact', at('12:00'))).toMatchObject({ state: 'waived', breachedAt: null });
  const late = heldByAmira();
  late.do('amira', 'resolve', solved, '15:00');
  expect(clock(late, 'contact', at('16:00'))).toMatchObject({ state: 'missed', breachedAt: at('14:30') });
});

test('the explanation of a judged clock is that of its own target', () => {
  const story = inPool();
  story.do('lea', 'set_urgency', lower, '11:30');
  expect(explain(story.now, 'takeCharge', policy, calendar, at('12:00'))).toMatchObject({ targetMinutes: 120, dueAt: at('11:00') });
});
