/**
 * `deadlines`: when 100,000 targets of 30 business days are used up, from starts all over a year on four calendars, from text to text. The
 * limit is the same without a calendar: the target added to the start.
 */
import type { Schedule } from '#shared/domain/model.ts';
import { dueMs } from '#shared/domain/sla/business-time.ts';
import { figure } from './figures.ts';
import type { Measurement } from './measurement.ts';

const DEADLINES = 100_000;
const ROUNDS = 5;
/** Eight hours a day. */
const TARGET_MS = 30 * 8 * 3_600_000;
const YEAR_MS = 365 * 86_400_000;

export const deadlines: Measurement = {
  names: ['deadlines'],
  run: async () => {
    const schedules = ['Europe/Paris', 'America/Montreal', 'Europe/London', 'Africa/Tunis'].map(calendarOf);
    const from = Date.UTC(2026, 0, 1);
    const starts = Array.from({ length: DEADLINES }, (_, i) => new Date(from + Math.floor((i * YEAR_MS) / DEADLINES)).toISOString());
    const due = (start: string, i: number) => dueMs(schedules[i % schedules.length] as Schedule, Date.parse(start), TARGET_MS) ?? 0;
    const plain = (start: string) => Date.parse(start) + TARGET_MS;
    return [figure('deadlines', Math.max(...rounds(starts, due)), Math.max(...rounds(starts, plain)))];
  },
};

function calendarOf(timeZone: string): Schedule {
  const day: [string, string][] = [
    ['08:30', '12:00'],
    ['13:30', '18:00'],
  ];
  const holidays = ['2026-01-01', '2026-05-01', '2026-05-08', '2026-07-14', '2026-12-25', '2027-01-01'];
  return { timeZone, hours: { mon: day, tue: day, wed: day, thu: day, fri: day }, holidays };
}

/** Ms of each round, the first of which also fills what is kept of a calendar. */
function rounds(starts: readonly string[], due: (start: string, index: number) => number): number[] {
  return Array.from({ length: ROUNDS }, () => {
    const began = performance.now();
    let letters = 0;
    for (const [index, start] of starts.entries()) letters += new Date(due(start, index)).toISOString().length;
    if (letters !== starts.length * 24) throw new Error('a deadline was not found');
    return performance.now() - began;
  });
}
