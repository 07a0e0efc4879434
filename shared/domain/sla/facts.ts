/** From a ticket's facts to each clock's start, end and uncharged intervals. */
import { msOf } from '../instant.ts';
import type { SlaFacts } from '../model.ts';
import { type Exclusion, inOrder, type Stretches } from './stretches.ts';

export type Verdict = NonNullable<SlaFacts['verdicts']>[number];
export type ClockName = Verdict['clock'];
/** How a clock's end is judged: done in time or not, resolved without a contact, or not at all. */
export type Ending = 'done' | 'unreached' | 'unjudged';
export interface ClockFacts extends Stretches {
  ending: Ending | null;
}

function msOrNull(instant: string | null | undefined): number | null {
  return instant == null ? null : msOf(instant);
}
function pausesOf(sla: SlaFacts, counts: (pause: SlaFacts['pauses'][number]) => boolean): Exclusion[] {
  return sla.pauses.filter(counts).map(({ from, to, reason }) => ({ from: msOf(from), to: msOrNull(to), kind: 'pause' as const, reason }));
}

/** One stay in a pool is one interval with a full target. */
export function takeChargeFacts(sla: SlaFacts): ClockFacts[] {
  const exclusions = inOrder(pausesOf(sla, () => true));
  return sla.poolStays.map(({ from, to }) => ({
    start: msOf(from),
    end: msOrNull(to ?? sla.endedAt),
    ending: to !== null ? 'done' : sla.endedAt !== null ? 'unjudged' : null,
    exclusions,
  }));
}

/** A round's, the last one's if none is named; null before anybody held the ticket or reached the beneficiary. */
export function contactFacts(sla: SlaFacts, of = sla.rounds.length - 1): ClockFacts | null {
  const round = sla.rounds[of];
  if (round === undefined) return null;
  const { contactFrom, contactMetAt, resolvedAt } = round;
  // Reached before anybody held it: met at 0.
  const from = contactMetAt !== null && (contactFrom === null || contactMetAt < contactFrom) ? contactMetAt : contactFrom;
  if (from === null) return null;
  const end = contactMetAt ?? resolvedAt ?? sla.endedAt;
  const ending = contactMetAt !== null ? 'done' : resolvedAt !== null ? 'unreached' : sla.endedAt !== null ? 'unjudged' : null;
  return { start: msOf(from), end: msOrNull(end), ending, exclusions: inOrder(pausesOf(sla, (pause) => pause.pausesContact)) };
}

/** One clock over all rounds; between a resolve and its refusal or reopening nothing is charged. */
export function resolutionFacts(sla: SlaFacts): ClockFacts | null {
  const first = sla.rounds[0];
  const last = sla.rounds.at(-1);
  if (first === undefined || last === undefined) return null;
  const between = sla.rounds.slice(1).map((round, index): Exclusion => {
    const resolvedAt = sla.rounds[index]?.resolvedAt ?? round.startedAt;
    return { from: msOf(resolvedAt), to: msOf(round.startedAt), kind: 'resolved', reason: null };
  });
  return {
    start: msOf(first.startedAt),
    end: msOrNull(last.resolvedAt ?? sla.endedAt),
    ending: last.resolvedAt !== null ? 'done' : sla.endedAt !== null ? 'unjudged' : null,
    exclusions: inOrder([...pausesOf(sla, () => true), ...between]),
  };
}

/** A clock that was ever started: a stay in a pool, a round's contact, the resolution. */
export interface StartedClock {
  clock: ClockName;
  of: number;
  facts: ClockFacts;
  verdict: Verdict | undefined;
}
export function startedClocks(sla: SlaFacts): StartedClock[] {
  const started = (clock: ClockName, of: number, facts: ClockFacts | null): StartedClock[] =>
    facts === null ? [] : [{ clock, of, facts, verdict: sla.verdicts?.find((one) => one.clock === clock && one.of === of) }];
  return [
    ...takeChargeFacts(sla).flatMap((facts, of) => started('takeCharge', of, facts)),
    ...sla.rounds.flatMap((_, of) => started('contact', of, contactFacts(sla, of))),
    ...started('resolution', 0, resolutionFacts(sla)),
  ];
}

/** Of each clock the last that was started, if it has not ended. */
export function runningClocks(sla: SlaFacts): StartedClock[] {
  return startedClocks(sla).filter(
    ({ clock, of, facts }) =>
      facts.end === null && (clock === 'resolution' || of === (clock === 'contact' ? sla.rounds.length : sla.poolStays.length) - 1),
  );
}

/** Not charged then, whether late or not. */
export function isPausedAt({ end, exclusions }: ClockFacts, atMs: number): boolean {
  return end === null && exclusions.some((one) => one.from <= atMs && (one.to === null || one.to > atMs));
}

/** What came after the end says nothing about the deadline that was met or missed. */
export function judgedFacts(facts: ClockFacts): ClockFacts {
  const { start, end } = facts;
  if (end === null) return facts;
  const until = Math.max(start, end);
  return { ...facts, exclusions: facts.exclusions.filter((one) => one.from < until) };
}
