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
  return measure(ticket, policy, calendar, now).map((one) => one.view);
}

interface Measured {
  view: ClockView;
  /** Not charged now, whether late or not. */
  paused: boolean;
}
interface At {
  schedule: Schedule;
  nowMs: number;
  now: Instant;
}

function measure(ticket: Ticket, policy: Policy, calendar: Calendar, now: Instant): Measured[] {
  const targets = targetsOf(ticket, policy);
  const at = { schedule: calendar.schedule, nowMs: msOf(now), now };
  return [
    takeCharge(ticket, targets.takeCharge, at),
    contact(ticket, targets.contact, at),
    measured('resolution', resolutionFacts(ticket.sla), targets.resolution, at),
  ];
}

/** The stay that runs, else the last one; met when all stays were ended in time. */
function takeCharge({ sla }: Ticket, target: number, at: At): Measured {
  const stays = takeChargeFacts(sla).map((stay) => measured('takeCharge', stay, target, at));
  const last = stays.at(-1) ?? pending('takeCharge', target, at);
  return last.view.state === 'met' ? (stays.find((one) => one.view.state === 'missed') ?? last) : last;
}

/** Resolved before anybody held it: nobody was to call, which is no breach. */
function contact({ sla }: Ticket, target: number, at: At): Measured {
  const facts = contactFacts(sla);
  if (facts !== null) return measured('contact', facts, target, at);
  const { view } = pending('contact', target, at);
  const resolvedAt = sla.rounds.at(-1)?.resolvedAt ?? null;
  if (resolvedAt !== null) return { view: { ...view, state: 'waived', endedAt: resolvedAt }, paused: false };
  return { view: sla.endedAt === null ? view : { ...view, state: 'ended', endedAt: sla.endedAt }, paused: false };
}

function pending(clock: ClockName, targetMinutes: number, { now }: At): Measured {
  const none = { dueAt: null, soonAt: null, endedAt: null };
  return { view: { clock, state: 'pending', targetMinutes, usedMs: 0, asOf: now, open: false, ...none }, paused: false };
}

function measured(clock: ClockName, facts: ClockFacts | null, targetMinutes: number, at: At): Measured {
  if (facts === null) return pending(clock, targetMinutes, at);
  const { schedule, nowMs, now } = at;
  const until = Math.max(facts.start, facts.end ?? nowMs);
  // What came after the end says nothing about the deadline that was met or missed.
  const judged = { ...facts, exclusions: facts.end === null ? facts.exclusions : facts.exclusions.filter((one) => one.from < until) };
  const targetMs = targetMinutes * MINUTE_MS;
  const due = usedUpMs(schedule, judged, targetMs);
  const soon = usedUpMs(schedule, judged, targetMs * SOON_PART);
  const paused = facts.end === null && facts.exclusions.some((one) => one.from <= nowMs && (one.to === null || one.to > nowMs));
  const view: ClockView = {
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
  return { view, paused };
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
  let next: Due | undefined;
  let nextAt: Instant | undefined;
  let remainingMs: number | undefined;
  for (const { view, paused } of measure(ticket, policy, calendar, now)) {
    const { clock, state, endedAt, dueAt, soonAt, targetMinutes, usedMs } = view;
    if (endedAt !== null || state === 'pending') continue;
    if (paused) {
      remainingMs = Math.min(remainingMs ?? Number.POSITIVE_INFINITY, targetMinutes * MINUTE_MS - usedMs);
    } else if (dueAt !== null && (nextAt === undefined || dueAt < nextAt)) {
      nextAt = dueAt;
      next = { state: 'running', clock, dueAt, soonAt: soonAt ?? dueAt };
    }
  }
  if (next !== undefined) return next;
  return remainingMs === undefined ? { state: 'none' } : { state: 'paused', remainingMs: Math.max(remainingMs, 0) };
}
