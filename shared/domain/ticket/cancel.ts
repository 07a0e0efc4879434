import { z } from 'zod';
import { defineOperation, type HeldSubject } from '../operation.ts';
import { entryOf } from './entry.ts';
import { endedFacts } from './sla-facts.ts';
import { refuseEmpty, ShortText } from './text.ts';

/** By its requester while nobody holds it, or by a lead; the clocks end unjudged. */
export const cancel = defineOperation({
  name: 'cancel',
  input: z.strictObject({ reason: ShortText }),
  who: 'withdrawer',
  from: { phase: ['open', 'waiting'] },
  offline: 'online',
  apply: ({ ticket }: HeldSubject, { reason }, context) => {
    const refusal = refuseEmpty('reason', reason, context);
    if (refusal !== undefined) return refusal;
    return {
      ticket: {
        ...ticket,
        phase: 'cancelled',
        wait: null,
        callback: null,
        sla: endedFacts(ticket.sla, context.occurredAt),
        updatedAt: context.now,
      },
      entries: [entryOf(context, 'cancelled', { reason }, 'public')],
    };
  },
});
