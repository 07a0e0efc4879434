/** Keeps what was judged: clocks that ended, and deadlines that passed, by the targets of that time. */
import { instantOf, msOf } from '../instant.ts';
import type { Instant, SlaFacts, Ticket } from '../model.ts';
import type { Desk } from '../operation.ts';
import { judgedFacts, type StartedClock, startedClocks, type Verdict } from './facts.ts';
import { usedUpMs } from './stretches.ts';

/** What clocks are measured by. */
type Measures = Pick<Desk, 'policy' | 'calendar'>;

/**
 * The facts of a ticket with every verdict that is due at `now`: before an operation by the targets that it may change, after it by the
 * new ones. `changed`: the targets or the calendar are new at `now`; what they make late is late from `now` on, never dated back.
 */
export function judged(ticket: Ticket, desk: Measures, now: Instant, changed = false): SlaFacts {
  const targets = desk.policy().targets[ticket.kind][ticket.urgency];
  const { schedule } = desk.calendar(ticket.siteId);
  const verdicts = startedClocks(ticket.sla).flatMap((one): Verdict[] => {
    const { clock, of, facts, verdict } = one;
    if (verdict !== undefined && facts.end !== null)
      return [toldLate(one) && !verdict.reportedLate ? { ...verdict, reportedLate: true } : verdict];
    // A refused resolve: it runs again. What was done in time by then is no breach of the time that is left; any other stays.
    if (verdict?.breachedAt != null && !verdict.reportedLate) return [verdict];
    if (facts.ending === 'unjudged') return [];
    const due = usedUpMs(schedule, judgedFacts(facts), targets[clock] * 60_000);
    const isLate = due !== null && due < Math.max(facts.start, facts.end ?? msOf(now));
    if (facts.end === null && !isLate)
      return verdict?.reportedLate ? [verdict.breachedAt === null ? verdict : { ...verdict, breachedAt: null }] : [];
    // It was done by other targets or hours and runs again: these are new to it now.
    const again = verdict === undefined ? undefined : ticket.sla.rounds.at(-1)?.startedAt;
    const anew = changed || (verdict !== undefined && verdict.targetMinutes !== targets[clock]) || isBefore(due, again);
    return [{ clock, of, targetMinutes: targets[clock], breachedAt: isLate ? (anew ? now : instantOf(due)) : null }];
  });
  const known = ticket.sla.verdicts ?? [];
  return isSame(known, verdicts) ? ticket.sla : { ...ticket.sla, verdicts };
}

/** After a change of policy or calendar: `before` and `after` are the desk on either side of it. */
export function measuredAnew(ticket: Ticket, before: Measures, after: Measures, now: Instant): SlaFacts {
  return judged({ ...ticket, sla: judged(ticket, before, now) }, after, now, true);
}

/** Used up before the round began in which it runs again: by hours that it did not have then. */
function isBefore(due: number | null, again: Instant | undefined): boolean {
  return due !== null && again !== undefined && due <= msOf(again);
}

function isSame(known: readonly Verdict[], verdicts: readonly Verdict[]): boolean {
  return known.length === verdicts.length && known.every((one, index) => one === verdicts[index]);
}

/** Done before the deadline had passed, but told only after it. */
function toldLate({ facts, verdict }: StartedClock): boolean {
  if (facts.end === null || facts.ending === 'unjudged' || verdict === undefined || verdict.breachedAt === null) return false;
  return facts.end <= msOf(verdict.breachedAt);
}

/** How a clock is to be told: `isLate` where its breach is one, `reportedLate` where it, or a round before, was met but told late. */
export function lateness(one: StartedClock): { isLate: boolean; reportedLate: boolean } {
  const told = toldLate(one);
  return { isLate: one.verdict?.breachedAt != null && !told, reportedLate: told || one.verdict?.reportedLate === true };
}
