import { expect, test } from 'vitest';
import type { Explanation } from '#shared/contract/sla.ts';
import { explain, whySummary } from '#shared/domain/sla/explain.ts';
import { calendar, policy } from '../desk.ts';
import { at, heldByAmira, inPool, resolvedByAmira, type Story } from '../story.ts';

const hours = (count: number) => count * 3_600_000;
const counted = ({ segments }: Explanation) => segments.filter(({ kind }) => kind === 'open').reduce((sum, one) => sum + one.openMs, 0);
function lines(story: Story, clock: 'takeCharge' | 'contact' | 'resolution', now: string) {
  const { segments } = explain(story.now, clock, policy, calendar, at(now));
  return segments.map(({ from, to, kind, reason, openMs }) => [from, to, kind, reason, openMs / 3_600_000]);
}

test('the deadline is told in open and closed pieces, pauses and solved time', () => {
  const story = heldByAmira();
  story.do('amira', 'wait', { reason: 'supplier', detail: '', wakeAt: null }, '10:00');
  story.do('amira', 'resume', {}, '11:00');
  story.do('amira', 'resolve', { text: 'x', code: 'solved' }, '14:00');
  story.do('bea', 'refuse', { reason: 'x' }, '15:00');
  expect(lines(story, 'resolution', '15:30')).toEqual([
    [at('09:00'), at('10:00'), 'open', null, 1],
    [at('10:00'), at('11:00'), 'pause', 'supplier', 1],
    [at('11:00'), at('12:00'), 'open', null, 1],
    [at('12:00'), at('13:00'), 'closed', null, 0],
    [at('13:00'), at('14:00'), 'open', null, 1],
    [at('14:00'), at('15:00'), 'resolved', null, 1],
    [at('15:00'), at('18:00'), 'open', null, 3],
    [at('18:00'), at('+1 08:00'), 'closed', null, 0],
    [at('+1 08:00'), at('+1 12:00'), 'open', null, 4],
    [at('+1 12:00'), at('+1 13:00'), 'closed', null, 0],
    [at('+1 13:00'), at('+1 18:00'), 'open', null, 5],
    [at('+1 18:00'), at('+2 08:00'), 'closed', null, 0],
    [at('+2 08:00'), at('+2 11:00'), 'open', null, 3],
  ]);
});

test('a holiday is told apart from a night', () => {
  const story = heldByAmira();
  story.do('amira', 'wait', { reason: 'supplier', detail: '', wakeAt: null }, '10:00');
  story.do('amira', 'resume', {}, '+3 17:00');
  const kinds = lines(story, 'resolution', '+3 17:30').slice(2);
  expect(kinds.slice(0, 4)).toEqual([
    [at('+3 17:00'), at('+3 18:00'), 'open', null, 1],
    [at('+3 18:00'), at('+4 00:00'), 'closed', null, 0],
    [at('+4 00:00'), at('+5 00:00'), 'holiday', null, 0],
    [at('+5 00:00'), at('+7 08:00'), 'closed', null, 0],
  ]);
});

test('late work is told beyond the deadline, with a cut at it', () => {
  const { segments, dueAt } = explain(inPool().now, 'takeCharge', policy, calendar, at('11:30'));
  expect(dueAt).toBe(at('11:00'));
  expect(segments.map((one) => [one.from, one.to, one.openMs])).toEqual([
    [at('09:00'), at('11:00'), hours(2)],
    [at('11:00'), at('11:30'), hours(0.5)],
  ]);
});

test('while paused there is no deadline, and the open parts sum to what is used', () => {
  const story = heldByAmira();
  story.do('amira', 'wait', { reason: 'appointment', detail: '', wakeAt: null }, '10:00');
  const told = explain(story.now, 'resolution', policy, calendar, at('17:00'));
  expect(told.dueAt).toBeNull();
  // Seven hours, of which the noon break is none of the calendar's.
  expect(told.segments.at(-1)).toMatchObject({ kind: 'pause', reason: 'appointment', to: at('17:00'), openMs: hours(6) });
  expect(counted(told)).toBe(hours(1));
});

test('a clock that has not started has nothing to tell; one that ended is told up to its deadline', () => {
  expect(lines(inPool(), 'contact', '10:00')).toEqual([]);
  const told = explain(resolvedByAmira().now, 'resolution', policy, calendar, at('+5 09:00'));
  expect(told.segments.at(-1)?.to).toBe(told.dueAt);
  expect(counted(told)).toBe(hours(18));
});

test('in short: what was counted from when, and what was kept out of the count by now', () => {
  const story = heldByAmira();
  story.do('amira', 'wait', { reason: 'supplier', detail: '', wakeAt: null }, '10:00');
  story.do('amira', 'resume', {}, '11:00');
  story.do('amira', 'resolve', { text: 'x', code: 'solved' }, '14:00');
  story.do('bea', 'refuse', { reason: 'x' }, '15:00');
  const summary = (now: string) => whySummary(story.now, 'resolution', policy, calendar, at(now));
  expect(summary('15:30')).toEqual({ targetMinutes: 1080, from: at('09:00'), pausedMs: hours(1), resolvedMs: hours(1), holidays: [] });
  expect(summary('+4 09:00')?.holidays).toEqual([at('+4 00:00')]);
  expect(whySummary(inPool().now, 'contact', policy, calendar, at('10:00'))).toBeNull();
});
