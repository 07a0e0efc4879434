import { z } from 'zod';
import { defineOperation, type HeldSubject } from '../operation.ts';
import { entryOf } from './entry.ts';
import { resumedFacts } from './sla-facts.ts';

/** Ends the pause; the clocks go on with what remained. */
export const resume = defineOperation({
  name: 'resume',
  input: z.strictObject({}),
  who: 'holderLeadOrServer',
  from: { phase: ['waiting'] },
  offline: 'queued',
  claimsFirst: true,
  apply: ({ ticket }: HeldSubject, _input, context) => {
    if (ticket.phase !== 'waiting') return { superseded: true };
    return {
      ticket: { ...ticket, phase: 'open', wait: null, sla: resumedFacts(ticket.sla, context.occurredAt), updatedAt: context.now },
      entries: [entryOf(context, 'resumed', {}, 'public')],
    };
  },
});
