/**
 * Who else is here, and on which ticket: asked for while a window looks on and the live line is up, and with the question this console says
 * where it is. Nothing is kept, and a failure is nobody's trouble: it is silence.
 */
import type { z } from 'zod';
import type { PresentPerson } from '#shared/contract/api.ts';
import type { ServerApi } from './server-api.ts';

type Present = z.output<typeof PresentPerson>;

/** The most that an idle console asks. */
const EVERY_MS = 30_000;
/** Another ticket is told sooner, but not each one of those that are run through. */
const CHANGED_MS = 6_000;
/** Nothing is asked while the line is not up, but looked whether it is. */
const LOOK_AGAIN_MS = 1_000;
/** So old an answer says nothing any more. */
const STALE_MS = 60_000;

export interface PresenceSource {
  api: Pick<ServerApi, 'presence'>;
  /** Live events come in: otherwise the loop polls, and that is enough. */
  isLive(): boolean;
  /** The ticket of the call in progress. */
  callOn(): string | null;
}

export class Presence {
  #source: PresenceSource | undefined;
  /** What each window that looks on has before it. */
  #looking = new Map<symbol, string | null>();
  #people: readonly Present[] = [];
  #waitingMails = 0;
  #told: string | undefined;
  #askedAt = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;
  readonly #onChange: () => void;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Of the session that began; undefined: nobody is signed in. */
  attach(source: PresenceSource | undefined): void {
    this.#source = source;
    this.#forget();
    this.#waitingMails = 0;
    this.#schedule();
  }

  /** A window shows this ticket, or none. Returns the function that ends it. */
  look(ticketId: string | null): () => void {
    const window = Symbol('window');
    this.#looking.set(window, ticketId);
    this.#schedule();
    return () => {
      this.#looking.delete(window);
      this.#schedule();
    };
  }

  /** A call began or ended. */
  moved(): void {
    this.#schedule();
  }

  people(): readonly Present[] {
    return performance.now() - this.#askedAt < STALE_MS ? this.#people : [];
  }

  waitingMails(): number {
    return this.#waitingMails;
  }

  /** They were counted by asking for them. */
  noteWaitingMails(count: number): void {
    this.#waitingMails = count;
    this.#onChange();
  }

  #where(): { ticket: string | null; call: boolean } {
    const ticket = [...this.#looking.values()].findLast((one) => one !== null) ?? null;
    return { ticket, call: ticket !== null && this.#source?.callOn() === ticket };
  }

  /** `notBefore`: monotonic ms. */
  #schedule(notBefore = 0): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#source || this.#looking.size === 0) return;
    const isNew = JSON.stringify(this.#where()) !== this.#told;
    const wait = this.#askedAt + (isNew ? CHANGED_MS : EVERY_MS) - performance.now();
    this.#timer = setTimeout(() => void this.#ask(), Math.max(wait, notBefore - performance.now(), 0));
  }

  async #ask(): Promise<void> {
    const source = this.#source;
    if (!source) return;
    if (!source.isLive()) {
      this.#forget();
      this.#onChange();
      this.#schedule(performance.now() + LOOK_AGAIN_MS);
      return;
    }
    this.#askedAt = performance.now();
    try {
      const where = this.#where();
      this.#told = JSON.stringify(where);
      const { people, waitingMails = 0 } = await source.api.presence(where);
      if (source !== this.#source) return;
      this.#people = people;
      this.#waitingMails = waitingMails;
    } catch {
      if (source === this.#source) this.#forget();
    } finally {
      this.#onChange();
      this.#schedule();
    }
  }

  #forget(): void {
    this.#people = [];
    this.#told = undefined;
  }
}
