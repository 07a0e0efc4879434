import { z } from 'zod';
import { Instant, WaitReason } from '../model.ts';
import { defineOperation, type HeldSubject } from '../operation.ts';
import { entryOf } from './entry.ts';
import { pausedFacts } from './sla-facts.ts';
import { problem, ShortText } from './text.ts';

/** Pauses all clocks. Waiting again changes the reason and the wake-up, and begins no further pause. */
export const wait = defineOperation({
  name: 'wait',
  input: z.strictObject({
    reason: WaitReason,
    detail: ShortText,
    /** Ends this very pause. */
    wakeAt: Instant.nullable(),
  }),
  who: 'holderOrLead',
  from: { phase: ['open', 'waiting'] },
  offline: 'queued',
  claimsFirst: true,
  apply: ({ ticket }: HeldSubject, { reason, detail, wakeAt }, context) => {
    const at = context.occurredAt;
    if (wakeAt !== null && wakeAt <= at && !context.imported) return problem('wakeAt', 'in_past');
    const sla = pausedFacts(ticket.sla, at, reason);
    const since = ticket.wait?.since ?? sla.pauses.at(-1)?.from ?? at;
    return {
      ticket: {
        ...ticket,
        phase: 'waiting',
        wait: { id: context.operationId, reason, detail, since, wakeAt },
        counts: { ...ticket.counts, waits: ticket.counts.waits + 1 },
        sla,
        updatedAt: context.now,
      },
      entries: [entryOf(context, 'waiting', { reason, detail, wakeAt }, 'public')],
    };
  },
});
