import { z } from 'zod';
import { Id } from '../model.ts';
import { defineOperation, type HeldSubject } from '../operation.ts';
import { refuseChangedHolder } from './changed.ts';
import { entryOf } from './entry.ts';
import { handOver } from './holder.ts';
import { refuseEmpty, ShortText } from './text.ts';

/** Back to the pool, with a reason. A waiting ticket goes on waiting there. */
export const release = defineOperation({
  name: 'release',
  input: z.strictObject({ reason: ShortText, seenHolderId: Id.nullable() }),
  who: 'holderOrLead',
  from: { phase: ['open', 'waiting'] },
  offline: 'queued',
  seen: (subject, input, context) => refuseChangedHolder(subject, input.seenHolderId, context),
  apply: ({ ticket }: HeldSubject, input, context) => {
    const refusal = refuseEmpty('reason', input.reason, context);
    if (refusal !== undefined) return refusal;
    if (ticket.holderId === null) return { superseded: true };
    return {
      ticket: { ...handOver(ticket, null, context.occurredAt), updatedAt: context.now },
      entries: [entryOf(context, 'released', { reason: input.reason }, 'internal')],
    };
  },
});
