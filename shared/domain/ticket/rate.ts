import { z } from 'zod';
import { instantOf, msOf } from '../instant.ts';
import type { Instant, Resolution } from '../model.ts';
import { defineOperation, type HeldSubject } from '../operation.ts';
import { entryOf } from './entry.ts';
import { ShortText } from './text.ts';

/** A rating is given, and may be changed, until then after the decision. */
const RATEABLE_MS = 7 * 24 * 3_600_000;

const Mark = z.number().int().min(1).max(5);

/** Until when a resolution may be rated; null: nothing was decided about it yet. */
export function rateUntil({ decision }: Pick<Resolution, 'decision'>): Instant | null {
  return decision === null ? null : instantOf(msOf(decision.at) + RATEABLE_MS);
}

/** Whose it is to rate: who decided; the beneficiary where nobody did, or a lead. */
export function isRater(personId: string, { ticket, resolution }: HeldSubject): boolean {
  const by = resolution?.decision?.kind === 'reopened' ? null : (resolution?.decision?.by ?? null);
  return personId === (by ?? ticket.beneficiaryId);
}

/** How long it took and how good the answers were, 1 to 5, with a comment: once a resolution, to be changed for seven days. */
export const rate = defineOperation({
  name: 'rate',
  input: z.strictObject({ resolutionId: z.string().max(80), duration: Mark, answers: Mark, comment: ShortText }),
  who: 'rater',
  offline: 'online',
  suits: (subject, { actor, now }) => {
    const limit = subject.resolution ? rateUntil(subject.resolution) : null;
    if (limit === null) return { code: 'wrong_phase', phase: subject.ticket.phase };
    if (!isRater(actor.id, subject)) return { code: 'not_allowed', needs: 'rater', teamName: null };
    return now > limit ? { code: 'too_late', limit } : undefined;
  },
  apply: ({ ticket, resolution }: HeldSubject, { resolutionId, ...marks }, context) => {
    if (resolution?.id !== resolutionId) return { code: 'unknown_reference', field: 'resolutionId' };
    const before = resolution.rating;
    if (before && before.duration === marks.duration && before.answers === marks.answers && before.comment === marks.comment)
      return { superseded: true };
    return {
      ticket: { ...ticket, updatedAt: context.now },
      entries: [entryOf(context, 'rated', marks, 'public')],
      resolution: { ...resolution, rating: { ...marks, by: context.actor.id, at: context.occurredAt } },
    };
  },
});
