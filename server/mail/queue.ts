import type { MailNotice } from '#shared/domain/operation.ts';
import type { WriteTx } from '../db/database.ts';
import type { MailTable } from '../db/tables.ts';

/** A mail waits this long, so that an undo can take it back. */
export const MAIL_DELAY_MS = 10_000;
/** A statement has room for so many values, and a rule may name a whole team. */
const ROWS_AT_ONCE = 100;

/** One row a recipient, in the transaction that causes it; the same cause twice is one row. */
export async function queueMails(tx: WriteTx, notices: readonly MailNotice[], operationId: string): Promise<void> {
  const due_at = new Date(tx.now.getTime() + MAIL_DELAY_MS).toISOString();
  const rows = notices.flatMap(({ kind, ticketId, resolutionId, toPersonIds }) =>
    toPersonIds.map((personId) => ({
      id: `${resolutionId}.${personId}`,
      kind,
      cause: resolutionId,
      operation_id: operationId,
      ticket_id: ticketId,
      person_id: personId,
      due_at,
    })),
  );
  await put(tx, rows);
}

/** An alert (`alertKey`) that these people are told of by mail. */
export interface AlertNotice {
  ticketId: string;
  key: string;
  toPersonIds: readonly string[];
}

/** The same for alerts; they wait for nothing, since nobody can take them back. */
export async function queueAlertMails(tx: WriteTx, notices: readonly AlertNotice[]): Promise<void> {
  const due_at = tx.now.toISOString();
  const rows = notices.flatMap(({ ticketId, key, toPersonIds }) =>
    toPersonIds.map((personId) => ({
      id: `${ticketId}.${key}.${personId}`,
      kind: 'alert' as const,
      cause: key,
      operation_id: null,
      ticket_id: ticketId,
      person_id: personId,
      due_at,
    })),
  );
  await put(tx, rows);
}

async function put(tx: WriteTx, rows: readonly Omit<MailTable, 'state' | 'sent_at' | 'attempts'>[]): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    await tx
      .insertInto('mail')
      .values(rows.slice(start, start + ROWS_AT_ONCE).map((row) => ({ ...row, state: 'queued' as const, sent_at: null, attempts: 0 })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}
