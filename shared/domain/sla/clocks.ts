/** The three clocks of a ticket: computed from its facts whenever they are asked for, never stored. */
import type { ClockView, Due } from '../../contract/core.ts';
import { instantOf, msOf } from '../instant.ts';
import type { Calendar, Instant, Policy, Schedule, Targets, Ticket } from '../model.ts';
import { isOpen } from './business-time.ts';
import { type ClockFacts, type ClockName, contactFacts, resolutionFacts, takeChargeFacts } from './facts.ts';
import { usedUntil, usedUpMs } from './stretches.ts';

const MINUTE_MS = 60_000;
/** The second alert. */
const SOON_PART = 0.8;

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
  return [
    takeCharge(ticket, targets.takeCharge, at),
    contact(ticket, targets.contact, at),
    viewOf('resolution', resolutionFacts(ticket.sla), targets.resolution, at),
  ];
}

interface At {
  schedule: Schedule;
  nowMs: number;
  now: Instant;
}

/** The stay that runs, else the last one; met when all stays were ended in time. */
function takeCharge({ sla }: Ticket, target: number, at: At): ClockView {
  const stays = takeChargeFacts(sla).map((stay) => viewOf('takeCharge', stay, target, at));
  const last = stays.at(-1) ?? pending('takeCharge', target, at);
  return last.state === 'met' ? (stays.find((one) => one.state === 'missed') ?? last) : last;
}

/** Resolved before anybody held it: nobody was to call, which is no breach. */
function contact({ sla }: Ticket, target: number, at: At): ClockView {
  const facts = contactFacts(sla);
  if (facts !== null) return viewOf('contact', facts, target, at);
  const view = pending('contact', target, at);
  const resolvedAt = sla.rounds.at(-1)?.resolvedAt ?? null;
  if (resolvedAt !== null) return { ...view, state: 'waived', endedAt: resolvedAt };
  return sla.endedAt === null ? view : { ...view, state: 'ended', endedAt: sla.endedAt };
}

function pending(clock: ClockName, targetMinutes: number, { now }: At): ClockView {
  const none = { dueAt: null, soonAt: null, endedAt: null };
  return { clock, state: 'pending', targetMinutes, usedMs: 0, asOf: now, open: false, ...none };
}

function viewOf(clock: ClockName, facts: ClockFacts | null, targetMinutes: number, at: At): ClockView {
  if (facts === null) return pending(clock, targetMinutes, at);
  const { schedule, nowMs, now } = at;
  const until = Math.max(facts.start, facts.end ?? nowMs);
  // What came after the end says nothing about the deadline that was met or missed.
  const judged = { ...facts, exclusions: facts.end === null ? facts.exclusions : facts.exclusions.filter((one) => one.from < until) };
  const targetMs = targetMinutes * MINUTE_MS;
  const due = usedUpMs(schedule, judged, targetMs);
  const soon = usedUpMs(schedule, judged, targetMs * SOON_PART);
  const paused = isPaused(facts, nowMs);
  return {
    clock,
    state: stateOf(facts, paused, due !== null && due < until),
    targetMinutes,
    usedMs: usedUntil(schedule, judged, until),
    asOf: now,
    open: facts.end === null && !paused && nowMs >= facts.start && isOpen(schedule, nowMs),
    dueAt: due === null ? null : instantOf(due),
    soonAt: soon === null ? null : instantOf(soon),
    endedAt: facts.end === null ? null : instantOf(facts.end),
  };
}

/** Not charged now, whether late or not. */
function isPaused({ end, exclusions }: ClockFacts, nowMs: number): boolean {
  return end === null && exclusions.some((one) => one.from <= nowMs && (one.to === null || one.to > nowMs));
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
  for (const [clock, facts] of runningFacts(ticket)) {
    const targetMs = targets[clock] * MINUTE_MS;
    if (isPaused(facts, nowMs)) {
      remainingMs = Math.min(remainingMs ?? Number.POSITIVE_INFINITY, targetMs - usedUntil(schedule, facts, nowMs));
      continue;
    }
    const due = usedUpMs(schedule, facts, targetMs);
    if (due !== null && (next === undefined || due < next.due)) next = { clock, facts, due };
  }
  if (next === undefined) return remainingMs === undefined ? { state: 'none' } : { state: 'paused', remainingMs: Math.max(remainingMs, 0) };
  const soon = usedUpMs(schedule, next.facts, targets[next.clock] * MINUTE_MS * SOON_PART) ?? next.due;
  return { state: 'running', clock: next.clock, dueAt: instantOf(next.due), soonAt: instantOf(soon) };
}

/** Clocks that have started and not ended. */
function runningFacts({ sla }: Ticket): [ClockName, ClockFacts][] {
  const all: [ClockName, ClockFacts | null | undefined][] = [
    ['takeCharge', takeChargeFacts(sla).at(-1)],
    ['contact', contactFacts(sla)],
    ['resolution', resolutionFacts(sla)],
  ];
  return all.filter((one): one is [ClockName, ClockFacts] => one[1] != null && one[1].end === null);
}
