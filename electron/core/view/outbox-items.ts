/** What waits to be sent, and what was refused and not yet read. */
import type { OutboxItem } from '#shared/contract/core.ts';
import { operations } from '#shared/domain/ticket/registry.ts';
import type { StoredOperation } from '../storage/outbox-rows.ts';
import type { Workplace } from '../workplace.ts';

export function outboxItems(place: Workplace): OutboxItem[] {
  const pending = place.outbox.pending(place.personId).map((operation) => itemOf(operation));
  const rejected = place.outbox.rejections(place.personId).flatMap(({ rejection }) => {
    const operation = place.outbox.get(rejection.operationId);
    return operation ? [{ ...itemOf(operation), state: 'rejected' as const, refusal: rejection.refusal }] : [];
  });
  return [...pending, ...rejected];
}

function itemOf(operation: StoredOperation): OutboxItem {
  const { state } = operation;
  return {
    id: operation.id,
    name: operation.name,
    ticketId: operation.ticketId,
    ticketNumber: operation.ticketNumber,
    ticketTitle: operation.ticketTitle,
    madeAt: operation.madeAt,
    state: state === 'sending' || state === 'stopped' || state === 'rejected' ? state : 'queued',
    tentative: Object.values(operations).some((one) => one.name === operation.name && one.offline === 'tentative'),
    refusal: operation.outcome?.status === 'rejected' ? operation.outcome.refusal : null,
  };
}
