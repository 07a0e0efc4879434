import { z } from 'zod';
import { Id } from '../model.ts';
import { defineOperation, type HeldSubject } from '../operation.ts';
import { entryOf } from './entry.ts';
import { endedFacts } from './sla-facts.ts';

/** Import only: closes what was never resolved, without making a resolution; the clocks end unjudged. */
export const close = defineOperation({
  name: 'close',
  input: z.strictObject({ code: Id.nullable() }),
  who: 'server',
  from: { phase: ['open', 'waiting'] },
  offline: 'online',
  internal: true,
  apply: ({ ticket }: HeldSubject, { code }, context) => {
    if (ticket.phase === 'closed') return { superseded: true };
    if (code !== null && context.desk.closingCode(code) === undefined) return { code: 'unknown_reference', field: 'code' };
    const at = context.occurredAt;
    // What was resolved keeps its judgement.
    const sla = ticket.phase === 'resolved' ? ticket.sla : endedFacts(ticket.sla, at);
    const closingCode = code ?? ticket.closingCode;
    return {
      ticket: { ...ticket, phase: 'closed', wait: null, callback: null, closedAt: at, closingCode, sla, updatedAt: context.now },
      entries: [entryOf(context, 'closed', { code: closingCode }, 'public')],
    };
  },
});
