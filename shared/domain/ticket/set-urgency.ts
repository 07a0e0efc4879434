import { z } from 'zod';
import { Importance, Relevance, Urgency } from '../model.ts';
import { defineOperation, type HeldSubject } from '../operation.ts';
import { urgencyOf } from '../urgency.ts';
import { entryOf } from './entry.ts';
import { refuseEmpty, ShortText } from './text.ts';

/** By the matrix from importance and relevance, or an override with a reason. */
export const setUrgency = defineOperation({
  name: 'set_urgency',
  input: z.strictObject({
    importance: Importance,
    relevance: Relevance,
    override: z.strictObject({ urgency: Urgency, reason: ShortText }).nullable(),
    seenUrgency: Urgency,
  }),
  who: 'holderOrLead',
  from: { phase: ['open', 'waiting'] },
  offline: 'queued',
  claimsFirst: true,
  seen: ({ ticket }, { seenUrgency }, { imported }) =>
    imported || seenUrgency === ticket.urgency
      ? undefined
      : { code: 'changed', field: 'urgency', seen: seenUrgency, current: ticket.urgency },
  apply: ({ ticket }: HeldSubject, { importance, relevance, override }, context) => {
    const refusal = override === null ? undefined : refuseEmpty('override.reason', override.reason, context);
    if (refusal !== undefined) return refusal;
    const urgency = override?.urgency ?? urgencyOf(importance, relevance);
    const data = { from: ticket.urgency, to: urgency, reason: override?.reason ?? '' };
    return {
      ticket: { ...ticket, importance, relevance, urgency, urgencyOverride: override, updatedAt: context.now },
      entries: [entryOf(context, 'urgency_set', data, 'internal')],
    };
  },
});
