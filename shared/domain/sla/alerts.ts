/** Alerts of a ticket's clocks: when each mark is passed, and who is told. Whether somebody was told already is its keeper's to know. */
import { isLeadOf, isTechnicianOf } from '../access.ts';
import { msOf } from '../instant.ts';
import type { AlertMark, AlertReceiver, AlertRules, Calendar, Policy, Ticket } from '../model.ts';
import type { Actor } from '../operation.ts';
import { SOON_PART, targetsOf } from './clocks.ts';
import { type ClockFacts, type ClockName, runningClocks } from './facts.ts';
import { usedUpMs } from './stretches.ts';

const MINUTE_MS = 60_000;
const parts = { half: 0.5, soon: SOON_PART, breach: 1 } as const satisfies Record<AlertMark, number>;
const marks = ['half', 'soon', 'breach'] as const;

export const defaultAlerts: AlertRules = {
  half: { notify: ['holder', 'team'], mail: [] },
  soon: { notify: ['holder', 'team'], mail: [] },
  breach: { notify: ['holder', 'team', 'lead'], mail: ['holder', 'lead'] },
};

export function alertRules(policy: Policy): AlertRules {
  return policy.alerts ?? defaultAlerts;
}

export interface Alert {
  clock: ClockName;
  /** Which stay in a pool, which round; 0 for the resolution. */
  of: number;
  mark: AlertMark;
  /** When the mark is, or was, passed: ms since 1970. */
  at: number;
}

/** Names an alert of a ticket for good: no change of targets gives it another one, so that none is told twice. */
export function alertKey({ clock, of, mark }: Pick<Alert, 'clock' | 'of' | 'mark'>): string {
  return `${clock}.${of}.${mark}`;
}

/** Of the clocks that run, every mark that lies before or ahead; none of a clock that is paused, nor of an import's. */
export function alertsOf(ticket: Ticket, policy: Policy, calendar: Calendar): Alert[] {
  return markedClocks(ticket, policy, calendar, ({ exclusions }) => exclusions.at(-1)?.to !== null);
}

/** The same with the clocks that are paused. */
export function allMarksOf(ticket: Ticket, policy: Policy, calendar: Calendar): Alert[] {
  return markedClocks(ticket, policy, calendar, () => true);
}

function markedClocks(ticket: Ticket, policy: Policy, { schedule }: Calendar, counts: (facts: ClockFacts) => boolean): Alert[] {
  if (ticket.untouched) return [];
  const targets = targetsOf(ticket, policy);
  return runningClocks(ticket.sla).flatMap(({ clock, of, facts, verdict }) => {
    if (!counts(facts)) return [];
    const targetMs = (verdict?.targetMinutes ?? targets[clock]) * MINUTE_MS;
    const breachedAt = verdict?.breachedAt == null ? null : msOf(verdict.breachedAt);
    return marks.flatMap((mark): Alert[] => {
      const at = usedUpMs(schedule, facts, targetMs * parts[mark]);
      // A breach stays where it was; a pause told late moves no other mark behind it.
      const first = mark === 'breach' ? (breachedAt ?? at) : earlierMs(at, breachedAt);
      return first === null ? [] : [{ clock, of, mark, at: first }];
    });
  });
}

function earlierMs(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b);
}

/** Of each clock of the ticket only the last mark that was passed: who hears of a breach need not hear of its half. */
export function lastPassed(alerts: readonly Alert[], nowMs: number): Alert[] {
  const last = new Map<string, Alert>();
  for (const alert of alerts) if (alert.at <= nowMs) last.set(`${alert.clock}.${alert.of}`, alert);
  return [...last.values()];
}

/** Whether one of `receivers` is this person, for this ticket. */
export function isReceiver(receivers: readonly AlertReceiver[], actor: Actor, ticket: Pick<Ticket, 'holderId' | 'teamId'>): boolean {
  const { holderId, teamId } = ticket;
  return (
    (receivers.includes('holder') && holderId === actor.id) ||
    (receivers.includes('team') && holderId === null && isTechnicianOf(actor, teamId)) ||
    (receivers.includes('lead') && isLeadOf(actor, teamId))
  );
}
