/** The keys of tickets in cache.db: by their opening, newest first, so that an order by key is an order by age. */
import type { Ticket } from '#shared/domain/model.ts';
import { firstKeyOf, KEY_SLOTS } from './cache-schema.ts';
import type { Sqlite, Statement } from './sqlite.ts';

export class TicketKeys {
  #byId: Statement;
  #last: Statement;
  #all: Statement;
  /** While a bootstrap fills the file: all keys there are, so that none has to be looked up. */
  #given: { byId: Map<string, number>; taken: Set<number>; last: Map<number, number> } | undefined;

  constructor(db: Sqlite) {
    this.#byId = db.prepare('SELECT key FROM ticket WHERE id = ?').pluck();
    this.#all = db.prepare('SELECT id, key FROM ticket');
    this.#last = db.prepare('SELECT max(key) FROM ticket WHERE key >= ? AND key < ?').pluck();
  }

  /** From here on this alone gives keys, and knows those that are given. */
  remember(): void {
    this.#given = { byId: new Map(), taken: new Set(), last: new Map() };
    for (const { id, key } of this.#all.iterate() as Iterable<{ id: string; key: number }>) {
      this.#given.byId.set(id, key);
      this.#given.taken.add(key);
    }
  }
  forget(): void {
    this.#given = undefined;
  }

  /** Whether keys are kept here as they are given; otherwise they are looked for in the file. */
  remembers(): boolean {
    return this.#given !== undefined;
  }

  known(ticketId: string): number | undefined {
    if (this.#given) return this.#given.byId.get(ticketId);
    return this.#byId.get(ticketId) as number | undefined;
  }

  of(ticket: Ticket): { key: number; isNew: boolean } {
    const known = this.known(ticket.id);
    if (known !== undefined) return { key: known, isNew: false };
    const first = firstKeyOf(ticket.openedAt);
    const given = this.#given;
    if (!given) return { key: this.#free(first), isNew: true };
    let key = (given.last.get(first) ?? first - 1) + 1;
    while (given.taken.has(key)) key += 1;
    given.byId.set(ticket.id, key);
    given.taken.add(key);
    given.last.set(first, key);
    return { key, isNew: true };
  }

  #free(first: number): number {
    for (let room = KEY_SLOTS; ; room *= 1_000) {
      const last = this.#last.get(first, first + room) as number | null;
      if (last === null) return first;
      if (last + 1 < first + room) return last + 1;
    }
  }
}
