/**
 * A clock as a start, an end and the intervals in between that are not charged. Everything about a deadline is computed from
 * these, the explanation too, so that they cannot disagree. All instants are ms.
 */
import type { Schedule, WaitReason } from '../model.ts';
import { dueMs, openMsBetween } from './business-time.ts';

/** Not charged; `to` null: still so. */
export interface Exclusion {
  from: number;
  to: number | null;
  kind: 'pause' | 'resolved';
  reason: WaitReason | null;
}
export interface Stretches {
  start: number;
  /** Done, resolved or ended; null while the clock runs or is paused. */
  end: number | null;
  /** In order, none overlapping. */
  exclusions: readonly Exclusion[];
}
export interface Usage {
  usedMs: number;
  /** When the target is (or will be) used up; null while paused, or when the calendar never opens that long. */
  dueMs: number | null;
  paused: boolean;
}

/** In order and cut where they overlap; what ends before it begins is left out. */
export function inOrder(exclusions: readonly Exclusion[]): Exclusion[] {
  const sorted = [...exclusions].sort((a, b) => a.from - b.from);
  const result: Exclusion[] = [];
  let reached = Number.NEGATIVE_INFINITY;
  for (const one of sorted) {
    const from = Math.max(one.from, reached);
    const to = one.to ?? Number.POSITIVE_INFINITY;
    if (to <= from) continue;
    result.push({ ...one, from });
    reached = to;
  }
  return result;
}

/** The charged intervals [from, to) from the start on; the last one is open-ended unless the clock is paused for good. */
export function charged({ start, exclusions }: Pick<Stretches, 'start' | 'exclusions'>): { from: number; to: number | null }[] {
  const result: { from: number; to: number | null }[] = [];
  let from: number | null = start;
  for (const one of exclusions) {
    if (from === null) break;
    if (one.from > from) result.push({ from, to: one.from });
    from = one.to === null ? null : Math.max(from, one.to);
  }
  if (from !== null) result.push({ from, to: null });
  return result;
}

/** Open time used up to an instant that is not before the start. */
export function usedUntil(schedule: Schedule, stretches: Stretches, untilMs: number): number {
  let used = 0;
  for (const { from, to } of charged(stretches)) {
    if (from >= untilMs) break;
    used += openMsBetween(schedule, from, Math.min(to ?? untilMs, untilMs));
  }
  return used;
}

/** When an amount of open time is used up; null while the pause goes on that keeps it from that. */
export function usedUpMs(schedule: Schedule, stretches: Stretches, amountMs: number): number | null {
  let left = amountMs;
  for (const { from, to } of charged(stretches)) {
    const due = dueMs(schedule, from, left);
    if (to === null) return due;
    if (due !== null && due <= to) return due;
    left -= openMsBetween(schedule, from, to);
  }
  return null;
}
