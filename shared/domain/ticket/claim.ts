import { z } from 'zod';
import { defineOperation, type HeldSubject } from '../operation.ts';
import { entryOf } from './entry.ts';
import { handOver } from './holder.ts';

/** Becomes holder of a pool ticket. Offline it is an intent, confirmed or refused by the server. */
export const claim = defineOperation({
  name: 'claim',
  input: z.strictObject({}),
  who: 'technicianOfTeam',
  from: { phase: ['open', 'waiting'], holder: 'nobody' },
  offline: 'tentative',
  settled: ({ ticket }, _input, { actor }) => (ticket.holderId === actor.id ? { superseded: true } : undefined),
  apply: ({ ticket }: HeldSubject, _input, context) => ({
    ticket: { ...handOver(ticket, context.actor.id, context.occurredAt), updatedAt: context.now },
    entries: [entryOf(context, 'claimed', {}, 'public')],
  }),
});
