/** The three clocks of a ticket: computed from its facts whenever they are asked for, never stored. */
import type { ClockView, Due } from '../../contract/sla.ts';
import { instantOf, msOf } from '../instant.ts';
import type { Calendar, Instant, Policy, Schedule, Targets, Ticket } from '../model.ts';
import { isOpen } from './business-time.ts';
import { type ClockFacts, type ClockName, isPausedAt, judgedFacts, runningClocks, type StartedClock, startedClocks } from './facts.ts';
import { lateness } from './judge.ts';
import { usedUntil, usedUpMs } from './stretches.ts';

const MINUTE_MS = 60_000;
/** The part of the minutes after which a deadline is near. */
export const SOON_PART = 0.8;

/** What the clocks of a ticket are measured by; its policy in minutes of open time. */
export function targetsOf(ticket: Pick<Ticket, 'kind' | 'urgency'>, policy: Policy): Targets {
  return policy.targets[ticket.kind][ticket.urgency];
}

/**
 * Take-charge, contact, resolution, in this order. `missed` with `endedAt` null is a clock that is late and still runs (also
 * while it is paused: a breach is not taken back); `paused` has no deadline.
 */
export function slaClocks(ticket: Ticket, policy: Policy, calendar: Calendar, now: Instant): ClockView[] {
  const targets = targetsOf(ticket, policy);
  const at = { schedule: calendar.schedule, nowMs: msOf(now), now };
  const shown = (clock: ClockName) => shownOf(ticket, clock, targets[clock], at)?.view;
  return [
    shown('takeCharge') ?? pending('takeCharge', targets.takeCharge, at),
    shown('contact') ?? uncalled(ticket, targets.contact, at),
    shown('resolution') ?? pending('resolution', targets.resolution, at),
  ];
}

/** What of a clock is told, and so explained; undefined where nothing of it has started. */
export function shownClock(ticket: Ticket, clock: ClockName, policy: Policy, calendar: Calendar, now: Instant): StartedClock | undefined {
  const at = { schedule: calendar.schedule, nowMs: msOf(now), now };
  return shownOf(ticket, clock, targetsOf(ticket, policy)[clock], at)?.one;
}

interface At {
  schedule: Schedule;
  nowMs: number;
  now: Instant;
}

interface Shown {
  one: StartedClock;
  view: ClockView;
}
/** Contact is that of this round. Of stays in a pool the last one; all must be met: once it is, one before it that was not. */
function shownOf({ sla }: Ticket, clock: ClockName, target: number, at: At): Shown | undefined {
  const started = startedClocks(sla).filter((one) => one.clock === clock && (clock !== 'contact' || one.of === sla.rounds.length - 1));
  const all = started.map((one): Shown => ({ one, view: viewOf(one, target, at) }));
  const last = all.at(-1);
  if (last?.view.state !== 'met') return last;
  return all.find(({ view }) => view.state === 'missed') ?? all.find(({ view }) => view.reportedLate) ?? last;
}

/** Nobody held it or reached anybody. Resolved before anybody held it: nobody was to call, which is no breach. */
function uncalled({ sla }: Ticket, target: number, at: At): ClockView {
  const view = pending('contact', target, at);
  const resolvedAt = sla.rounds.at(-1)?.resolvedAt ?? null;
  if (resolvedAt !== null) return { ...view, state: 'waived', endedAt: resolvedAt };
  return sla.endedAt === null ? view : { ...view, state: 'ended', endedAt: sla.endedAt };
}

function pending(clock: ClockName, targetMinutes: number, { now }: At): ClockView {
  const none = { dueAt: null, soonAt: null, endedAt: null, breachedAt: null, reportedLate: false };
  return { clock, state: 'pending', targetMinutes, usedMs: 0, asOf: now, open: false, ...none };
}

/** What was judged is told as it was judged; the rest by the targets of today. */
function viewOf(one: StartedClock, today: number, at: At): ClockView {
  const { clock, facts, verdict } = one;
  const { schedule, nowMs, now } = at;
  const until = Math.max(facts.start, facts.end ?? nowMs);
  const charged = judgedFacts(facts);
  const targetMinutes = verdict?.targetMinutes ?? today;
  const targetMs = targetMinutes * MINUTE_MS;
  const due = usedUpMs(schedule, charged, targetMs);
  const soon = usedUpMs(schedule, charged, targetMs * SOON_PART);
  const paused = isPausedAt(facts, nowMs);
  const passedAt = due !== null && due < until ? instantOf(due) : null;
  const breachedAt = verdict?.breachedAt ?? (verdict === undefined || facts.end === null ? passedAt : null);
  const { isLate, reportedLate } = lateness(one);
  return {
    clock,
    state: stateOf(facts, paused, verdict === undefined ? passedAt !== null : isLate || (facts.end === null && passedAt !== null)),
    targetMinutes,
    usedMs: usedUntil(schedule, charged, until),
    asOf: now,
    open: facts.end === null && !paused && nowMs >= facts.start && isOpen(schedule, nowMs),
    dueAt: due === null ? null : instantOf(due),
    soonAt: soon === null ? null : instantOf(soon),
    endedAt: facts.end === null ? null : instantOf(facts.end),
    breachedAt,
    reportedLate,
  };
}

function stateOf({ ending }: ClockFacts, paused: boolean, late: boolean): ClockView['state'] {
  switch (ending) {
    case 'done':
      return late ? 'missed' : 'met';
    case 'unreached':
      return late ? 'missed' : 'waived';
    case 'unjudged':
      return 'ended';
    case null:
      if (late) return 'missed';
      return paused ? 'paused' : 'running';
  }
}

/**
 * The deadline that comes next among the clocks that run (it may have passed); what remains of the tightest one, at least 0,
 * while all are paused.
 */
export function dueOf(ticket: Ticket, policy: Policy, calendar: Calendar, now: Instant): Due {
  // Lists ask this for every row: only what is needed is walked, and the minutes used only while paused.
  const { schedule } = calendar;
  const targets = targetsOf(ticket, policy);
  const nowMs = msOf(now);
  let next: { clock: ClockName; facts: ClockFacts; due: number } | undefined;
  let remainingMs: number | undefined;
  for (const { clock, facts, verdict } of runningClocks(ticket.sla)) {
    const targetMs = (verdict?.targetMinutes ?? targets[clock]) * MINUTE_MS;
    if (isPausedAt(facts, nowMs)) {
      remainingMs = Math.min(remainingMs ?? Number.POSITIVE_INFINITY, targetMs - usedUntil(schedule, facts, nowMs));
      continue;
    }
    const breachedAt = verdict?.breachedAt ?? null;
    const due = breachedAt === null ? usedUpMs(schedule, facts, targetMs) : msOf(breachedAt);
    if (due !== null && (next === undefined || due < next.due)) next = { clock, facts, due };
  }
  if (next === undefined) return remainingMs === undefined ? { state: 'none' } : { state: 'paused', remainingMs: Math.max(remainingMs, 0) };
  const soon = usedUpMs(schedule, next.facts, targets[next.clock] * MINUTE_MS * SOON_PART) ?? next.due;
  return { state: 'running', clock: next.clock, dueAt: instantOf(next.due), soonAt: instantOf(Math.min(soon, next.due)) };
}
