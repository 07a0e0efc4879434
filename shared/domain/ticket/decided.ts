/** What a resolution's decision says to those who come to decide a second time. */
import { z } from 'zod';
import { Id, type Resolution } from '../model.ts';
import { nameOfPerson } from '../names.ts';
import type { Desk, HeldSubject } from '../operation.ts';
import type { Refusal } from '../refusal.ts';

export type Decision = NonNullable<Resolution['decision']>;

/** The decision that stands, unless the ticket waits for a new one. */
export function standingDecision({ ticket, resolution }: HeldSubject): Decision | undefined {
  return ticket.phase === 'resolved' ? undefined : (resolution?.decision ?? undefined);
}
/** The resolution that the author saw; absent: whichever is there. */
export const SeenResolution = z.object({ resolutionId: Id.optional() }).shape;
/** A newer solution was proposed since: it is not judged by who has not seen it. */
export function refuseUnseen({ resolution }: HeldSubject, seenId: string | undefined): Refusal | undefined {
  return seenId === undefined || seenId === resolution?.id ? undefined : { code: 'unknown_reference', field: 'resolutionId' };
}
export function alreadyDecided(decision: Decision, desk: Desk): Refusal {
  return { code: 'already_decided', by: decision.by === null ? null : nameOfPerson(decision.by, desk), decision: decision.kind };
}
