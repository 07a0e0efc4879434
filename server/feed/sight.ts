/** What of the stored rows a person is sent. Who may read a ticket is the domain's word (`mayRead`); this applies it to rows. */
import { type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import { mayRead, mayReadEntry, type Sight } from '#shared/domain/access.ts';
import type { Entry, Membership, Person, Ticket } from '#shared/domain/model.ts';
import type { Actor } from '#shared/domain/operation.ts';
import type { ReadDb } from '../db/database.ts';
import { type DeskSnapshot, type DirectoryTableName, directoryTables } from '../db/desk.ts';
import type { Tables, TicketTable } from '../db/tables.ts';

export function actorOf(desk: DeskSnapshot, personId: string): Actor {
  return { id: personId, memberships: desk.memberships(personId) };
}

/** Teams whose tickets this person reads whole. */
export function teamsOf(actor: Actor): string[] {
  return actor.memberships.flatMap((one) =>
    one.teamId !== null && (one.role === 'technician' || one.role === 'lead') ? [one.teamId] : [],
  );
}

type SightColumns = Pick<TicketTable, 'team_id' | 'requester_id' | 'beneficiary_id' | 'opened_by'>;
export function sightOfRow(actor: Actor, row: SightColumns): Sight {
  return mayRead(actor, { teamId: row.team_id, requesterId: row.requester_id, beneficiaryId: row.beneficiary_id, openedBy: row.opened_by });
}

/** A ticket as this sight shows it: reasons and details that technicians write for each other stay with them. */
export function ticketAsSeen(ticket: Ticket, sight: Sight): Ticket | null {
  if (sight === 'none') return null;
  if (sight === 'all') return ticket;
  return {
    ...ticket,
    urgencyOverride: ticket.urgencyOverride && { ...ticket.urgencyOverride, reason: '' },
    wait: ticket.wait && { ...ticket.wait, detail: '' },
    callback: null,
  };
}

export function ticketDocAsSeen(doc: string, sight: Sight): string | null {
  if (sight !== 'public') return sight === 'all' ? doc : null;
  return JSON.stringify(ticketAsSeen(JSON.parse(doc) as Ticket, sight));
}

/** Requesters read that somebody waits and why, not what technicians wrote beside it. */
export function entryDocAsSeen(doc: string, visibility: Entry['visibility'], sight: Sight): string | null {
  if (!mayReadEntry(sight, { visibility })) return null;
  if (sight === 'all') return doc;
  const entry = JSON.parse(doc) as Entry;
  return entry.kind === 'waiting' ? JSON.stringify({ ...entry, data: { ...entry.data, detail: '' } }) : doc;
}

/** Has a role on the desk: the others are requesters, who get a directory of names, sites and work numbers. */
function isStaff(actor: Actor): boolean {
  return actor.memberships.some((one) => one.role !== 'importer');
}

/**
 * Whether this person may be told that a row of the table is gone. Who loses a role of his own starts over instead: requesters
 * hear of no role.
 */
export function mayBeSent(actor: Actor, table: DirectoryTableName): boolean {
  return table !== 'membership' || isStaff(actor);
}

/** A directory row as this person is sent it; null: not at all. */
export function directoryRowAsSeen(actor: Actor, table: DirectoryTableName, row: unknown): unknown {
  if (isStaff(actor)) return row;
  if (table === 'membership') return (row as Membership).personId === actor.id ? row : null;
  if (table === 'person' && (row as Person).id !== actor.id) return { ...(row as Person), email: null, place: '' };
  return row;
}

/** Every directory row that this person is sent, in the order of the tables. */
export function* directoryRowsAsSeen(desk: DeskSnapshot, actor: Actor): Generator<{ table: DirectoryTableName; id: string; row: unknown }> {
  for (const table of directoryTables) {
    for (const [id, stored] of desk.rows(table)) {
      const row = directoryRowAsSeen(actor, table, stored);
      if (row !== null) yield { table, id, row };
    }
  }
}

function mayBeVisible(e: ExpressionBuilder<Tables, 'ticket'>, actor: Actor) {
  const teams = teamsOf(actor);
  return e.or([
    e('requester_id', '=', actor.id),
    e('beneficiary_id', '=', actor.id),
    e('opened_by', '=', actor.id),
    ...(teams.length > 0 ? [e('team_id', 'in', teams)] : []),
  ]);
}

/** Ticket rows of which this person may see something; what exactly, `sightOfRow` says. */
export function visibleTickets(db: ReadDb, actor: Actor) {
  return db.selectFrom('ticket').where((e) => mayBeVisible(e, actor));
}

/**
 * The same, for whoever reads many in the order of their opening: a technician sees so much of all there is that the index of the
 * openings is walked, where collecting his teams' tickets and sorting them would cost the whole table at each page.
 */
export function visibleTicketsInOrder(db: ReadDb, actor: Actor) {
  if (teamsOf(actor).length === 0) return visibleTickets(db, actor);
  return db.selectFrom('ticket').where((e) => sql<SqlBool>`${mayBeVisible(e, actor)} is true`);
}

export interface StoredLine {
  table: 'ticket' | 'entry' | 'resolution';
  id: string;
  ticketId: string;
  /** JSON as sent; null: exists, but not for this person. */
  doc: string | null;
}

function byTicket<T extends { ticket_id: string }>(rows: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(row.ticket_id);
    if (group) group.push(row);
    else groups.set(row.ticket_id, [row]);
  }
  return groups;
}

type TicketColumns = SightColumns & Pick<TicketTable, 'id' | 'doc'>;
/** Tickets with their entries and resolutions, each ticket before its own, in the order given. */
export async function ticketLines(db: ReadDb, actor: Actor, tickets: readonly TicketColumns[]): Promise<StoredLine[]> {
  if (tickets.length === 0) return [];
  const ids = tickets.map((ticket) => ticket.id);
  const entries = await db
    .selectFrom('entry')
    .select(['id', 'ticket_id', 'visibility', 'doc'])
    .where('ticket_id', 'in', ids)
    .orderBy('ticket_id')
    .orderBy('at')
    .execute();
  const resolutions = await db.selectFrom('resolution').select(['id', 'ticket_id', 'doc']).where('ticket_id', 'in', ids).execute();
  const entriesOf = byTicket(entries);
  const resolutionsOf = byTicket(resolutions);
  const lines: StoredLine[] = [];
  for (const ticket of tickets) {
    const sight = sightOfRow(actor, ticket);
    lines.push({ table: 'ticket', id: ticket.id, ticketId: ticket.id, doc: ticketDocAsSeen(ticket.doc, sight) });
    for (const entry of entriesOf.get(ticket.id) ?? []) {
      const doc = entryDocAsSeen(entry.doc, entry.visibility as Entry['visibility'], sight);
      lines.push({ table: 'entry', id: entry.id, ticketId: ticket.id, doc });
    }
    for (const resolution of resolutionsOf.get(ticket.id) ?? []) {
      lines.push({ table: 'resolution', id: resolution.id, ticketId: ticket.id, doc: sight === 'none' ? null : resolution.doc });
    }
  }
  return lines;
}
