/** What waits to be sent, and what was refused and not yet read. */
import type { OutboxItem } from '#shared/contract/core.ts';
import { operations } from '#shared/domain/ticket/registry.ts';
import type { StoredOperation } from '../storage/outbox-rows.ts';
import { textOf } from '../work/outcomes.ts';
import type { Workplace } from '../workplace.ts';

export function outboxItems(place: Workplace): OutboxItem[] {
  const pending = place.outbox.pending(place.personId);
  const waiting = new Set(pending.map((operation) => operation.id));
  const rejected = place.outbox.rejections(place.personId).flatMap(({ rejection }) => {
    const operation = place.outbox.get(rejection.operationId);
    if (!operation) return [];
    return [{ ...itemOf(place, operation, waiting), state: 'rejected' as const, refusal: rejection.refusal, rejection }];
  });
  return [...pending.map((operation) => itemOf(place, operation, waiting)), ...rejected];
}

function itemOf(place: Workplace, operation: StoredOperation, waiting: ReadonlySet<string>): OutboxItem {
  const { state, ticketId } = operation;
  const { ticket } = place.view.state(ticketId);
  return {
    id: operation.id,
    name: operation.name,
    ticketId,
    // A ticket that was opened offline has its number since.
    ticketNumber: ticket?.number ?? operation.ticketNumber,
    ticketTitle: operation.ticketTitle,
    madeAt: operation.madeAt,
    state: state === 'sending' || state === 'stopped' || state === 'rejected' ? state : 'queued',
    tentative: Object.values(operations).some((one) => one.name === operation.name && one.offline === 'tentative'),
    refusal: operation.outcome?.status === 'rejected' ? operation.outcome.refusal : null,
    text: textOf(operation),
    after: operation.after.filter((id) => waiting.has(id)),
    inSight: ticket !== undefined,
    rejection: null,
  };
}
