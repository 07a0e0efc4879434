/** Everything that the work of one signed-in person needs: his cache, his outbox, the clock, and what is known of the line. */

import { isTechnicianOf } from '#shared/domain/access.ts';
import type { Actor, OperationContext } from '#shared/domain/operation.ts';
import { type Machine, thisMachine } from './machine.ts';
import { type CacheReader, openCacheReader } from './storage/cache-read.ts';
import { CachedDesk } from './storage/cached-desk.ts';
import type { Outbox } from './storage/outbox.ts';
import type { StoredOperation } from './storage/outbox-rows.ts';
import { ListQueries } from './view/list.ts';
import { isPending, OptimisticView } from './view/optimistic.ts';

/** Younger than this, an operation is taken to be on its way: a cloud that flickers at each key would say nothing. */
const ON_ITS_WAY_MS = 1_000;

/** What is read from one cache.db; all of it is made anew when the file is another one. */
interface OpenCache {
  reader: CacheReader;
  desk: CachedDesk;
  lists: ListQueries;
  view: OptimisticView;
}

export interface Line {
  isOnline(): boolean;
}

export interface WorkplaceOptions {
  personId: string;
  /** cache.db, which is there. */
  file: string;
  outbox: Outbox;
  line: Line;
  now: () => string;
  /** A file was found damaged where nobody can be told by an error. */
  onDamage: (error: unknown) => void;
  machine?: Machine;
}

export class Workplace {
  readonly personId: string;
  readonly outbox: Outbox;
  readonly line: Line;
  readonly now: () => string;
  readonly machine: Machine;
  readonly #file: string;
  readonly #onDamage: (error: unknown) => void;
  #cache: OpenCache;
  #madeHere = new Map<string, number>();

  constructor(options: WorkplaceOptions) {
    this.personId = options.personId;
    this.#file = options.file;
    this.outbox = options.outbox;
    this.line = options.line;
    this.now = options.now;
    this.machine = options.machine ?? thisMachine;
    this.#onDamage = options.onDamage;
    this.#cache = this.#open();
  }
  #open(): OpenCache {
    const reader = openCacheReader(this.#file);
    const desk = new CachedDesk(reader.rows);
    const { outbox, now, personId } = this;
    const actor = () => ({ id: personId, memberships: desk.memberships(personId) });
    return {
      reader,
      desk,
      lists: new ListQueries(reader),
      view: new OptimisticView({ reader, desk, outbox, actor, now, onDamage: this.#onDamage }),
    };
  }

  get reader(): CacheReader {
    return this.#cache.reader;
  }
  get desk(): CachedDesk {
    return this.#cache.desk;
  }
  get lists(): ListQueries {
    return this.#cache.lists;
  }
  get view(): OptimisticView {
    return this.#cache.view;
  }

  /** Everything read from cache.db is closed while `replace` puts another file in its place. */
  swapCache(replace: () => void): void {
    this.#cache.reader.close();
    try {
      replace();
    } finally {
      this.#cache = this.#open();
    }
  }
  close(): void {
    this.#cache.reader.close();
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
      ...this.view.lookup,
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
