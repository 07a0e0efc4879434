/**
 * Opening hours as UTC intervals, and arithmetic on them: is it open, how much open time between two instants, when is an amount
 * of open time used up. Instants are ms since 1970, amounts are real elapsed ms (a 25-hour day of a 24x7 calendar has 25 hours).
 */
import type { Schedule } from '../model.ts';
import { type Zone, zoneOf } from './zone.ts';

const DAY_MS = 86_400_000;
/** A calendar that has not opened often enough by then never will: a due date further away helps nobody. */
const HORIZON_DAYS = 20 * 366;
const KEPT_DAYS = 20_000;
const KEPT_SCHEDULES = 500;
const weekdays = ['thu', 'fri', 'sat', 'sun', 'mon', 'tue', 'wed'] as const; // 1970-01-01 was a Thursday

/** One local date: its midnights and its open intervals [from, to, from, to, …], all UTC. */
interface Day {
  start: number;
  end: number;
  holiday: boolean;
  open: readonly number[];
}

export interface Hours {
  /** The local date's number since 1970-01-01 at an instant. */
  dayAt(atMs: number): number;
  day(number: number): Day;
  /** No weekday has hours. */
  never: boolean;
}

// Rows are parsed anew at every hop, so equal schedules are recognised by their text as well. Only a memory of pure results.
const byObject = new WeakMap<Schedule, Hours>();
const byText = new Map<string, Hours>();

export function hoursOf(schedule: Schedule): Hours {
  const known = byObject.get(schedule);
  if (known !== undefined) return known;
  const text = JSON.stringify([schedule.timeZone, weekdays.map((name) => schedule.hours[name] ?? []), schedule.holidays]);
  let hours = byText.get(text);
  if (hours === undefined) {
    if (byText.size >= KEPT_SCHEDULES) byText.clear();
    hours = compile(schedule);
    byText.set(text, hours);
  }
  byObject.set(schedule, hours);
  return hours;
}

function compile(schedule: Schedule): Hours {
  const zone = zoneOf(schedule.timeZone);
  const week = weekdays.map((name) => (schedule.hours[name] ?? []).map(([from, to]) => [timeOfDay(from), timeOfDay(to)] as const));
  const holidays = new Set(schedule.holidays.map((date) => Math.floor(Date.parse(`${date}T00:00:00Z`) / DAY_MS)));
  const days = new Map<number, Day>();
  return {
    never: week.every((one) => one.length === 0),
    dayAt: (atMs) => Math.floor((atMs + zone.offsetAt(atMs)) / DAY_MS),
    day(number) {
      let day = days.get(number);
      if (day === undefined) {
        if (days.size >= KEPT_DAYS) days.clear();
        const holiday = holidays.has(number);
        const pieces = holiday ? [] : (week[((number % 7) + 7) % 7] ?? []);
        day = dayOf(number, pieces, holiday, zone);
        days.set(number, day);
      }
      return day;
    },
  };
}

function dayOf(number: number, pieces: readonly (readonly [number, number])[], holiday: boolean, zone: Zone): Day {
  const midnight = number * DAY_MS;
  const open: number[] = [];
  for (const [fromTime, toTime] of pieces) {
    const from = zone.utcOf(midnight + fromTime);
    const to = zone.utcOf(midnight + toTime);
    if (to <= from) continue;
    // Touching pieces are one interval; so are pieces that a gap (which moves an end inside it forward) makes overlap.
    const last = open.at(-1);
    if (last === undefined || from > last) open.push(from, to);
    else open[open.length - 1] = Math.max(last, to);
  }
  return { start: zone.utcOf(midnight), end: zone.utcOf(midnight + DAY_MS), holiday, open };
}
/** "HH:MM" as ms since local midnight; "24:00" is the next midnight. */
function timeOfDay(text: string): number {
  const [hours, minutes] = text.split(':');
  return (Number(hours) * 60 + Number(minutes)) * 60_000;
}

/** The opening instant is open, the closing instant is closed. */
export function isOpen(schedule: Schedule, atMs: number): boolean {
  const hours = hoursOf(schedule);
  const today = hours.dayAt(atMs);
  // Where clocks go back over midnight an instant can lie in the interval of the date before.
  for (let number = today - 1; number <= today; number += 1) {
    const { open } = hours.day(number);
    for (let i = 0; i < open.length; i += 2) {
      if (atMs >= (open[i] as number) && atMs < (open[i + 1] as number)) return true;
    }
  }
  return false;
}

/** Open ms from one instant to a later one; 0 when they are in the wrong order. */
export function openMsBetween(schedule: Schedule, fromMs: number, toMs: number): number {
  if (toMs <= fromMs) return 0;
  const hours = hoursOf(schedule);
  let sum = 0;
  const last = hours.dayAt(toMs);
  for (let number = hours.dayAt(fromMs) - 1; number <= last; number += 1) {
    const { open } = hours.day(number);
    for (let i = 0; i < open.length; i += 2) {
      const from = Math.max(open[i] as number, fromMs);
      const to = Math.min(open[i + 1] as number, toMs);
      if (to > from) sum += to - from;
    }
  }
  return sum;
}

/**
 * The earliest instant at which the amount is used up: the closing instant itself when it is used up exactly there, the start
 * itself for nothing. Null when the calendar never opens that long.
 */
export function dueMs(schedule: Schedule, startMs: number, amountMs: number): number | null {
  if (amountMs <= 0) return startMs;
  const hours = hoursOf(schedule);
  if (hours.never) return null;
  let left = amountMs;
  let first = hours.dayAt(startMs) - 1;
  for (let number = first; number <= first + HORIZON_DAYS; number += 1) {
    const { open } = hours.day(number);
    for (let i = 0; i < open.length; i += 2) {
      const from = Math.max(open[i] as number, startMs);
      const length = (open[i + 1] as number) - from;
      if (length <= 0) continue;
      if (left <= length) return from + left;
      left -= length;
      // A long amount on a calendar that does open is never out of reach.
      first = number;
    }
  }
  return null;
}

/** When open turns to closed or closed to open, after an instant; null when it never does. */
export function nextChangeMs(schedule: Schedule, atMs: number): number | null {
  const hours = hoursOf(schedule);
  if (hours.never) return null;
  const wasOpen = isOpen(schedule, atMs);
  const first = hours.dayAt(atMs) - 1;
  let end: number | null = null;
  for (let number = first; number <= first + HORIZON_DAYS; number += 1) {
    const { open, end: midnight } = hours.day(number);
    for (let i = 0; i < open.length; i += 2) {
      const from = open[i] as number;
      const to = open[i + 1] as number;
      if (to <= atMs) continue;
      if (!wasOpen) return from;
      // Pieces that touch over midnight are one opening.
      if (end !== null && from > end) return end;
      end = to;
    }
    if (end !== null && end < midnight) return end;
    // Round the clock for a year: it does not close in any time that matters.
    if (wasOpen && number > first + 366) return null;
  }
  return null;
}
