/** When a ticket's clocks are to be looked at, and what the table of alerts keeps of them. */
import { instantOf } from '#shared/domain/instant.ts';
import type { Instant, Ticket } from '#shared/domain/model.ts';
import type { Desk } from '#shared/domain/operation.ts';
import { type Alert, alertKey, alertsOf, allMarksOf } from '#shared/domain/sla/alerts.ts';
import type { WriteTx } from '../db/database.ts';
import type { AlertTable } from '../db/tables.ts';

/** What clocks are measured by. */
export type Measures = Pick<Desk, 'policy' | 'calendar'>;
const ROWS_AT_ONCE = 100;

/** Every mark of the clocks that run. */
export function marksOf(ticket: Ticket, desk: Measures): Alert[] {
  return alertsOf(ticket, desk.policy(), desk.calendar(ticket.siteId));
}

/** The first of them, told or not: who writes a ticket need not know what was told of it. Null: no clock runs. */
export function firstMark(marks: readonly Alert[]): Instant | null {
  return marks.length === 0 ? null : instantOf(Math.min(...marks.map(({ at }) => at)));
}

/** The marks that lie behind, also of clocks that are paused. */
export function passedMarks(ticket: Ticket, desk: Measures, now: Date): Alert[] {
  const marks = allMarksOf(ticket, desk.policy(), desk.calendar(ticket.siteId));
  return marks.filter(({ at }) => at <= now.getTime());
}

/** `told` as rows; `marks`: all of the ticket's, among which each clock's breach says when its deadline is. */
export function alertRows(ticketId: string, told: readonly Alert[], marks: readonly Alert[], now: Date): AlertTable[] {
  return told.map((alert) => {
    const due = marks.find(({ clock, of, mark }) => clock === alert.clock && of === alert.of && mark === 'breach');
    return {
      ticket_id: ticketId,
      key: alertKey(alert),
      clock: alert.clock,
      mark: alert.mark,
      due_at: due === undefined ? null : instantOf(due.at),
      told_at: now.toISOString(),
    };
  });
}

/** What is there already stays as it is. */
export async function putAlerts(tx: WriteTx, rows: readonly AlertTable[]): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    await tx
      .insertInto('alert')
      .values(rows.slice(start, start + ROWS_AT_ONCE))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

/** What passed before anybody was to be told of the ticket (an import's, or from before alerts) is told to nobody. */
export async function tellNobody(tx: WriteTx, ticket: Ticket, desk: Measures): Promise<void> {
  const passed = passedMarks(ticket, desk, tx.now);
  await putAlerts(tx, alertRows(ticket.id, passed, passed, tx.now));
}
