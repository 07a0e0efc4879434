/** Everything that the work of one signed-in person needs: his cache, his outbox, the clock, and what is known of the line. */

import { isTechnicianOf } from '#shared/domain/access.ts';
import type { Actor, OperationContext } from '#shared/domain/operation.ts';
import { type Machine, thisMachine } from './machine.ts';
import type { CacheReader } from './storage/cache-read.ts';
import { CachedDesk } from './storage/cached-desk.ts';
import type { Outbox } from './storage/outbox.ts';
import type { StoredOperation } from './storage/outbox-rows.ts';
import { ListQueries } from './view/list.ts';
import { isPending, OptimisticView } from './view/optimistic.ts';

/** Younger than this, an operation is taken to be on its way: a cloud that flickers at each key would say nothing. */
const ON_ITS_WAY_MS = 1_000;

export interface Line {
  isOnline(): boolean;
}

export class Workplace {
  readonly personId: string;
  readonly reader: CacheReader;
  readonly outbox: Outbox;
  readonly desk: CachedDesk;
  readonly view: OptimisticView;
  readonly lists: ListQueries;
  readonly line: Line;
  readonly now: () => string;
  readonly machine: Machine;
  #madeHere = new Map<string, number>();

  constructor(options: { personId: string; reader: CacheReader; outbox: Outbox; line: Line; now: () => string; machine?: Machine }) {
    this.personId = options.personId;
    this.reader = options.reader;
    this.outbox = options.outbox;
    this.line = options.line;
    this.now = options.now;
    this.machine = options.machine ?? thisMachine;
    this.desk = new CachedDesk(options.reader.rows);
    this.lists = new ListQueries(options.reader);
    this.view = new OptimisticView({ reader: this.reader, desk: this.desk, outbox: this.outbox, actor: () => this.actor(), now: this.now });
  }

  actor(): Actor {
    return { id: this.personId, memberships: this.desk.memberships(this.personId) };
  }
  /** Teams whose tickets I work on. */
  teamIds(): string[] {
    const actor = this.actor();
    const teams = actor.memberships.flatMap((membership) => (membership.teamId === null ? [] : [membership.teamId]));
    return [...new Set(teams)].filter((teamId) => isTechnicianOf(actor, teamId));
  }

  context(operationId: string, ticketId: string, occurredAt?: string): OperationContext {
    const now = this.now();
    return {
      actor: this.actor(),
      now,
      occurredAt: occurredAt !== undefined && occurredAt < now ? occurredAt : now,
      operationId,
      ticketId,
      offline: !this.line.isOnline(),
      imported: false,
      desk: this.desk,
    };
  }

  noteMadeHere(operationId: string): void {
    if (this.#madeHere.size > 1_000) this.#madeHere.clear();
    this.#madeHere.set(operationId, this.machine.monotonic());
  }
  /** Waits to be sent, and not just for the blink that an answer takes. */
  isWaiting(operation: StoredOperation): boolean {
    if (!isPending(operation)) return false;
    if (operation.offline || operation.state === 'stopped' || !this.line.isOnline()) return true;
    const made = this.#madeHere.get(operation.id);
    return made === undefined || this.machine.monotonic() - made > ON_ITS_WAY_MS;
  }
}
