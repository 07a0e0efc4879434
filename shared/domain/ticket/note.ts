import { z } from 'zod';
import { mayRead } from '../access.ts';
import { defineOperation, type HeldSubject } from '../operation.ts';
import { entryOf } from './entry.ts';
import { mailsOf, otherAskers } from './notices.ts';
import { LongText, refuseEmpty } from './text.ts';

/** Who sees of a ticket only what is public writes only what is public. */
export const note = defineOperation({
  name: 'note',
  input: z.strictObject({ text: LongText, visibility: z.enum(['internal', 'public']) }),
  who: 'reader',
  from: { phase: ['open', 'waiting', 'resolved', 'closed', 'cancelled'] },
  offline: 'queued',
  claimsFirst: true,
  apply: ({ ticket }: HeldSubject, { text, visibility }, context) => {
    const refusal = refuseEmpty('text', text, context);
    if (refusal !== undefined) return refusal;
    const mayHide = context.imported || mayRead(context.actor, ticket) === 'all';
    const seenBy = mayHide ? visibility : 'public';
    return {
      ticket: { ...ticket, updatedAt: context.now },
      entries: [entryOf(context, 'noted', { text }, seenBy)],
      mails: seenBy === 'public' ? mailsOf('noted', context, otherAskers(ticket, context)) : [],
    };
  },
});
