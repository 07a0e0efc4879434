import type { Ticket } from '../model.ts';
import type { OperationContext } from '../operation.ts';
import { holderAgain } from './holder.ts';
import { newRoundFacts } from './sla-facts.ts';

/** Back to work after a refusal or a reopening: a new round, with the same holder if still active in the team, else the pool. */
export function backToWork(ticket: Ticket, { occurredAt, desk, now }: OperationContext): Ticket {
  const holderId = holderAgain(ticket, desk);
  const sla = newRoundFacts(ticket.sla, occurredAt, holderId !== null);
  const at = sla.rounds.at(-1)?.startedAt ?? occurredAt;
  return {
    ...ticket,
    phase: 'open',
    holderId,
    heldSince: holderId === null ? null : at,
    wait: null,
    resolvedAt: null,
    closedAt: null,
    closingCode: null,
    sla,
    updatedAt: now,
  };
}
