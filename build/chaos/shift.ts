/** What everybody at work has in common: the tickets that are worked on, the ledger, and the end of the day. */
import type { Ledger } from './ledger.ts';

/** So few that people meet on them. */
const TOGETHER = 24;

export class Shift {
  readonly ledger: Ledger;
  /** Ends when nobody begins anything any more. */
  readonly over = new AbortController();
  /** Nothing that was begun is brought to an end any more. */
  readonly closed = new AbortController();
  #tickets: string[] = [];
  #opened = 0;

  constructor(ledger: Ledger) {
    this.ledger = ledger;
  }

  isOver(): boolean {
    return this.over.signal.aborted;
  }
  /** The tickets that people work on now, newest last. */
  get tickets(): readonly string[] {
    return this.#tickets;
  }
  noteOpened(ticketId: string): void {
    this.#tickets = [...this.#tickets, ticketId].slice(-TOGETHER);
  }
  /** No two tickets have the same: two of the same title are one opening that had two effects. */
  newTitle(): string {
    this.#opened += 1;
    return `Chaos ${this.#opened}`;
  }
}
