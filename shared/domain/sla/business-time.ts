/**
 * Opening hours as UTC intervals, and arithmetic on them: is it open, how much open time between two instants, when is an amount
 * of open time used up. Instants are ms since 1970, amounts are real elapsed ms (a 25-hour day of a 24x7 calendar has 25 hours).
 */
import type { Schedule } from '../model.ts';
import { BLOCK_DAYS, type Day, type Hours, hoursOf } from './hours.ts';

/** A calendar that has not opened often enough by then never will: a due date further away helps nobody. */
const HORIZON_DAYS = 20 * 366;
/** Nobody waits longer, and no instant is told beyond it. */
const LONGEST_DAYS = 100 * 366;

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

/** Whether it opens at all on the local date of an instant. */
export function hasHoursOn(schedule: Schedule, atMs: number): boolean {
  const hours = hoursOf(schedule);
  return hours.day(hours.dayAt(atMs)).open.length > 0;
}

/** Open ms from one instant to a later one; 0 when they are in the wrong order. */
export function openMsBetween(schedule: Schedule, fromMs: number, toMs: number): number {
  if (toMs <= fromMs) return 0;
  const hours = hoursOf(schedule);
  // Where clocks go back over midnight an instant can lie in the interval of the date before; what is between is whole days.
  const first = hours.dayAt(fromMs) - 1;
  const last = hours.dayAt(toMs);
  let sum = 0;
  for (let number = first; number <= Math.min(first + 1, last); number += 1) sum += openMsWithin(hours.day(number), fromMs, toMs);
  sum += openMsOfDays(hours, first + 2, last - 1);
  for (let number = Math.max(first + 2, last - 1); number <= last; number += 1) sum += openMsWithin(hours.day(number), fromMs, toMs);
  return sum;
}

/** Of whole days, the last one not included. */
function openMsOfDays(hours: Hours, from: number, to: number): number {
  let sum = 0;
  for (let number = from; number < to; ) {
    const block = Math.floor(number / BLOCK_DAYS);
    const start = block * BLOCK_DAYS;
    const end = Math.min(to, start + BLOCK_DAYS);
    const sums = hours.sums(block);
    sum += (sums[end - start] as number) - (sums[number - start] as number);
    number = end;
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
  const first = hours.dayAt(startMs) - 1;
  let left = amountMs;
  for (let number = first; number <= first + 1; number += 1) {
    const open = openMsWithin(hours.day(number), startMs, Number.POSITIVE_INFINITY);
    if (left <= open) return usedUpIn(hours.day(number), startMs, left);
    left -= open;
  }
  let opened = first;
  for (let number = first + 2; number <= Math.min(opened + HORIZON_DAYS, first + LONGEST_DAYS); ) {
    const block = Math.floor(number / BLOCK_DAYS);
    const start = block * BLOCK_DAYS;
    const sums = hours.sums(block);
    const before = sums[number - start] as number;
    const open = (sums[BLOCK_DAYS] as number) - before;
    if (left <= open) {
      const day = dayReaching(sums, before + left);
      return usedUpIn(hours.day(start + day), startMs, before + left - (sums[day] as number));
    }
    left -= open;
    number = start + BLOCK_DAYS;
    // A calendar that opens now and then still comes to an end of it.
    if (open > 0) opened = number;
  }
  return null;
}

/** The first day of a block at whose end the sum is reached. */
function dayReaching(sums: Float64Array, sum: number): number {
  let [low, high] = [0, BLOCK_DAYS - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sums[middle + 1] as number) >= sum) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** When an amount that the day has left after `startMs` is used up. */
function usedUpIn({ open }: Day, startMs: number, amountMs: number): number | null {
  let left = amountMs;
  for (let i = 0; i < open.length; i += 2) {
    const from = Math.max(open[i] as number, startMs);
    const length = (open[i + 1] as number) - from;
    if (length <= 0) continue;
    if (left <= length) return from + left;
    left -= length;
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

/** The part of it between two instants. */
function openMsWithin({ open }: Day, fromMs: number, toMs: number): number {
  let sum = 0;
  for (let i = 0; i < open.length; i += 2) {
    const from = Math.max(open[i] as number, fromMs);
    const to = Math.min(open[i + 1] as number, toMs);
    if (to > from) sum += to - from;
  }
  return sum;
}
