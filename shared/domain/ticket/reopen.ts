import { z } from 'zod';
import { instantOf, msOf } from '../instant.ts';
import type { Ticket } from '../model.ts';
import { defineOperation, type HeldSubject, type OperationContext } from '../operation.ts';
import type { Refusal } from '../refusal.ts';
import { backToWork } from './again.ts';
import { entryOf } from './entry.ts';
import { refuseEmpty, ShortText } from './text.ts';

const REOPENABLE_MS = 30 * 24 * 3_600_000;

/** By a lead, with a reason, until 30 days after the closing. */
export const reopen = defineOperation({
  name: 'reopen',
  input: z.strictObject({ reason: ShortText }),
  who: 'lead',
  from: { phase: ['resolved', 'closed'] },
  offline: 'online',
  apply: ({ ticket, resolution }: HeldSubject, { reason }, context) => {
    if (ticket.phase === 'open' || ticket.phase === 'waiting') return { superseded: true };
    const refusal = refuseEmpty('reason', reason, context) ?? refuseLate(ticket, context);
    if (refusal !== undefined) return refusal;
    const decision = { kind: 'reopened', by: context.actor.id, at: context.occurredAt, reason } as const;
    return {
      ticket: { ...backToWork(ticket, context), counts: { ...ticket.counts, reopens: ticket.counts.reopens + 1 } },
      entries: [entryOf(context, 'reopened', { reason }, 'public')],
      // A decision that was made stays on its row.
      ...(resolution?.decision === null && { resolution: { ...resolution, decision } }),
    };
  },
});

function refuseLate({ closedAt }: Ticket, { now, imported }: OperationContext): Refusal | undefined {
  if (closedAt === null || imported) return undefined;
  const limit = instantOf(msOf(closedAt) + REOPENABLE_MS);
  return now > limit ? { code: 'too_late', limit } : undefined;
}
