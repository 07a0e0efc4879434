/**
 * How operations move the facts of the three clocks: rounds, stays in a pool, pauses. Work reported late may carry an instant
 * before facts that are already there; every function keeps intervals in order and never negative.
 */
import { earlierOf, laterOf } from '../instant.ts';
import type { Instant, SlaFacts, WaitReason } from '../model.ts';

type Round = SlaFacts['rounds'][number];
type Pause = SlaFacts['pauses'][number];

function withLast<T>(list: readonly T[], last: T): T[] {
  return [...list.slice(0, -1), last];
}
function emptyRound(startedAt: Instant): Round {
  return { startedAt, resolvedAt: null, contactFrom: null, contactMetAt: null, attempts: 0 };
}

/** `held`: somebody became holder by opening; `met`: he had the caller on the line. */
export function openedFacts(at: Instant, held: boolean, met: boolean): SlaFacts {
  return {
    rounds: [{ ...emptyRound(at), contactFrom: held ? at : null, contactMetAt: met ? at : null }],
    poolStays: [{ from: at, to: held ? at : null }],
    pauses: [],
    endedAt: null,
  };
}

function leavePool(stays: SlaFacts['poolStays'], at: Instant): SlaFacts['poolStays'] {
  const last = stays.at(-1);
  return last === undefined || last.to !== null ? stays : withLast(stays, { from: last.from, to: laterOf(at, last.from) });
}

/** Somebody became holder: the stay in the pool ends, the contact clock of this round starts if it had not. */
export function heldFacts(sla: SlaFacts, at: Instant): SlaFacts {
  const round = sla.rounds.at(-1);
  const rounds =
    round === undefined || round.contactFrom !== null
      ? sla.rounds
      : withLast(sla.rounds, { ...round, contactFrom: laterOf(at, round.startedAt) });
  return { ...sla, rounds, poolStays: leavePool(sla.poolStays, at) };
}

/** Nobody holds it any more: a further stay, with a full target. One that runs already goes on. */
export function pooledFacts(sla: SlaFacts, at: Instant): SlaFacts {
  const last = sla.poolStays.at(-1);
  if (last !== undefined && last.to === null) return sla;
  return { ...sla, poolStays: [...sla.poolStays, { from: laterOf(at, last?.to), to: null }] };
}

function addPause(pauses: readonly Pause[], at: Instant, reason: WaitReason, pausesContact: boolean): Pause[] {
  const last = pauses.at(-1);
  if (last === undefined) return [{ from: at, to: null, reason, pausesContact }];
  if (last.to === null) {
    // Waiting again changes only the reason; a cut is made where the contact clock is treated otherwise from now on.
    const cut = laterOf(at, last.from);
    if (last.pausesContact === pausesContact || cut === last.from) return withLast(pauses, { ...last, reason, pausesContact });
    return [...withLast(pauses, { ...last, to: cut }), { from: cut, to: null, reason, pausesContact }];
  }
  const from = laterOf(at, last.to);
  if (from === last.to && last.pausesContact === pausesContact) return withLast(pauses, { ...last, to: null, reason });
  return [...pauses, { from, to: null, reason, pausesContact }];
}

/** Waiting for the beneficiary pauses the contact clock only after a logged attempt of this round. */
export function pausedFacts(sla: SlaFacts, at: Instant, reason: WaitReason): SlaFacts {
  const attempts = sla.rounds.at(-1)?.attempts ?? 0;
  return { ...sla, pauses: addPause(sla.pauses, at, reason, reason !== 'beneficiary' || attempts > 0) };
}

export function resumedFacts(sla: SlaFacts, at: Instant): SlaFacts {
  const last = sla.pauses.at(-1);
  if (last === undefined || last.to !== null) return sla;
  const to = laterOf(at, last.from);
  return { ...sla, pauses: to === last.from ? sla.pauses.slice(0, -1) : withLast(sla.pauses, { ...last, to }) };
}

/**
 * A call is an attempt of the round in which it happened, even when it is reported after the resolve; the first one that
 * reached somebody meets the contact clock, also before anybody holds the ticket.
 */
export function calledFacts(sla: SlaFacts, at: Instant, reached: boolean): SlaFacts {
  const later = sla.rounds.findLastIndex((one) => one.startedAt <= at);
  const index = Math.max(later, 0);
  const round = sla.rounds[index];
  if (round === undefined) return sla;
  const meets = reached && (round.resolvedAt === null || at <= round.resolvedAt);
  const contactMetAt = meets ? earlierOf(laterOf(at, round.startedAt), round.contactMetAt) : round.contactMetAt;
  const rounds = sla.rounds.with(index, { ...round, attempts: round.attempts + 1, contactMetAt });
  const pause = sla.pauses.at(-1);
  if (pause === undefined || pause.to !== null || index !== sla.rounds.length - 1) return { ...sla, rounds };
  return { ...sla, rounds, pauses: addPause(sla.pauses, at, pause.reason, true) };
}

/** Ends the pause and whatever stay an import left open: no take-charge runs once resolved. */
export function resolvedFacts(sla: SlaFacts, at: Instant): SlaFacts {
  const round = sla.rounds.at(-1);
  if (round === undefined) return sla;
  const resolvedAt = laterOf(laterOf(at, round.startedAt), round.contactFrom);
  return {
    ...resumedFacts(sla, resolvedAt),
    rounds: withLast(sla.rounds, { ...round, resolvedAt }),
    poolStays: leavePool(sla.poolStays, resolvedAt),
  };
}

/** A refusal or a reopening: contact starts at once with a full target, take-charge only when nobody holds the ticket. */
export function newRoundFacts(sla: SlaFacts, at: Instant, held: boolean): SlaFacts {
  const last = sla.rounds.at(-1);
  const closedAt = last?.resolvedAt ?? sla.endedAt ?? laterOf(at, last?.startedAt);
  const startedAt = laterOf(at, closedAt);
  const before = last === undefined ? [] : withLast(sla.rounds, { ...last, resolvedAt: closedAt });
  const next: SlaFacts = {
    ...sla,
    rounds: [...before, { ...emptyRound(startedAt), contactFrom: startedAt }],
    poolStays: leavePool(sla.poolStays, closedAt),
    pauses: resumedFacts(sla, closedAt).pauses,
    endedAt: null,
  };
  return held ? next : pooledFacts(next, startedAt);
}

/** Cancelled, or closed without a resolution: what still runs ends unjudged. */
export function endedFacts(sla: SlaFacts, at: Instant): SlaFacts {
  return { ...resumedFacts(sla, at), endedAt: laterOf(at, sla.rounds.at(-1)?.startedAt) };
}
