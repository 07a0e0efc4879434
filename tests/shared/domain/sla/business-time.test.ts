import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Schedule } from '#shared/domain/model.ts';
import { dueMs, isOpen, nextChangeMs, openMsBetween } from '#shared/domain/sla/business-time.ts';
import { answerTo, expectedOf, readVectors, type Vector } from '../../../../build/sla-vectors.ts';
import { schedule } from '../desk.ts';
import { at } from '../story.ts';

function vectors(file: string): Vector[] {
  return readVectors(new URL(`../../../fixtures/sla/${file}`, import.meta.url).pathname).map((line) => {
    if (typeof line === 'string') throw new Error(`not a line of vectors: ${line}`);
    return line;
  });
}
const wrong = (lines: readonly Vector[]) =>
  lines.flatMap((one) => (answerTo(one) === expectedOf(one) ? [] : [[one.id, expectedOf(one), answerTo(one)]]));
const instant = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString().replace('.000Z', 'Z'));

test('all 3,000 answers of the independent oracle are ours', () => {
  const lines = vectors('vectors.jsonl.gz');
  expect(lines).toHaveLength(3000);
  expect(wrong(lines)).toEqual([]);
});

test('an end inside a clock change follows the compatible convention, in all three operations', () => {
  const lines = vectors('vectors-flagged.jsonl.gz');
  expect(lines).toHaveLength(657);
  expect(wrong(lines)).toEqual([]);
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

/** Of every kind that the vectors have. */
const schedules = vectors('vectors.jsonl.gz')
  .filter((_, index) => index % 40 === 0)
  .map((one) => one.schedule);
const instants = fc.integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2027, 11, 1) });

test('the due instant is the earliest at which the amount is used up, on every schedule', () => {
  const amount = fc.integer({ min: 1, max: 30_000_000 }).map((seconds) => seconds * 1000);
  fc.assert(
    fc.property(fc.constantFrom(...schedules), instants, amount, (one, startMs, amountMs) => {
      const due = dueMs(one, startMs, amountMs);
      if (due === null) return;
      expect(openMsBetween(one, startMs, due)).toBe(amountMs);
      expect(openMsBetween(one, startMs, due - 1)).toBe(amountMs - 1);
    }),
    { numRuns: 500 },
  );
});

test('the open time of a long stretch is that of its parts, wherever it is cut', () => {
  const cuts = fc.array(instants, { minLength: 2, maxLength: 60 });
  fc.assert(
    fc.property(fc.constantFrom(...schedules), cuts, (one, unsorted) => {
      const sorted = [...unsorted].sort((a, b) => a - b);
      const parts = sorted.slice(1).map((to, index) => openMsBetween(one, sorted[index] as number, to));
      const whole = openMsBetween(one, sorted[0] as number, sorted.at(-1) as number);
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(whole);
    }),
    { numRuns: 300 },
  );
});

test('a calendar that opens one day in years is followed there, and one that opened for the last time is given up', () => {
  const start = Date.parse('2026-05-04T09:00:00Z');
  const days = (from: string, to: string) => {
    const dates: string[] = [];
    for (let ms = Date.parse(from); ms <= Date.parse(to); ms += 86_400_000) dates.push(new Date(ms).toISOString().slice(0, 10));
    return dates;
  };
  const rare: Schedule = { timeZone: 'UTC', hours: { wed: [['09:00', '10:00']] }, holidays: days('2026-05-01', '2031-12-31') };
  expect(instant(dueMs(rare, start, 90 * 60_000))).toBe('2032-01-14T09:30:00Z');
  const over: Schedule = { ...rare, holidays: days('2026-05-01', '2060-12-31') };
  expect(dueMs(over, start, 60_000)).toBeNull();
});
