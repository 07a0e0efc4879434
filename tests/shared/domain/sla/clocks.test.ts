import { describe, expect, test } from 'vitest';
import { dueOf, slaClocks } from '#shared/domain/sla/clocks.ts';
import type { ClockName } from '#shared/domain/sla/facts.ts';
import { calendar, policy } from '../desk.ts';
import { at, heldByAmira, inPool, resolvedByAmira, type Story, Story as Tale, wifi } from '../story.ts';

// Medium urgency: take-charge 2 h, contact 4 h, resolution 18 h of 8–12 and 13–18.
function clock(story: Story, name: ClockName, now: string) {
  const view = slaClocks(story.now, policy, calendar, at(now)).find((one) => one.clock === name);
  if (view === undefined) throw new Error(`no clock ${name}`);
  return view;
}
const hours = (count: number) => count * 3_600_000;
const supplier = { reason: 'supplier', detail: '', wakeAt: null };
const call = (outcome: string) => ({ outcome, number: '', startedAt: at('09:00'), duration: 0, note: '', callbackAt: null });
const release = { reason: 'x', seenHolderId: 'amira' };

describe('take-charge', () => {
  test('runs from the opening while the ticket is in the pool, over the lunch break', () => {
    const story = new Tale();
    story.do('remi', 'open', wifi, '11:00');
    expect(clock(story, 'takeCharge', '11:30')).toEqual({
      clock: 'takeCharge',
      state: 'running',
      targetMinutes: 120,
      usedMs: hours(0.5),
      asOf: at('11:30'),
      open: true,
      dueAt: at('14:00'),
      soonAt: at('13:36'),
      endedAt: null,
      breachedAt: null,
      reportedLate: false,
    });
    expect(clock(story, 'takeCharge', '12:30')).toMatchObject({ open: false, usedMs: hours(1), state: 'running' });
  });
  test('is met by a claim in time, missed by a late one, and missed but still running while it is late', () => {
    expect(clock(heldByAmira(), 'takeCharge', '15:00')).toMatchObject({ state: 'met', usedMs: hours(0.5), endedAt: at('09:30') });
    const late = inPool();
    expect(clock(late, 'takeCharge', '11:01')).toMatchObject({ state: 'missed', endedAt: null, open: true });
    late.do('amira', 'claim', {}, '11:30');
    expect(clock(late, 'takeCharge', '15:00')).toMatchObject({ state: 'missed', endedAt: at('11:30'), dueAt: at('11:00') });
  });
  test('a claim at the very deadline is in time', () => {
    const story = inPool();
    story.do('amira', 'claim', {}, '11:00');
    expect(clock(story, 'takeCharge', '12:00').state).toBe('met');
  });
  test('each return to the pool has a full target; all must be met', () => {
    const story = heldByAmira();
    story.do('amira', 'release', release, '10:00');
    expect(clock(story, 'takeCharge', '10:00')).toMatchObject({ state: 'running', usedMs: 0, dueAt: at('12:00') });
    story.do('bruno', 'claim', {}, '15:00');
    expect(clock(story, 'takeCharge', '16:00').state).toBe('missed');
    story.do('bruno', 'release', { ...release, seenHolderId: 'bruno' }, '16:00');
    story.do('amira', 'claim', {}, '16:10');
    expect(clock(story, 'takeCharge', '17:00').state).toBe('missed');
  });
});

describe('contact', () => {
  test('starts with the first holder and is met by the first call that reached somebody', () => {
    expect(clock(inPool(), 'contact', '10:00')).toMatchObject({ state: 'pending', dueAt: null });
    const story = heldByAmira();
    expect(clock(story, 'contact', '10:00')).toMatchObject({ state: 'running', dueAt: at('14:30'), usedMs: hours(0.5) });
    story.do('bruno', 'log_call', call('reached'), '10:30');
    expect(clock(story, 'contact', '17:00')).toMatchObject({ state: 'met', endedAt: at('10:30'), usedMs: hours(1) });
  });
  test('a call before the claim meets it at 0', () => {
    const story = inPool();
    story.do('amira', 'log_call', call('reached'), '09:10');
    expect(clock(story, 'contact', '09:20')).toMatchObject({ state: 'met', usedMs: 0, endedAt: at('09:10') });
    story.do('amira', 'claim', {}, '09:30');
    expect(clock(story, 'contact', '09:40')).toMatchObject({ state: 'met', usedMs: 0 });
  });
  test('release and reassignment neither stop nor restart it', () => {
    const story = heldByAmira();
    story.do('amira', 'release', release, '10:00');
    story.do('bruno', 'claim', {}, '11:00');
    expect(clock(story, 'contact', '11:00')).toMatchObject({ state: 'running', dueAt: at('14:30') });
  });
  test('resolved unreached is waived before the deadline and missed after it', () => {
    expect(clock(resolvedByAmira(), 'contact', '12:00')).toMatchObject({ state: 'waived', endedAt: at('11:00') });
    const late = heldByAmira();
    late.do('amira', 'resolve', { text: 'x', code: 'solved' }, '15:00');
    expect(clock(late, 'contact', '16:00').state).toBe('missed');
  });
  test('waiting for the beneficiary without an attempt leaves it running, any other wait pauses it', () => {
    const idle = heldByAmira();
    idle.do('amira', 'wait', { ...supplier, reason: 'beneficiary' }, '10:00');
    expect(clock(idle, 'contact', '11:00')).toMatchObject({ state: 'running', dueAt: at('14:30') });
    expect(clock(idle, 'resolution', '11:00').state).toBe('paused');
    expect(dueOf(idle.now, policy, calendar, at('11:00'))).toMatchObject({ state: 'running', clock: 'contact' });
    idle.do('amira', 'log_call', call('no_answer'), '11:00');
    expect(clock(idle, 'contact', '11:30')).toMatchObject({ state: 'paused', dueAt: null, usedMs: hours(1.5) });
  });
  test('a refusal starts it anew with a full target', () => {
    const story = resolvedByAmira();
    story.do('bea', 'refuse', { reason: 'x' }, '14:00');
    expect(clock(story, 'contact', '14:00')).toMatchObject({ state: 'running', usedMs: 0, dueAt: at('18:00') });
  });
});

describe('resolution', () => {
  test('while paused there is a remainder, no deadline; then the deadline has moved by the open time of the pause', () => {
    const story = heldByAmira();
    expect(clock(story, 'resolution', '10:00').dueAt).toBe(at('+2 09:00'));
    story.do('amira', 'wait', supplier, '11:00');
    const paused = clock(story, 'resolution', '15:00');
    expect(paused).toMatchObject({ state: 'paused', dueAt: null, soonAt: null, usedMs: hours(2), open: false });
    expect(dueOf(story.now, policy, calendar, at('15:00'))).toEqual({ state: 'paused', remainingMs: hours(2.5) });
    story.do('amira', 'resume', {}, '15:00');
    // Three open hours: 11–12 and 13–15.
    expect(clock(story, 'resolution', '15:00')).toMatchObject({ state: 'running', usedMs: hours(2), dueAt: at('+2 12:00') });
  });
  test('solved time is not charged, and one target covers all rounds', () => {
    const story = resolvedByAmira();
    expect(clock(story, 'resolution', '+1 12:00')).toMatchObject({ state: 'met', usedMs: hours(2), endedAt: at('11:00') });
    story.do('bea', 'refuse', { reason: 'x' }, '+1 09:00');
    expect(clock(story, 'resolution', '+1 10:00')).toMatchObject({ state: 'running', usedMs: hours(3), dueAt: at('+2 17:00') });
  });
  test('a breach is not taken back by a pause that comes after it', () => {
    const story = heldByAmira();
    story.do('amira', 'wait', supplier, '+2 10:00');
    expect(clock(story, 'resolution', '+2 11:00')).toMatchObject({ state: 'missed', endedAt: null, dueAt: at('+2 09:00'), open: false });
    expect(dueOf(story.now, policy, calendar, at('+2 11:00'))).toEqual({ state: 'paused', remainingMs: 0 });
  });
  test('a change of urgency keeps the start and takes the new target', () => {
    const story = heldByAmira();
    story.do('amira', 'set_urgency', { importance: 'site', relevance: 'blocked', override: null, seenUrgency: 'medium' }, '10:00');
    expect(clock(story, 'resolution', '10:00')).toMatchObject({ targetMinutes: 240, usedMs: hours(1), dueAt: at('14:00') });
  });
});

test('cancelling ends all clocks unjudged', () => {
  const story = inPool();
  story.do('remi', 'cancel', { reason: 'x' }, '17:00');
  const views = slaClocks(story.now, policy, calendar, at('+1 09:00'));
  expect(views.map((one) => one.state)).toEqual(['ended', 'ended', 'ended']);
  expect(dueOf(story.now, policy, calendar, at('+1 09:00'))).toEqual({ state: 'none' });
});

test('what is due is the next deadline among the clocks that run', () => {
  expect(dueOf(inPool().now, policy, calendar, at('09:10'))).toEqual({
    state: 'running',
    clock: 'takeCharge',
    dueAt: at('11:00'),
    soonAt: at('10:36'),
  });
  expect(dueOf(heldByAmira().now, policy, calendar, at('09:40'))).toMatchObject({ clock: 'contact', dueAt: at('14:30') });
  expect(dueOf(resolvedByAmira().now, policy, calendar, at('12:00'))).toEqual({ state: 'none' });
});
