/** Tickets with work of mine that the feed has not shown yet, replayed; kept in step with the temporary overlay tables that lists read. */

import type { Ticket } from '#shared/domain/model.ts';
import type { Actor } from '#shared/domain/operation.ts';
import { dueOf } from '#shared/domain/sla/clocks.ts';
import type { CacheReader } from '../storage/cache-read.ts';
import { firstKeyOf, ticketColumns } from '../storage/cache-schema.ts';
import type { CachedDesk } from '../storage/cached-desk.ts';
import type { Outbox } from '../storage/outbox.ts';
import { pendingStates, type StoredOperation } from '../storage/outbox-rows.ts';
import { isCorrupt } from '../storage/sqlite.ts';
import { columnsOf, searchFieldsOf } from '../storage/ticket-columns.ts';
import { type Lookup, replay, type TicketState } from './replay.ts';

export interface PendingTicket extends TicketState {
  ticket: Ticket;
  /** Operations replayed here, in order. */
  operations: StoredOperation[];
}

export interface OptimisticOptions {
  reader: CacheReader;
  desk: CachedDesk;
  outbox: Outbox;
  actor: () => Actor;
  now: () => string;
  onDamage: (error: unknown) => void;
}

export class OptimisticView {
  #options: OptimisticOptions;
  #pending = new Map<string, PendingTicket>();
  #hasWork = false;
  #sql: ReturnType<typeof prepareStatements>;
  /** My files, and tickets as I see them. */
  readonly lookup: Lookup;

  constructor(options: OptimisticOptions) {
    this.#options = options;
    this.lookup = { upload: (id) => options.outbox.files.attachment(id), otherTicket: (id) => this.state(id).ticket };
    this.#sql = prepareStatements(options.reader);
    this.refresh();
  }

  /** Replays everything that is open; called after each change of outbox, cache or roles. Pending work is small. */
  refresh(): void {
    try {
      this.#replayAll();
    } catch (error) {
      // Whoever changed something has done so: that it cannot be shown now is no failure of his.
      if (!isCorrupt(error)) throw error;
      this.#options.onDamage(error);
    }
  }

  #replayAll(): void {
    const { outbox, reader } = this.#options;
    const position = reader.position();
    const seq = position === null ? -1 : Number(position.split(':')[1]);
    const author = this.#options.actor().id;
    const open = [...outbox.acknowledgedSince(author, seq), ...outbox.pending(author)].sort((a, b) => a.position - b.position);
    const byTicket = new Map<string, StoredOperation[]>();
    for (const operation of open) {
      const list = byTicket.get(operation.ticketId);
      if (list) list.push(operation);
      else byTicket.set(operation.ticketId, [operation]);
    }
    this.#hasWork = open.length > 0;
    if (this.#pending.size > 0) this.#sql.clear();
    this.#pending.clear();
    for (const [ticketId, operations] of byTicket) this.#replayTicket(ticketId, operations);
  }

  pending(ticketId: string): PendingTicket | undefined {
    return this.#pending.get(ticketId);
  }
  /** Something of mine waits for the feed, whether it can be replayed yet or not. */
  hasWork(): boolean {
    return this.#hasWork;
  }
  hasPending(): boolean {
    return this.#pending.size > 0;
  }

  /** As the technician sees it; `ticket` undefined when it is out of sight. */
  state(ticketId: string): TicketState {
    return this.#pending.get(ticketId) ?? this.confirmed(ticketId);
  }

  confirmed(ticketId: string): TicketState {
    return this.#options.reader.rows.whole(ticketId) ?? { ticket: undefined, entries: [], resolutions: [] };
  }

  #replayTicket(ticketId: string, operations: StoredOperation[]): void {
    const { desk, outbox, actor } = this.#options;
    const revision = this.#sql.revision(ticketId) ?? -1;
    const shown = operations.filter((operation) => isPending(operation) || (operation.revision ?? 0) > revision);
    if (shown.length === 0 || !desk.isReady()) return;
    const state = replay(this.confirmed(ticketId), shown, actor(), desk, { ...this.lookup, operation: (id) => outbox.get(id) });
    if (!state.ticket) return;
    const pending = { ...state, ticket: state.ticket, operations: shown };
    this.#pending.set(ticketId, pending);
    this.#store(pending);
  }

  #store({ ticket, entries, resolutions }: PendingTicket): void {
    const { desk, now } = this.#options;
    const due = dueOf(ticket, desk.policy(), desk.calendar(ticket.siteId), now());
    const key = this.#sql.key(ticket.id) ?? this.#sql.freeKey(firstKeyOf(ticket.openedAt));
    const columns = columnsOf(ticket, due, key);
    const fields = searchFieldsOf(ticket, entries, resolutions, (id) => desk.person(id));
    this.#sql.put(
      ticketColumns.map((name) => columns[name]),
      [key, fields.number, fields.title, fields.description, fields.notes, fields.people, fields.solutions, fields.beginnings],
    );
  }
}

export function isPending(operation: StoredOperation): boolean {
  return pendingStates.some((state) => state === operation.state);
}

function prepareStatements({ db }: CacheReader) {
  const key = db.prepare<[string], number>('SELECT key FROM ticket WHERE id = ?').pluck();
  const revision = db.prepare<[string], number>('SELECT revision FROM whole WHERE key = (SELECT key FROM ticket WHERE id = ?)').pluck();
  const taken = db.prepare('SELECT 1 FROM ticket WHERE key = ? UNION ALL SELECT 1 FROM temp.overlay WHERE key = ?').pluck();
  const clearTickets = db.prepare('DELETE FROM temp.overlay');
  const clearSearch = db.prepare('DELETE FROM temp.overlay_search WHERE rowid IN (SELECT key FROM temp.overlay)');
  const putTicket = db.prepare(`INSERT INTO temp.overlay(${ticketColumns.join(', ')}) VALUES (${ticketColumns.map(() => '?').join(', ')})`);
  const putSearch = db.prepare(
    'INSERT INTO temp.overlay_search(rowid, number, title, description, notes, people, solutions, beginnings) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  return {
    revision: (id: string) => revision.get(id) as number | undefined,
    key: (id: string) => key.get(id) as number | undefined,
    freeKey: (first: number) => {
      let free = first;
      while (taken.get(free, free) !== undefined) free += 1;
      return free;
    },
    clear: () => {
      clearSearch.run();
      clearTickets.run();
    },
    put: (columns: unknown[], search: unknown[]) => {
      putTicket.run(...columns);
      putSearch.run(...search);
    },
  };
}
