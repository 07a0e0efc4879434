import { z } from 'zod';
import { Id, type Resolution } from '../model.ts';
import { defineOperation, type HeldSubject, type OperationContext } from '../operation.ts';
import type { Refusal } from '../refusal.ts';
import { entryOf } from './entry.ts';
import { askersOf, mailsOf } from './notices.ts';
import { resolvedFacts } from './sla-facts.ts';
import { LongText, problem, refuseEmpty } from './text.ts';

export const Solution = z.strictObject({ text: LongText, code: Id.nullable() });

/** A solution and its code; ends a pause; one mail to beneficiary and requester. */
export const resolve = defineOperation({
  name: 'resolve',
  input: Solution,
  who: 'holder',
  from: { phase: ['open', 'waiting'] },
  offline: 'queued',
  claimsFirst: true,
  apply: ({ ticket }: HeldSubject, { text, code }, context) => {
    const refusal = refuseEmpty('text', text, context) ?? refuseCode(code, context);
    if (refusal !== undefined) return refusal;
    const sla = resolvedFacts(ticket.sla, context.occurredAt);
    const at = sla.rounds.at(-1)?.resolvedAt ?? context.occurredAt;
    const resolution: Resolution = {
      id: context.operationId,
      ticketId: ticket.id,
      by: context.actor.id,
      at,
      text,
      code,
      decision: null,
      rating: null,
      undone: false,
      revision: 0,
    };
    return {
      ticket: {
        ...ticket,
        phase: 'resolved',
        wait: null,
        callback: null,
        resolvedAt: at,
        closedAt: null,
        closingCode: code,
        refusal: null,
        sla,
        updatedAt: context.now,
      },
      entries: [entryOf(context, 'resolved', { text, code }, 'public', 1, at)],
      resolution,
      mails: mailsOf('resolved', context, askersOf(ticket)),
    };
  },
});

function refuseCode(code: string | null, { imported, desk }: OperationContext): Refusal | undefined {
  if (code === null) return imported ? undefined : problem('code', 'required');
  return desk.closingCode(code) === undefined ? { code: 'unknown_reference', field: 'code' } : undefined;
}
