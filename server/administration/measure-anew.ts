/** After a change of policy or calendars: the running tickets that it concerns, measured by the desk on either side of it. */
import { setImmediate } from 'node:timers/promises';
import type { Kind, Ticket, Urgency } from '#shared/domain/model.ts';
import { measuredAnew } from '#shared/domain/sla/judge.ts';
import { tellNobody } from '../alerts/marks.ts';
import type { WriteTx } from '../db/database.ts';
import type { DeskSnapshot } from '../db/desk.ts';
import { UNKNOWN_ALERTS } from '../db/tables.ts';
import { peopleOf, ticketRow } from '../operations/work.ts';

/** Tickets between two breaths: requests that only read are answered meanwhile. */
const AT_ONCE = 200;

/**
 * In the transaction of the change, which has `tx.lockTickets`. Writes the tickets of which something was judged: what the change makes late is
 * late from now on, what was late stays so. Returns how many. Every ticket that is concerned is due for its alerts. What only an import wrote is
 * left alone.
 */
export async function measureAnew(tx: WriteTx, before: DeskSnapshot, after: DeskSnapshot): Promise<number> {
  const isConcerned = concernedBy(before, after);
  if (isConcerned === undefined) return 0;
  const teams = [...after.rows('team').keys()];
  const ids =
    teams.length === 0
      ? []
      : await tx
          .selectFrom('ticket')
          .select('id')
          // By the index of the pools: most tickets of a desk are closed.
          .where('team_id', 'in', teams)
          .where('phase', 'in', ['open', 'waiting'])
          .where('untouched', '=', 0)
          .execute();
  let written = 0;
  for (let start = 0; start < ids.length; start += AT_ONCE) {
    const some = ids.slice(start, start + AT_ONCE).map((row) => row.id);
    written += await measureSome(tx, some, isConcerned, before, after);
    await setImmediate();
  }
  return written;
}

async function measureSome(
  tx: WriteTx,
  ids: readonly string[],
  isConcerned: (ticket: Ticket) => boolean,
  before: DeskSnapshot,
  after: DeskSnapshot,
): Promise<number> {
  const now = tx.now.toISOString();
  const rows = await tx.selectFrom('ticket').select(['id', 'doc', 'next_alert_at']).where('id', 'in', ids).execute();
  const judged: Ticket[] = [];
  const others: string[] = [];
  for (const row of rows) {
    const ticket = JSON.parse(row.doc) as Ticket;
    if (!isConcerned(ticket)) continue;
    if (row.next_alert_at === UNKNOWN_ALERTS) await tellNobody(tx, ticket, before);
    const sla = measuredAnew(ticket, before, after, now);
    if (sla === ticket.sla) others.push(ticket.id);
    else judged.push({ ...ticket, sla, revision: ticket.revision + 1 });
  }
  if (others.length > 0) await tx.updateTable('ticket').set({ next_alert_at: now }).where('id', 'in', others).execute();
  if (judged.length === 0) return 0;
  await tx
    .insertInto('ticket')
    .values(judged.map((ticket) => ({ ...ticketRow({ ticket, untouched: false }, after), next_alert_at: now })))
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((e) => ({
        doc: e.ref('excluded.doc'),
        revision: e.ref('excluded.revision'),
        next_alert_at: e.ref('excluded.next_alert_at'),
      })),
    )
    .execute();
  for (const ticket of judged) {
    const people = peopleOf(ticket);
    const seen = { teamBefore: ticket.teamId, teamAfter: ticket.teamId, peopleBefore: people, peopleAfter: people };
    tx.feed({ table: 'ticket', rowId: ticket.id, ticketId: ticket.id, ...seen });
  }
  return judged.length;
}

/** Undefined: no ticket is measured differently. */
function concernedBy(before: DeskSnapshot, after: DeskSnapshot): ((ticket: Ticket) => boolean) | undefined {
  const hours = new Map<string, boolean>();
  const hoursDiffer = (siteId: string) => {
    const known = hours.get(siteId) ?? !isSame(before.calendar(siteId).schedule, after.calendar(siteId).schedule);
    hours.set(siteId, known);
    return known;
  };
  const targetsDiffer = (kind: Kind, urgency: Urgency) =>
    !isSame(before.policy().targets[kind][urgency], after.policy().targets[kind][urgency]);
  const places = new Set([...before.rows('site').keys(), ...after.rows('site').keys(), '']);
  if (![...places].some(hoursDiffer) && isSame(before.policy().targets, after.policy().targets)) return undefined;
  return ({ siteId, kind, urgency }) => hoursDiffer(siteId) || targetsDiffer(kind, urgency);
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
