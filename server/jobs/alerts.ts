/**
 * Tells by mail that the minutes of a clock are half, nearly or wholly used up: once each, for good. Also after days off: of each clock
 * then only the last mark, the earlier ones count as told.
 */
import { setImmediate } from 'node:timers/promises';
import { instantOf } from '#shared/domain/instant.ts';
import type { AlertMark, Ticket } from '#shared/domain/model.ts';
import { alertKey, alertRules, isReceiver, lastPassed } from '#shared/domain/sla/alerts.ts';
import { alertRows, marksOf, putAlerts, tellNobody } from '../alerts/marks.ts';
import type { GuichetDatabase, WriteTx } from '../db/database.ts';
import type { DeskCache, DeskSnapshot } from '../db/desk.ts';
import { type AlertTable, UNKNOWN_ALERTS } from '../db/tables.ts';
import { actorOf } from '../feed/sight.ts';
import { queueMailsOfTime } from '../mail/queue.ts';
import { holdTickets } from '../operations/work.ts';

export const ALERTS_EVERY_MS = 5_000;
/** Tickets of one transaction. */
const AT_ONCE = 50;

interface AlertServices {
  database: GuichetDatabase;
  desk: DeskCache;
  clock: () => Date;
}

/** One round: looks at every ticket that is due. Returns how many alerts it told, to somebody or to nobody. */
export async function tellDueAlerts(services: AlertServices): Promise<number> {
  for (let told = 0; ; ) {
    const due = await dueTickets(services);
    if (due.length > 0) told += await services.database.write((tx) => tell(tx, services.desk, due));
    if (due.length < AT_ONCE) return told;
    // After days off there may be thousands: requests come in between.
    await setImmediate();
  }
}

async function dueTickets({ database, clock }: AlertServices): Promise<string[]> {
  const now = clock().toISOString();
  const rows = await database.read((db) =>
    db
      .selectFrom('ticket')
      .select('id')
      .where((e) => e.or([e('next_alert_at', '<=', now), e('next_alert_at', '=', UNKNOWN_ALERTS)]))
      .orderBy('next_alert_at')
      .limit(AT_ONCE)
      .execute(),
  );
  return rows.map((row) => row.id);
}

async function tell(tx: WriteTx, cache: DeskCache, ticketIds: readonly string[]): Promise<number> {
  await holdTickets(tx, ticketIds);
  const desk = await cache.in(tx, tx.position);
  const stored = await tx.selectFrom('ticket').select(['id', 'doc', 'next_alert_at']).where('id', 'in', ticketIds).execute();
  const known = await tx.selectFrom('alert').select(['ticket_id', 'key']).where('ticket_id', 'in', ticketIds).execute();
  const told = new Set(known.map((row) => `${row.ticket_id} ${row.key}`));
  const rules = alertRules(desk.policy());
  const rows: AlertTable[] = [];
  const notices: { kind: 'alert'; ticketId: string; cause: string; toPersonIds: string[] }[] = [];
  for (const row of stored) {
    const ticket = JSON.parse(row.doc) as Ticket;
    // Written since the look by somebody who has put it in step.
    if (row.next_alert_at === null) continue;
    if (row.next_alert_at === UNKNOWN_ALERTS) await tellNobody(tx, ticket, desk);
    const marks = marksOf(ticket, desk);
    const isNew = (alert: (typeof marks)[number]) => !told.has(`${ticket.id} ${alertKey(alert)}`);
    const passed = marks.filter(({ at }) => at <= tx.now.getTime());
    if (row.next_alert_at !== UNKNOWN_ALERTS) {
      rows.push(...alertRows(ticket.id, passed.filter(isNew), marks, tx.now));
      const mailed = passed.filter(({ mark }) => rules[mark].mail.length > 0);
      for (const alert of lastPassed(mailed, tx.now.getTime()).filter(isNew)) {
        const toPersonIds = mailReceivers(desk, ticket, alert.mark);
        if (toPersonIds.length > 0) notices.push({ kind: 'alert', ticketId: ticket.id, cause: alertKey(alert), toPersonIds });
      }
    }
    const ahead = marks.filter((alert) => alert.at > tx.now.getTime() && isNew(alert)).map(({ at }) => at);
    await tx
      .updateTable('ticket')
      .set({ next_alert_at: ahead.length === 0 ? null : instantOf(Math.min(...ahead)) })
      .where('id', '=', ticket.id)
      // A change of what clocks are measured by may have made it due meanwhile, without its lock.
      .where('next_alert_at', '=', row.next_alert_at)
      .execute();
  }
  await putAlerts(tx, rows);
  await queueMailsOfTime(tx, notices);
  return rows.length;
}

/** People that work here and have an address, each once, whatever he is to the ticket. */
function mailReceivers(desk: DeskSnapshot, ticket: Ticket, mark: AlertMark): string[] {
  const receivers = alertRules(desk.policy())[mark].mail;
  const ofTeam = [...desk.rows('membership').values()].filter((one) => one.teamId === ticket.teamId).map((one) => one.personId);
  const people = new Set(ticket.holderId === null ? ofTeam : [ticket.holderId, ...ofTeam]);
  return [...people].filter((id) => {
    const person = desk.person(id);
    return person?.active === true && person.email !== null && isReceiver(receivers, actorOf(desk, id), ticket);
  });
}
