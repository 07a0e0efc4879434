/** Whether now is a time at which nothing is told. */
import type { QuietTimes } from '#shared/contract/alerts.ts';
import type { Schedule } from '#shared/domain/model.ts';
import { hasHoursOn } from '#shared/domain/sla/business-time.ts';

export const neverQuiet: QuietTimes = { hours: null, closedDays: false, calls: false };

export interface Moment {
  nowMs: number;
  onCall: boolean;
  /** Of the person's own site; undefined: not known. */
  schedule: Schedule | undefined;
}

/** all: nothing is told; others: only a breach of one's own ticket is; no: everything is. */
export type Quiet = 'all' | 'others' | 'no';

export function quietAt(times: QuietTimes, { nowMs, onCall, schedule }: Moment): Quiet {
  if (times.calls && onCall) return 'all';
  if (times.hours && isWithin(times.hours, new Date(nowMs))) return 'others';
  return times.closedDays && schedule && !hasHoursOn(schedule, nowMs) ? 'others' : 'no';
}

/** Local time; where both ends are the same it is the whole day. */
function isWithin({ from, to }: NonNullable<QuietTimes['hours']>, now: Date): boolean {
  const time = `${String(now.getHours()).padStart(2, '0')}:${String(now.getMinutes()).padStart(2, '0')}`;
  return from < to ? time >= from && time < to : time >= from || time < to;
}
