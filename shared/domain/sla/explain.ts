/** Why a deadline is where it is: the same intervals that it is computed from, piece by piece. */
import type { Explanation, WhySummary } from '../../contract/sla.ts';
import { instantOf, msOf } from '../instant.ts';
import type { Calendar, Instant, Policy, Ticket } from '../model.ts';
import { openMsBetween } from './business-time.ts';
import { shownClock, targetsOf } from './clocks.ts';
import { type ClockName, judgedFacts } from './facts.ts';
import { hoursOf } from './hours.ts';
import { usedUpMs } from './stretches.ts';

type Segment = Explanation['segments'][number];
interface Piece {
  from: number;
  to: number;
  kind: Segment['kind'];
  reason: Segment['reason'];
}

interface Course {
  targetMinutes: number;
  /** ms; null: the calendar never opens that long. */
  due: number | null;
  pieces: Piece[];
}

/** From the clock's start to its deadline, and on to its end (or to now) when that is later; undefined: it has not begun. */
function courseOf(ticket: Ticket, clock: ClockName, policy: Policy, calendar: Calendar, now: Instant): Course | undefined {
  const shown = shownClock(ticket, clock, policy, calendar, now);
  if (shown === undefined) return undefined;
  const targetMinutes = shown.verdict?.targetMinutes ?? targetsOf(ticket, policy)[clock];
  const facts = judgedFacts(shown.facts);
  const { exclusions } = facts;
  const until = Math.max(facts.start, facts.end ?? msOf(now));
  const due = usedUpMs(calendar.schedule, facts, targetMinutes * 60_000);
  const to = Math.max(until, due ?? until);
  const pieces: Piece[] = [];
  let from = facts.start;
  for (const one of exclusions) {
    if (one.from >= to) break;
    const start = Math.max(one.from, from);
    const end = Math.min(one.to ?? to, to);
    if (end <= start) continue;
    addCalendar(pieces, calendar, from, start);
    pieces.push({ from: start, to: end, kind: one.kind, reason: one.reason });
    from = end;
  }
  addCalendar(pieces, calendar, from, to);
  return { targetMinutes, due, pieces: cutAt(pieces, due) };
}

function openMsOf({ from, to, kind }: Piece, calendar: Calendar): number {
  return kind === 'closed' || kind === 'holiday' ? 0 : openMsBetween(calendar.schedule, from, to);
}

/**
 * Segments from the clock's start to its deadline, and on to its end (or to now) when that is later. There is always a cut at
 * the deadline: the open parts before it sum to the target. While paused they end now, and sum to what is used.
 */
export function explain(ticket: Ticket, clock: ClockName, policy: Policy, calendar: Calendar, now: Instant): Explanation {
  const course = courseOf(ticket, clock, policy, calendar, now);
  if (course === undefined) return { clock, targetMinutes: targetsOf(ticket, policy)[clock], dueAt: null, segments: [] };
  const { targetMinutes, due, pieces } = course;
  return {
    clock,
    targetMinutes,
    dueAt: due === null ? null : instantOf(due),
    segments: pieces.map((piece) => ({
      from: instantOf(piece.from),
      to: instantOf(piece.to),
      kind: piece.kind,
      reason: piece.reason,
      openMs: openMsOf(piece, calendar),
    })),
  };
}

/**
 * What of that lies before `now`, summed up; null where nothing has begun. Each ticket that is looked at has one: of a ticket of months it
 * writes down no day that it does not tell.
 */
export function whySummary(ticket: Ticket, clock: ClockName, policy: Policy, calendar: Calendar, now: Instant): WhySummary | null {
  const course = courseOf(ticket, clock, policy, calendar, now);
  const first = course?.pieces[0];
  if (course === undefined || first === undefined) return null;
  const past = course.pieces.filter(({ from }) => from < msOf(now));
  const open = (kind: Segment['kind']) => past.filter((one) => one.kind === kind).reduce((sum, one) => sum + openMsOf(one, calendar), 0);
  return {
    targetMinutes: course.targetMinutes,
    from: instantOf(first.from),
    pausedMs: open('pause'),
    resolvedMs: open('resolved'),
    holidays: past.filter(({ kind }) => kind === 'holiday').map(({ from }) => instantOf(from)),
  };
}

/** Open and closed pieces of the calendar; closed ones on a holiday are told apart. */
function addCalendar(pieces: Piece[], calendar: Calendar, from: number, to: number): void {
  if (to <= from) return;
  const hours = hoursOf(calendar.schedule);
  let reached = from;
  const last = hours.dayAt(to);
  const add = (end: number, kind: Segment['kind']) => {
    const stop = Math.min(end, to);
    if (stop <= reached) return;
    const before = pieces.at(-1);
    if (before !== undefined && before.kind === kind && before.to === reached) before.to = stop;
    else pieces.push({ from: reached, to: stop, kind, reason: null });
    reached = stop;
  };
  for (let number = hours.dayAt(from) - 1; number <= last; number += 1) {
    const day = hours.day(number);
    const shut = day.holiday ? 'holiday' : 'closed';
    for (let i = 0; i < day.open.length; i += 2) {
      add(day.open[i] as number, shut);
      add(day.open[i + 1] as number, 'open');
    }
    add(day.end, shut);
  }
}

function cutAt(pieces: readonly Piece[], at: number | null): Piece[] {
  if (at === null) return [...pieces];
  return pieces.flatMap((piece) =>
    piece.from < at && at < piece.to
      ? [
          { ...piece, to: at },
          { ...piece, from: at },
        ]
      : [piece],
  );
}
