/** A schedule as UTC intervals, a local date at a time, with sums of them that are kept. Instants are ms since 1970. */
import type { Schedule } from '../model.ts';
import { type Zone, zoneOf } from './zone.ts';

const DAY_MS = 86_400_000;
const KEPT_DAYS = 20_000;
const KEPT_SCHEDULES = 500;
const weekdays = ['thu', 'fri', 'sat', 'sun', 'mon', 'tue', 'wed'] as const; // 1970-01-01 was a Thursday

/** One local date: its midnights and its open intervals [from, to, from, to, …], all UTC. */
export interface Day {
  start: number;
  end: number;
  holiday: boolean;
  open: readonly number[];
}

/** Days of a block, whose sums are kept: a deadline is found by a search in them, however many days away it is. */
export const BLOCK_DAYS = 256;

export interface Hours {
  /** The local date's number since 1970-01-01 at an instant. */
  dayAt(atMs: number): number;
  day(number: number): Day;
  /** Open ms of the first 0, 1, … 256 days of the block that begins at day `number * 256`. */
  sums(number: number): Float64Array;
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
  const blocks = new Map<number, Float64Array>();
  function day(number: number): Day {
    let known = days.get(number);
    if (known === undefined) {
      if (days.size >= KEPT_DAYS) days.clear();
      const holiday = holidays.has(number);
      const pieces = holiday ? [] : (week[((number % 7) + 7) % 7] ?? []);
      known = dayOf(number, pieces, holiday, zone);
      days.set(number, known);
    }
    return known;
  }
  function sums(number: number): Float64Array {
    let known = blocks.get(number);
    if (known === undefined) {
      known = new Float64Array(BLOCK_DAYS + 1);
      for (let i = 0; i < BLOCK_DAYS; i += 1) known[i + 1] = (known[i] as number) + openMsOf(day(number * BLOCK_DAYS + i));
      blocks.set(number, known);
    }
    return known;
  }
  return {
    never: week.every((one) => one.length === 0),
    dayAt: (atMs) => Math.floor((atMs + zone.offsetAt(atMs)) / DAY_MS),
    day,
    sums,
  };
}

function openMsOf({ open }: Day): number {
  let sum = 0;
  for (let i = 0; i < open.length; i += 2) sum += (open[i + 1] as number) - (open[i] as number);
  return sum;
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
