import { z } from 'zod';
import { mayRead } from '../access.ts';
import { LinkKind, Uuid } from '../model.ts';
import { defineOperation, type HeldSubject } from '../operation.ts';
import { entryOf } from './entry.ts';
import { problem } from './text.ts';

/** Says what this ticket is to another one; whoever links sees both. */
export const link = defineOperation({
  name: 'link',
  input: z.strictObject({ otherId: Uuid, as: LinkKind }),
  who: 'technicianOfTeam',
  from: { phase: ['open', 'waiting', 'resolved', 'closed', 'cancelled'] },
  offline: 'queued',
  apply: ({ ticket }: HeldSubject, { otherId, as }, context) => {
    if (otherId === ticket.id) return problem('otherId', 'invalid');
    const other = context.otherTicket?.(otherId);
    // One that he may not see does not exist for him.
    if (other === undefined || (!context.imported && mayRead(context.actor, other) === 'none')) {
      return { code: 'unknown_reference', field: 'otherId' };
    }
    return {
      ticket: { ...ticket, updatedAt: context.now },
      entries: [entryOf(context, 'linked', { as, ticketId: otherId, number: other.number }, 'internal')],
    };
  },
});

/** The ticket that an operation of this name and input links to; undefined: none. */
export function linkedTicket(name: string, input: unknown): string | undefined {
  if (name !== link.name) return undefined;
  const parsed = link.input.safeParse(input);
  return parsed.success ? parsed.data.otherId : undefined;
}
