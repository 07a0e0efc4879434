import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Schedule } from '#shared/domain/model.ts';
import { dueMs, isOpen, nextChangeMs, openMsBetween } from '#shared/domain/sla/business-time.ts';
import { schedule } from '../desk.ts';
import { at } from '../story.ts';

type Vector = { id: string; schedule: Schedule } & (
  | { kind: 'due'; start: string; minutes: number; due: string; dueEarliest: string; compatible: string }
  | { kind: 'elapsed'; from: string; to: string; seconds: number; compatible: number }
  | { kind: 'open'; at: string; open: boolean; compatible: boolean }
);
function vectors(file: string): Vector[] {
  const text = gunzipSync(readFileSync(new URL(`../../../fixtures/sla/${file}`, import.meta.url))).toString();
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Vector);
}
const instant = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString().replace('.000Z', 'Z'));
const answer = (vector: Vector) => {
  switch (vector.kind) {
    case 'due':
      return instant(dueMs(vector.schedule, Date.parse(vector.start), vector.minutes * 60_000));
    case 'elapsed':
      return openMsBetween(vector.schedule, Date.parse(vector.from), Date.parse(vector.to)) / 1000;
    case 'open':
      return isOpen(vector.schedule, Date.parse(vector.at));
  }
};

test('all 3,000 answers of the independent oracle are ours', () => {
  const wrong: unknown[] = [];
  const lines = vectors('vectors.jsonl.gz');
  for (const vector of lines) {
    const expected = vector.kind === 'due' ? vector.dueEarliest : vector.kind === 'elapsed' ? vector.seconds : vector.open;
    const got = answer(vector);
    if (got !== expected) wrong.push([vector.id, expected, got]);
  }
  expect(lines).toHaveLength(3000);
  expect(wrong).toEqual([]);
});

test('an end inside a clock change follows the compatible convention, in all three operations', () => {
  const wrong: unknown[] = [];
  const lines = vectors('vectors-flagged.jsonl.gz');
  for (const vector of lines) {
    let got = answer(vector);
    if (vector.kind === 'due') {
      // These lines give the next opening where the minutes are used up exactly at closing.
      const due = dueMs(vector.schedule, Date.parse(vector.start), vector.minutes * 60_000) as number;
      got = instant(isOpen(vector.schedule, due) ? due : nextChangeMs(vector.schedule, due));
    }
    if (got !== vector.compatible) wrong.push([vector.id, vector.compatible, got]);
  }
  expect(lines).toHaveLength(657);
  expect(wrong).toEqual([]);
});

test('it says when it opens and closes next', () => {
  const next = (time: string) => instant(nextChangeMs(schedule, Date.parse(at(time))));
  const short = (time: string) => at(time).replace('.000Z', 'Z');
  expect(next('09:00')).toBe(short('12:00'));
  expect(next('12:00')).toBe(short('13:00'));
  // Thursday evening: Friday 8 May is a holiday.
  expect(next('+3 18:00')).toBe(short('+7 08:00'));
});

test('pieces that touch over midnight are one opening; a calendar round the clock never changes, nor one without hours', () => {
  const all: [string, string][] = [['00:00', '24:00']];
  const days = { mon: all, tue: all, wed: all, thu: all, fri: all, sat: all, sun: all };
  const round: Schedule = { timeZone: 'Europe/Paris', hours: days, holidays: [] };
  const start = Date.parse(at('09:00'));
  expect(nextChangeMs(round, start)).toBeNull();
  expect(nextChangeMs({ ...round, holidays: ['2026-05-08'] }, start)).toBe(Date.parse('2026-05-07T22:00:00Z'));
  const never: Schedule = { timeZone: 'UTC', hours: {}, holidays: [] };
  expect(nextChangeMs(never, start)).toBeNull();
  expect(dueMs(never, start, 60_000)).toBeNull();
  expect(dueMs(never, start, 0)).toBe(start);
});

test('a calendar that is edited is not answered from memory', () => {
  const start = Date.parse(at('09:00'));
  expect(isOpen(schedule, start)).toBe(true);
  expect(isOpen({ ...schedule, holidays: ['2026-05-04'] }, start)).toBe(false);
  expect(isOpen({ ...schedule, hours: {} }, start)).toBe(false);
});

test('the due instant is the earliest at which the amount is used up, on every schedule', () => {
  const schedules = vectors('vectors.jsonl.gz')
    .filter((_, index) => index % 40 === 0)
    .map((one) => one.schedule);
  const start = fc.integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2027, 11, 1) });
  const amount = fc.integer({ min: 1, max: 3_000_000 }).map((seconds) => seconds * 1000);
  fc.assert(
    fc.property(fc.constantFrom(...schedules), start, amount, (one, startMs, amountMs) => {
      const due = dueMs(one, startMs, amountMs);
      if (due === null) return;
      expect(openMsBetween(one, startMs, due)).toBe(amountMs);
      expect(openMsBetween(one, startMs, due - 1)).toBe(amountMs - 1);
    }),
    { numRuns: 500 },
  );
});
