/** Operations that the server does by itself: the same rules, record and feed as a person's. */
import { randomUUID } from 'node:crypto';
import { SYSTEM_ACTOR } from '#shared/domain/access.ts';
import type { Instant } from '#shared/domain/model.ts';
import type { Desk } from '#shared/domain/operation.ts';
import { type OperationInput, type OperationName, run } from '#shared/domain/ticket/registry.ts';
import type { WriteTx } from '../db/database.ts';
import { contentHash, operationRow } from './record.ts';
import type { Work } from './work.ts';

/** In the transaction of `work`, which it writes. False: there was nothing to do any more, or the rule refused it. */
export async function operateBySystem<N extends OperationName>(
  tx: WriteTx,
  work: Work,
  desk: Desk,
  what: { name: N; ticketId: string; input: OperationInput<N>; occurredAt: Instant },
): Promise<boolean> {
  const { name, ticketId, input, occurredAt } = what;
  const operation = { id: randomUUID(), name, ticketId, input };
  const now = tx.now.toISOString();
  const result = run(name, work.subject(ticketId), input, {
    actor: { id: SYSTEM_ACTOR, memberships: [] },
    now,
    occurredAt,
    operationId: operation.id,
    ticketId,
    offline: false,
    imported: false,
    desk,
  });
  if (!result.ok || 'superseded' in result) return false;
  const revision = await work.apply(result.change, { operationId: operation.id, imported: false });
  await work.flush();
  tx.afterSeq((seq) => {
    const record = {
      ...operation,
      authorId: SYSTEM_ACTOR,
      contentHash: contentHash(operation),
      verdict: { status: 'applied' as const, revision },
      refusedClaim: null,
      imported: false,
      appliedAt: now,
      occurredAt,
      body: operation,
      before: null,
    };
    return [tx.insertInto('operation').values(operationRow(record, seq))];
  });
  return true;
}
