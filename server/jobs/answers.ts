/**
 * Solutions that nobody answers: reminds once those who may, and closes the ticket after the last day. Tickets that only an import wrote
 * are left alone.
 */
import type { Ticket } from '#shared/domain/model.ts';
import { closesAt, remindsAt } from '#shared/domain/sla/closing.ts';
import { askersOf } from '#shared/domain/ticket/notices.ts';
import type { GuichetDatabase, WriteTx } from '../db/database.ts';
import type { DeskCache, DeskSnapshot } from '../db/desk.ts';
import { queueMailsOfTime } from '../mail/queue.ts';
import { operateBySystem } from '../operations/by-system.ts';
import { beginWork, type Work } from '../operations/work.ts';

export const ANSWERS_EVERY_MS = 5_000;
const AT_ONCE = 50;

interface AnswerServices {
  database: GuichetDatabase;
  desk: DeskCache;
  clock: () => Date;
}

/** One round. Returns how many tickets it closed. */
export async function endUnanswered({ database, desk, clock }: AnswerServices): Promise<number> {
  const due = await database.read((db) =>
    db
      .selectFrom('ticket')
      .select('id')
      .where('answer_due_at', '<=', clock().toISOString())
      .orderBy('answer_due_at')
      .limit(AT_ONCE)
      .execute(),
  );
  let closed = 0;
  for (const { id } of due) if (await database.write((tx) => look(tx, desk, id))) closed += 1;
  return closed;
}

/** Whether it closed the ticket. */
async function look(tx: WriteTx, cache: DeskCache, ticketId: string): Promise<boolean> {
  const desk = await cache.in(tx, tx.position);
  const work = await beginWork(tx, [ticketId], desk);
  const { ticket, resolution } = work.subject(ticketId);
  // Somebody may have answered since the query.
  if (ticket?.phase !== 'resolved' || ticket.resolvedAt === null) return false;
  const now = tx.now.toISOString();
  const at = ticket.resolvedAt;
  const [policy, calendar] = [desk.policy(), desk.calendar(ticket.siteId)];
  const closing = closesAt({ at }, policy, calendar);
  // It is closed when it is said, also late: whoever may still speak of it has his full time.
  if (closing !== null && closing <= now && (await close(tx, work, desk, ticketId))) return true;
  const reminder = remindsAt({ at }, policy, calendar);
  if (reminder !== null && reminder <= now && resolution !== undefined) await remind(tx, work, ticket, resolution.id);
  const ahead = [reminder, closing].filter((one) => one !== null && one > now).sort();
  await tx
    .updateTable('ticket')
    .set({ answer_due_at: ahead[0] ?? null })
    .where('id', '=', ticketId)
    .execute();
  return false;
}

function close(tx: WriteTx, work: Work, desk: DeskSnapshot, ticketId: string): Promise<boolean> {
  return operateBySystem(tx, work, desk, { name: 'auto_close', ticketId, input: { code: null }, occurredAt: tx.now.toISOString() });
}

/** Whoever held the ticket does not judge it. Asked again, the same mail is one row. */
async function remind(tx: WriteTx, work: Work, ticket: Ticket, resolutionId: string): Promise<void> {
  const held = work.subject(ticket.id).pastHolders;
  const toPersonIds = askersOf(ticket).filter((id) => !held.includes(id));
  await queueMailsOfTime(tx, [{ kind: 'reminder', ticketId: ticket.id, cause: resolutionId, toPersonIds }]);
}
