import { expect, test } from 'vitest';
import { dayWords, durationWords, instantWords, shortWords, type When } from '../../../portal/time/words.ts';

// A Monday, 14:00 in Paris.
const fr: When = { language: 'fr', timeZone: 'Europe/Paris', now: '2026-05-04T12:00:00.000Z' };
const en: When = { ...fr, language: 'en' };

test.each([
  ['2026-05-04T12:20:00.000Z', 'aujourd’hui à 14:20', '14:20'],
  ['2026-05-05T07:05:00.000Z', 'demain à 9:05', 'demain 9:05'],
  // Past midnight there, still the same day in UTC.
  ['2026-05-04T22:30:00.000Z', 'demain à 0:30', 'demain 0:30'],
  ['2026-05-03T08:42:00.000Z', 'hier à 10:42', '3 mai 10:42'],
  ['2026-05-07T13:30:00.000Z', 'jeudi 7 mai à 15:30', 'jeudi 15:30'],
  ['2026-05-12T07:00:00.000Z', '12 mai à 9:00', '12 mai 9:00'],
  ['2025-12-08T08:00:00.000Z', '8 décembre 2025 à 9:00', '8 décembre 2025 9:00'],
])('%s is %s', (instant, long, short) => {
  expect([instantWords(instant, fr), shortWords(instant, fr)]).toEqual([long, short]);
});

test('in English, and in the zone of the site', () => {
  expect(instantWords('2026-05-04T12:20:00.000Z', en)).toBe('today at 14:20');
  expect(instantWords('2026-05-04T12:20:00.000Z', { ...en, timeZone: 'America/Martinique' })).toBe('today at 8:20');
  expect(dayWords('2026-04-21T10:00:00.000Z', en)).toBe('21 April');
});

test.each([
  [15, '15 minutes'],
  [1, '1 minute'],
  [60, '1 heure ouvrée'],
  [480, '8 heures ouvrées'],
  [90, '1\u00a0h 30 ouvrées'],
])('%i opening minutes are %s', (minutes, words) => expect(durationWords(minutes, fr)).toBe(words));
