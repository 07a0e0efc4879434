import { z } from 'zod';
import { CallOutcome, Instant } from '../model.ts';
import { defineOperation, type HeldSubject } from '../operation.ts';
import { entryOf } from './entry.ts';
import { mailsOf, otherAskers } from './notices.ts';
import { calledFacts } from './sla-facts.ts';
import { LongText, problem, TypedPhone } from './text.ts';

/** A call to the beneficiary, of any outcome. Never claims; one that reached somebody meets the contact clock. */
export const logCall = defineOperation({
  name: 'log_call',
  input: z.strictObject({
    outcome: CallOutcome,
    number: TypedPhone,
    /** As the console saw it; the clocks use the clamped instant of the operation. */
    startedAt: Instant,
    /** Whole seconds on the line. */
    duration: z.number().int().nonnegative().max(86_400),
    note: LongText,
    callbackAt: Instant.nullable(),
  }),
  who: 'technicianOfTeam',
  from: { phase: ['open', 'waiting', 'resolved', 'closed'] },
  offline: 'queued',
  apply: ({ ticket }: HeldSubject, input, context) => {
    const at = context.occurredAt;
    if (input.callbackAt !== null && input.callbackAt <= at && !context.imported) return problem('callbackAt', 'in_past');
    const { outcome, number, duration, note, callbackAt } = input;
    // Every call answers the callback that the one before it proposed.
    const callback = callbackAt === null ? null : { at: callbackAt, by: context.actor.id };
    return {
      ticket: { ...ticket, callback, sla: calledFacts(ticket.sla, at, outcome === 'reached'), updatedAt: context.now },
      entries: [entryOf(context, 'called', { outcome, number, duration, note, callbackAt }, 'internal')],
      mails: outcome === 'reached' ? [] : mailsOf('missed_call', context, otherAskers(ticket, context)),
    };
  },
});
