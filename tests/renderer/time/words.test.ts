import { describe, expect, test } from 'vitest';
import type { Due } from '#shared/contract/sla.ts';
import { clockWords, dayHeading, dueWords, durationWords, exactWords, instantWords, timeWords } from '../../../renderer/time/words.ts';

const fr = { language: 'fr', timeZone: 'Europe/Paris' } as const;
const en = { language: 'en', timeZone: 'Europe/Paris' } as const;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Monday 4 May 2026, 11:07 in Paris. */
const now = Date.parse('2026-05-04T09:07:00.000Z');
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

describe('a duration', () => {
  test.each([
    [0, '1 min', '1 min'],
    [20_000, '1 min', '1 min'],
    [8 * MINUTE, '8 min', '8 min'],
    [59 * MINUTE + 1, '1 h', '1 h'],
    [65 * MINUTE, '1 h 05', '1 h 05'],
    [3 * HOUR, '3 h', '3 h'],
    [27 * HOUR + 40 * MINUTE, '27 h 40', '27 h 40'],
  ])('of %i ms is said %s, %s', (length, french, english) => {
    expect(plain(durationWords(length, fr))).toBe(french);
    expect(plain(durationWords(length, en))).toBe(english);
  });
});

test('a French duration does not break between figure and unit', () => {
  expect(durationWords(8 * MINUTE, fr)).toBe('8\u00a0min');
});

describe('an instant', () => {
  test.each([
    ['2026-05-04T12:00:00.000Z', '14:00', '14:00'],
    ['2026-05-04T05:05:00.000Z', '7:05', '7:05'],
    ['2026-05-03T22:05:00.000Z', '0:05', '0:05'],
    ['2026-05-05T07:20:00.000Z', 'demain 9:20', 'tomorrow 9:20'],
    ['2026-05-03T07:20:00.000Z', 'hier 9:20', 'yesterday 9:20'],
    ['2026-05-06T07:00:00.000Z', 'mer. 9:00', 'Wed 9:00'],
    ['2026-03-12T08:05:00.000Z', '12 mars 9:05', '12 Mar 9:05'],
    ['2025-12-08T08:05:00.000Z', '8 déc. 2025 9:05', '8 Dec 2025 9:05'],
  ])('%s is said %s, %s', (instant, french, english) => {
    expect(plain(instantWords(instant, now, fr))).toBe(french);
    expect(plain(instantWords(instant, now, en))).toBe(english);
  });

  test('is tomorrow by the calendar and not by 24 hours', () => {
    const lateEvening = Date.parse('2026-05-04T21:50:00.000Z'); // 23:50
    expect(plain(instantWords('2026-05-04T22:10:00.000Z', lateEvening, fr))).toBe('demain 0:10');
  });

  test('keeps its day over a change of clocks', () => {
    const beforeSpring = Date.parse('2026-03-28T22:30:00.000Z'); // Saturday 23:30, clocks change on Sunday
    expect(plain(instantWords('2026-03-29T21:30:00.000Z', beforeSpring, fr))).toBe('demain 23:30');
  });

  test('is exact in the tooltip', () => {
    expect(plain(exactWords('2026-05-04T09:15:00.000Z', fr))).toBe('lundi 4 mai 2026 à 11:15');
    expect(plain(exactWords('2026-05-04T09:15:00.000Z', en))).toBe('Monday 4 May 2026 at 11:15');
  });

  test('is read in the zone that is asked for', () => {
    expect(timeWords('2026-05-04T09:15:00.000Z', { language: 'fr', timeZone: 'America/Toronto' })).toBe('5:15');
  });
});

describe('a heading', () => {
  test.each([
    ['2026-05-04T15:00:00.000Z', 'Aujourd’hui, lundi 4 mai', 'Today, Monday 4 May'],
    ['2026-05-05T07:00:00.000Z', 'Demain, mardi 5 mai', 'Tomorrow, Tuesday 5 May'],
    ['2026-05-07T12:00:00.000Z', 'Jeudi 7 mai', 'Thursday 7 May'],
  ])('for %s is %s, %s', (instant, french, english) => {
    expect(dayHeading(instant, now, fr)).toBe(french);
    expect(dayHeading(instant, now, en)).toBe(english);
  });
});

describe('a deadline', () => {
  const due = (minutes: number, soonMinutes: number): Due => ({
    state: 'running',
    clock: 'contact',
    dueAt: new Date(now + minutes * MINUTE).toISOString(),
    soonAt: new Date(now + soonMinutes * MINUTE).toISOString(),
  });
  test.each<[string, Due, string, string, string]>([
    ['far, later today', due(346, 300), 'ok', '5 h 46', '5 h 46'],
    ['at 80 %', due(8, 0), 'soon', '8 min', '8 min'],
    ['tomorrow', due(22 * 60 + 13, 1000), 'ok', 'demain 9:20', 'tomorrow 9:20'],
    ['past by a breath', due(-0.5, -10), 'late', 'en retard', 'late'],
    ['past', due(-12, -30), 'late', 'retard 12 min', '12 min late'],
    ['past by hours', due(-125, -200), 'late', 'retard 2 h 05', '2 h 05 late'],
    ['past by days', due(-3 * 24 * 60 - 5, -5000), 'late', 'retard 3 j', '3 d late'],
    ['paused', { state: 'paused', remainingMs: 130 * MINUTE }, 'paused', 'reste 2 h 10', '2 h 10 left'],
    ['paused when it was past', { state: 'paused', remainingMs: -12 * MINUTE }, 'paused', 'dépassé de 12 min', 'over by 12 min'],
    ['none', { state: 'none' }, 'none', '', ''],
  ])('%s: %j', (_name, value, tone, french, english) => {
    expect(dueWords(value, now, fr)).toMatchObject({ tone });
    expect(plain(dueWords(value, now, fr).text)).toBe(french);
    expect(plain(dueWords(value, now, en).text)).toBe(english);
  });

  test('names its clock and its exact instant', () => {
    expect(plain(dueWords(due(8, 0), now, fr).title)).toBe('Contact avant le lundi 4 mai 2026 à 11:15');
  });

  test('shows no deadline while paused', () => {
    expect(plain(dueWords({ state: 'paused', remainingMs: HOUR }, now, fr).title)).toBe('En pause : reste 1 h');
  });
});

test.each([
  [0, '0:00'],
  [42_900, '0:42'],
  [725_000, '12:05'],
  [3_725_000, '1:02:05'],
])('a running call of %i ms shows %s', (length, text) => expect(clockWords(length)).toBe(text));
