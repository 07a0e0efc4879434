/** What is told of a file that was mended, until it is read. It lies in the outbox, so that the next process tells it as well. */
import { Notice } from '#shared/contract/core.ts';
import type { Outbox } from './storage/outbox.ts';

const NAME = 'notice';

export class Notices {
  #outbox: Outbox | undefined;
  #current: Notice | null = null;

  current(): Notice | null {
    return this.#current;
  }

  /** From here on this outbox is the one; what is to be told already goes before what it has. */
  use(outbox: Outbox): void {
    this.#outbox = outbox;
    const kept = outbox.meta(NAME);
    if (this.#current) this.tell(this.#current);
    else if (kept !== null) this.#current = Notice.parse(JSON.parse(kept));
  }

  tell(notice: Notice): void {
    this.#current = notice;
    try {
      this.#outbox?.setMeta(NAME, JSON.stringify(notice));
    } catch (error) {
      // It is told all the same, but by this process only.
      console.error(error);
    }
  }

  dismiss(): void {
    this.#current = null;
    this.#outbox?.dropMeta(NAME);
  }
}
