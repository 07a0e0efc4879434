/** The server's answers: recorded, and where something was refused, gathered into one banner that says what became of everything. */
import { z } from 'zod';
import type { PushOutcome } from '#shared/contract/api.ts';
import type { Rejection } from '#shared/contract/core.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import type { Outbox } from '../storage/outbox.ts';
import type { StoredOperation } from '../storage/outbox-rows.ts';
import { draftPlace } from './draft-place.ts';

/** In one transaction: all answers of a push, the banners, and the texts given back. `now`: server time. */
export function recordOutcomes(outbox: Outbox, personId: string, outcomes: readonly PushOutcome[], now: string): void {
  outbox.transaction(() => {
    for (const outcome of outcomes) {
      const operation = outbox.get(outcome.id);
      if (!operation || operation.authorId !== personId || operation.outcome) continue;
      outbox.setOutcome(operation.id, outcome, now);
      if (outcome.status === 'kept') keep(outbox, personId, operation, outcome.as);
      if (outcome.status === 'rejected') reject(outbox, personId, operation, outcome.refusal, now);
    }
  });
}

function keep(outbox: Outbox, personId: string, operation: StoredOperation, as: string): void {
  const root = rejectionBelow(outbox, personId, operation);
  if (!root) return;
  root.rejection.kept.push({ operationId: operation.id, name: operation.name, as, madeAt: operation.madeAt });
  addText(root.rejection, operation);
  outbox.saveRejection(personId, root.ticketId, root.rejection);
}

function reject(outbox: Outbox, personId: string, operation: StoredOperation, refusal: Refusal, now: string): void {
  if (operation.draft) outbox.giveBack(personId, draftPlace(operation), operation.draft, now);
  const root = rejectionBelow(outbox, personId, operation);
  if (root) {
    const { rejection } = root;
    rejection.notApplied.push({ operationId: operation.id, name: operation.name, refusal, madeAt: operation.madeAt });
    addText(rejection, operation);
    outbox.saveRejection(personId, root.ticketId, rejection);
    return;
  }
  outbox.saveRejection(personId, operation.ticketId, {
    operationId: operation.id,
    name: operation.name,
    refusal,
    madeAt: operation.madeAt,
    answeredAt: now,
    kept: [],
    notApplied: [],
    text: textOf(operation),
  });
}

/** All of what was done is there to be copied, also what was kept. */
function addText(rejection: Rejection, operation: StoredOperation): void {
  rejection.text = [rejection.text, textOf(operation)].filter((part) => part !== '').join('\n\n');
}

/** The banner of the refused operation that this one builds on, directly or not. */
function rejectionBelow(
  outbox: Outbox,
  personId: string,
  operation: StoredOperation,
): { ticketId: string; rejection: Rejection } | undefined {
  const banners = outbox.rejections(personId, operation.ticketId);
  const seen = new Set<string>();
  const queue = [...operation.after];
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    if (seen.has(id)) continue;
    seen.add(id);
    const banner = banners.find(({ rejection }) => rejection.operationId === id);
    if (banner) return banner;
    queue.push(...(outbox.get(id)?.after ?? []));
  }
  return undefined;
}

const Override = z.object({ reason: z.string() });
const typed = ['text', 'note', 'reason', 'detail', 'title', 'description', 'phone', 'place'] as const;

/** What the technician typed, to be copied: his form may hold something else by now. */
export function textOf({ input }: StoredOperation): string {
  const parts = [...typed.map((name) => input[name]), Override.safeParse(input.override).data?.reason];
  return parts.filter((part) => typeof part === 'string' && part !== '').join('\n');
}
