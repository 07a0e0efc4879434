import type { MailNotice } from '#shared/domain/operation.ts';
import type { WriteTx } from '../db/database.ts';
import type { MailKind, MailTable } from '../db/tables.ts';

/** A mail waits this long, so that an undo can take it back. */
export const MAIL_DELAY_MS = 10_000;
/** A statement has room for so many values, and a rule may name a whole team. */
const ROWS_AT_ONCE = 100;

type Notice = Omit<MailNotice, 'kind'> & { kind: MailKind };

/** Mails of an operation, which its undo takes back. One row a recipient, in the transaction that causes it; the same cause twice is one row. */
export function queueMails(tx: WriteTx, notices: readonly MailNotice[], operationId: string): Promise<void> {
  return put(tx, notices, operationId, MAIL_DELAY_MS);
}

/** The same for what nobody did, and nobody can take back: alerts (`cause` is the `alertKey`) and reminders. They wait for nothing. */
export function queueMailsOfTime(tx: WriteTx, notices: readonly Notice[]): Promise<void> {
  return put(tx, notices, null, 0);
}

async function put(tx: WriteTx, notices: readonly Notice[], operationId: string | null, delayMs: number): Promise<void> {
  const due_at = new Date(tx.now.getTime() + delayMs).toISOString();
  const rows = notices.flatMap(({ kind, ticketId, cause, toPersonIds }) =>
    toPersonIds.map(
      (personId): MailTable => ({
        id: `${kind}.${ticketId}.${cause}.${personId}`,
        kind,
        cause,
        operation_id: operationId,
        ticket_id: ticketId,
        person_id: personId,
        state: 'queued',
        due_at,
        sent_at: null,
        attempts: 0,
      }),
    ),
  );
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    await tx
      .insertInto('mail')
      .values(rows.slice(start, start + ROWS_AT_ONCE))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}
