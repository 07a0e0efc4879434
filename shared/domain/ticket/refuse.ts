import { z } from 'zod';
import { defineOperation, type HeldSubject } from '../operation.ts';
import { backToWork } from './again.ts';
import { alreadyDecided, refuseUnseen, SeenResolution, standingDecision } from './decided.ts';
import { entryOf } from './entry.ts';
import { leadsTold, mailsOf, toldOfRefusal } from './notices.ts';
import { refuseEmpty, ShortText } from './text.ts';

/** The solution does not solve it: a mandatory reason, pinned. */
export const refuse = defineOperation({
  name: 'refuse',
  input: z.strictObject({ ...SeenResolution, reason: ShortText }),
  who: 'decider',
  from: { phase: ['resolved'] },
  offline: 'online',
  settled: (subject, { reason, resolutionId }, context) => {
    const unseen = refuseUnseen(subject, resolutionId);
    if (unseen !== undefined) return unseen;
    const decision = standingDecision(subject);
    if (decision === undefined) return undefined;
    if (decision.kind === 'refused') return { superseded: true };
    // A refusal that lost against somebody else's validation is not lost for the team: it stays as a public note.
    if (decision.kind === 'validated' && decision.by !== context.actor.id && reason !== '') {
      return {
        ticket: { ...subject.ticket, updatedAt: context.now },
        entries: [entryOf(context, 'noted', { text: reason }, 'public')],
        // Reopened meanwhile, it is no longer for a lead to say whether it stays closed.
        mails: subject.ticket.phase === 'closed' ? mailsOf('refusal_lost', context, leadsTold(subject.ticket, context)) : [],
      };
    }
    return alreadyDecided(decision, context.desk);
  },
  apply: ({ ticket, resolution }: HeldSubject, { reason }, context) => {
    if (ticket.phase === 'open' || ticket.phase === 'waiting') return { superseded: true };
    const refusal = refuseEmpty('reason', reason, context);
    if (refusal !== undefined) return refusal;
    const at = context.occurredAt;
    const by = context.actor.id;
    const refused = {
      ...backToWork(ticket, context),
      refusal: { by, at, reason },
      counts: { ...ticket.counts, refusals: ticket.counts.refusals + 1 },
    };
    return {
      ticket: refused,
      entries: [entryOf(context, 'refused', { reason }, 'public')],
      ...(resolution && { resolution: { ...resolution, decision: { kind: 'refused', by, at, reason } } }),
      mails: mailsOf('refused', context, toldOfRefusal(refused, context)),
    };
  },
});
