/**
 * The tickets that one transaction works on: loaded once, changed in memory by one operation or by a thousand, written once.
 */
import { sql } from 'kysely';
import type { Entry, Resolution, Ticket } from '#shared/domain/model.ts';
import type { Change, Subject } from '#shared/domain/operation.ts';
import { answerDueAt } from '#shared/domain/sla/closing.ts';
import { pastHoldersOf } from '#shared/domain/ticket/past-holders.ts';
import { firstMark, type Measures, marksOf, tellNobody } from '../alerts/marks.ts';
import type { WriteTx } from '../db/database.ts';
import { OvertakenError, type Query, type Write } from '../db/store.ts';
import { type TicketTable, UNKNOWN_ALERTS } from '../db/tables.ts';
import { queueMails } from '../mail/queue.ts';
import { numberSeries, takeNumbers } from './numbers.ts';

interface Stored {
  revision: number;
  teamId: string;
  people: readonly string[];
  /** What its row says beside the document. */
  columns: Omit<TicketTable, 'id' | 'doc' | 'revision'>;
}
interface Loaded {
  ticket: Ticket | undefined;
  /** As it is in the database; undefined: not there yet. */
  stored: Stored | undefined;
  /** Only imports wrote it so far. */
  untouched: boolean;
  /** What its clocks passed so far is told to nobody: an import wrote it, or it is from before alerts were told. */
  isSilent: boolean;
  resolutions: Map<string, Resolution>;
  changedResolutions: Set<string>;
  pastHolders: Set<string>;
  newHolders: Set<string>;
}

export interface Work {
  subject(ticketId: string): Subject;
  isTouched(ticketId: string): boolean;
  resolution(ticketId: string, id: string): Resolution | undefined;
  /** Takes over a change; returns the ticket's new revision. */
  apply(change: Change, source: { operationId: string; imported: boolean }): Promise<number>;
  /** Writes everything and tells the feed. */
  flush(): Promise<void>;
}

const AT_ONCE = 100;
export function* slices<T>(rows: readonly T[]): Generator<T[]> {
  for (let start = 0; start < rows.length; start += AT_ONCE) yield rows.slice(start, start + AT_ONCE);
}
export const peopleOf = (ticket: Ticket) => [ticket.requesterId, ticket.beneficiaryId, ticket.openedBy];

function loadedFrom(rows: readonly StoredRow[], ticketIds: readonly string[]): Map<string, Loaded> {
  const loaded = new Map<string, Loaded>();
  for (const id of ticketIds) {
    loaded.set(id, {
      ticket: undefined,
      stored: undefined,
      untouched: true,
      isSilent: false,
      resolutions: new Map(),
      changedResolutions: new Set(),
      pastHolders: new Set(),
      newHolders: new Set(),
    });
  }
  for (const { what, ticket_id, text, untouched, next_alert_at, answer_due_at } of rows) {
    const one = loaded.get(ticket_id);
    if (!one) continue;
    if (what === 'ticket') {
      const ticket = JSON.parse(text) as Ticket;
      one.ticket = ticket;
      const columns = { ...columnsOf(ticket), untouched, next_alert_at, answer_due_at };
      one.stored = { revision: ticket.revision, teamId: ticket.teamId, people: peopleOf(ticket), columns };
      one.untouched = untouched === 1;
      one.isSilent = one.untouched || next_alert_at === UNKNOWN_ALERTS;
    } else if (what === 'resolution') {
      const resolution = JSON.parse(text) as Resolution;
      one.resolutions.set(resolution.id, resolution);
    } else one.pastHolders.add(text);
  }
  return loaded;
}

export interface StoredRow {
  what: 'ticket' | 'resolution' | 'holder';
  ticket_id: string;
  text: string;
  untouched: 0 | 1;
  next_alert_at: string | null;
  answer_due_at: string | null;
}
/** Of these tickets in one query: the tickets, their resolutions in their order, and the ids of who ever held them. */
export function storedRows(tx: WriteTx, ids: readonly string[]): Query<StoredRow> {
  return tx
    .selectFrom('ticket')
    .select(['id as ticket_id', 'doc as text', 'untouched', 'next_alert_at', 'answer_due_at'])
    .select([sql.lit<'ticket' | 'resolution' | 'holder'>('ticket').as('what'), sql.lit('').as('at')])
    .where('id', 'in', ids)
    .unionAll((e) =>
      e
        .selectFrom('resolution')
        .select(['ticket_id', 'doc as text'])
        .select([
          sql.lit<0 | 1>(0).as('untouched'),
          sql.lit<string | null>(null).as('next_alert_at'),
          sql.lit<string | null>(null).as('answer_due_at'),
          sql.lit<'resolution'>('resolution').as('what'),
          'at',
        ])
        .where('ticket_id', 'in', ids),
    )
    .unionAll((e) =>
      e
        .selectFrom('past_holder')
        .select(['ticket_id', 'person_id as text'])
        .select([
          sql.lit<0 | 1>(0).as('untouched'),
          sql.lit<string | null>(null).as('next_alert_at'),
          sql.lit<string | null>(null).as('answer_due_at'),
          sql.lit<'holder'>('holder').as('what'),
          sql.lit('').as('at'),
        ])
        .where('ticket_id', 'in', ids),
    )
    .orderBy('at');
}

function latestOf(resolutions: Map<string, Resolution>): Resolution | undefined {
  return [...resolutions.values()].filter((one) => !one.undone).at(-1);
}

export const ticketLock = (id: string) => `ticket ${id}`;

/** Whoever changes anything of a ticket, or decides by it, has the ticket to himself. */
export function holdTickets(tx: WriteTx, ticketIds: readonly string[]): Promise<void> {
  return tx.lock(...ticketIds.map(ticketLock));
}

/** Loads these tickets (those that exist) for a transaction's work on them, which has them to itself from here on. */
export async function beginWork(tx: WriteTx, ticketIds: readonly string[], desk: Measures): Promise<Work> {
  await holdTickets(tx, ticketIds);
  const rows: StoredRow[] = [];
  for (const ids of slices([...new Set(ticketIds)])) rows.push(...(await storedRows(tx, ids).execute()));
  return workOn(tx, ticketIds, rows, desk);
}

/** The same, of `storedRows` that were asked for with something else, once the tickets were held. */
export function workOn(tx: WriteTx, ticketIds: readonly string[], rows: readonly StoredRow[], desk: Measures): Work {
  const loaded = loadedFrom(rows, ticketIds);
  const entries: { entry: Entry; operationId: string }[] = [];
  const changed = new Set<string>();
  const of = (ticketId: string): Loaded => {
    const one = loaded.get(ticketId);
    if (!one) throw new Error(`Ticket ${ticketId} was not loaded for this work.`);
    return one;
  };

  async function markUndone(operationId: string): Promise<void> {
    await tx.updateTable('operation').set({ undone: 1 }).where('id', '=', operationId).execute();
    await tx
      .updateTable('mail')
      .set({ state: 'taken_back' })
      .where('operation_id', '=', operationId)
      .where('state', '=', 'queued')
      .execute();
    const rows = await tx.selectFrom('entry').select(['id', 'ticket_id', 'doc']).where('operation_id', '=', operationId).execute();
    for (const row of rows) {
      const entry = JSON.parse(row.doc) as Entry;
      const revision = entry.revision + 1;
      await tx
        .updateTable('entry')
        .set({ revision, doc: JSON.stringify({ ...entry, undone: true, revision }) })
        .where('id', '=', row.id)
        .execute();
      tellFeed('entry', row.id, row.ticket_id);
    }
    for (const ticketId of new Set(rows.map((row) => row.ticket_id))) await forgetUndoneHolders(ticketId);
  }

  /** A holder whose claim or assignment was undone never held the ticket: he may judge it. */
  async function forgetUndoneHolders(ticketId: string): Promise<void> {
    const one = of(ticketId);
    if (!one.ticket) return;
    const rows = await tx.selectFrom('entry').select('doc').where('ticket_id', '=', ticketId).execute();
    const held = pastHoldersOf(
      rows.map((row) => JSON.parse(row.doc) as Entry),
      one.ticket,
    );
    for (const personId of one.pastHolders) {
      if (held.includes(personId)) continue;
      one.pastHolders.delete(personId);
      one.newHolders.delete(personId);
      await tx.deleteFrom('past_holder').where('ticket_id', '=', ticketId).where('person_id', '=', personId).execute();
    }
  }

  /** Rows of a ticket go to whoever saw it before or sees it now. */
  function tellFeed(table: 'ticket' | 'entry' | 'resolution', rowId: string, ticketId: string): void {
    const { ticket, stored } = of(ticketId);
    tx.feed({
      table,
      rowId,
      ticketId,
      teamBefore: stored?.teamId ?? null,
      teamAfter: ticket?.teamId ?? null,
      peopleBefore: stored?.people ?? null,
      peopleAfter: ticket ? peopleOf(ticket) : null,
    });
  }

  function ticketsToSave(): Write[] {
    const fresh = [...changed].filter((id) => of(id).stored === undefined);
    const inserts = [...slices(fresh)].map((ids) => tx.insertInto('ticket').values(ids.map((id) => ticketRow(of(id), desk))));
    const updates = [...changed].flatMap((id) => {
      const one = of(id);
      if (!one.stored) return [];
      const { revision, columns } = one.stored;
      // Of what is set, every index is written anew, changed or not.
      const { id: _key, ...row } = ticketRow(one, desk);
      const values = Object.entries(row).filter(([name, value]) => columns[name as keyof typeof columns] !== value);
      return [tx.updateTable('ticket').set(Object.fromEntries(values)).where('id', '=', id).where('revision', '=', revision)];
    });
    for (const id of changed) tellFeed('ticket', id, id);
    return [...inserts, ...updates];
  }

  function entriesToSave(): Write[] {
    for (const { entry } of entries) tellFeed('entry', entry.id, entry.ticketId);
    return [...slices(entries)].map((some) =>
      tx.insertInto('entry').values(
        some.map(({ entry, operationId }) => ({
          id: entry.id,
          ticket_id: entry.ticketId,
          operation_id: operationId,
          at: entry.at,
          visibility: entry.visibility,
          revision: entry.revision,
          doc: JSON.stringify(entry),
        })),
      ),
    );
  }

  function resolutionsToSave(): Write[] {
    const rows = [...changed].flatMap((id) => {
      const one = of(id);
      return [...one.changedResolutions].flatMap((key) => one.resolutions.get(key) ?? []);
    });
    for (const row of rows) tellFeed('resolution', row.id, row.ticketId);
    return [...slices(rows)].map((some) =>
      tx
        .insertInto('resolution')
        .values(
          some.map((row) => ({
            id: row.id,
            ticket_id: row.ticketId,
            at: row.at,
            undone: row.undone ? (1 as const) : (0 as const),
            revision: row.revision,
            doc: JSON.stringify(row),
          })),
        )
        .onConflict((conflict) =>
          conflict.column('id').doUpdateSet((e) => ({
            undone: e.ref('excluded.undone'),
            revision: e.ref('excluded.revision'),
            doc: e.ref('excluded.doc'),
          })),
        ),
    );
  }

  return {
    subject: (ticketId) => {
      const { ticket, resolutions, pastHolders } = of(ticketId);
      return { ticket, resolution: latestOf(resolutions), pastHolders: [...pastHolders] };
    },
    isTouched: (ticketId) => of(ticketId).stored !== undefined && !of(ticketId).untouched,
    resolution: (ticketId, id) => of(ticketId).resolutions.get(id),
    apply: async (change, { operationId, imported }) => {
      const one = of(change.ticket.id);
      const revision = (one.ticket?.revision ?? 0) + 1;
      if (!imported) one.untouched = false;
      const { untouched: _before, ...ticket } = change.ticket;
      one.ticket = { ...ticket, ...(one.untouched && { untouched: true }), revision };
      if (one.ticket.holderId !== null && !one.pastHolders.has(one.ticket.holderId)) {
        one.pastHolders.add(one.ticket.holderId);
        one.newHolders.add(one.ticket.holderId);
      }
      if (change.resolution) {
        const before = one.resolutions.get(change.resolution.id);
        one.resolutions.set(change.resolution.id, { ...change.resolution, revision: (before?.revision ?? 0) + 1 });
        one.changedResolutions.add(change.resolution.id);
      }
      for (const entry of change.entries) entries.push({ entry: { ...entry, revision: 1 }, operationId });
      changed.add(change.ticket.id);
      if (change.mails && !imported) await queueMails(tx, change.mails, operationId);
      if (change.undoneOperationId !== undefined) await markUndone(change.undoneOperationId);
      return revision;
    },
    flush: async () => {
      const fresh = [...changed].map(of).filter((one) => one.stored === undefined);
      await giveNumbers(tx, fresh);
      for (const id of changed) {
        const { stored, isSilent, untouched, ticket } = of(id);
        if (stored && isSilent && !untouched && ticket) await tellNobody(tx, ticket, desk);
      }
      const tickets = ticketsToSave();
      const holders = [...changed].flatMap((id) => [...of(id).newHolders].map((person) => ({ ticket_id: id, person_id: person })));
      const held = [...slices(holders)].map((some) => tx.insertInto('past_holder').values(some));
      const saved = await tx.together([...tickets, ...entriesToSave(), ...resolutionsToSave(), ...held]);
      const savedTickets = saved.slice(0, tickets.length).reduce((sum, rows) => sum + rows, 0);
      // Whoever changes what all clocks are measured by has every ticket, without its name.
      if (savedTickets !== changed.size) throw new OvertakenError('A ticket changed under a transaction that held it.');
    },
  };
}

/** What the row of a ticket repeats of its document, to be found by. */
function columnsOf(ticket: Ticket) {
  return {
    number: ticket.number,
    team_id: ticket.teamId,
    requester_id: ticket.requesterId,
    beneficiary_id: ticket.beneficiaryId,
    opened_by: ticket.openedBy,
    phase: ticket.phase,
    opened_at: ticket.openedAt,
    wake_at: ticket.wait?.wakeAt ?? null,
  };
}

export function ticketRow({ ticket, untouched }: Pick<Loaded, 'ticket' | 'untouched'>, desk: Measures) {
  if (!ticket) throw new Error('A changed ticket has no row.');
  return {
    id: ticket.id,
    ...columnsOf(ticket),
    revision: ticket.revision,
    untouched: untouched ? (1 as const) : (0 as const),
    next_alert_at: untouched ? null : firstMark(marksOf(ticket, desk)),
    answer_due_at: untouched ? null : answerDueAt(ticket, desk.policy(), desk.calendar(ticket.siteId)),
    doc: JSON.stringify(ticket),
  };
}

async function giveNumbers(tx: WriteTx, fresh: readonly Loaded[]): Promise<void> {
  const series = new Map<string, Loaded[]>();
  for (const one of fresh) {
    if (!one.ticket) continue;
    const key = numberSeries(one.ticket);
    series.set(key, [...(series.get(key) ?? []), one]);
  }
  // In one order for everybody: two that open both kinds of ticket never wait for each other.
  for (const [key, members] of [...series].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const numbers = await takeNumbers(tx, key, members.length);
    members.forEach((one, index) => {
      if (one.ticket) one.ticket = { ...one.ticket, number: numbers[index] ?? null };
    });
  }
}
