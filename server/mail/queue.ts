import type { MailNotice } from '#shared/domain/operation.ts';
import type { WriteTx } from '../db/database.ts';

/** A mail waits this long, so that an undo can take it back. */
export const MAIL_DELAY_MS = 10_000;

/** One row a recipient, in the transaction that causes it; the same cause twice is one row. */
export async function queueMails(tx: WriteTx, notices: readonly MailNotice[], operationId: string): Promise<void> {
  const rows = notices.flatMap((notice) =>
    notice.toPersonIds.map((personId) => ({
      id: `${notice.resolutionId}.${personId}`,
      operation_id: operationId,
      ticket_id: notice.ticketId,
      resolution_id: notice.resolutionId,
      person_id: personId,
      state: 'queued' as const,
      due_at: new Date(tx.now.getTime() + MAIL_DELAY_MS).toISOString(),
      sent_at: null,
    })),
  );
  if (rows.length === 0) return;
  await tx
    .insertInto('mail')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
