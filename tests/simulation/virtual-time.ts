/** Time that passes only when nobody has anything left to do: the next timer's instant comes at once. */

interface Timer {
  at: number;
  order: number;
  work: () => void;
}
/** Something real that never ends would hold the time for ever. */
const PATIENCE_MS = 30_000;

export class VirtualTime {
  /** Ms since the beginning. */
  now = 0;
  /** Sorted, the next one last. */
  #timers: Timer[] = [];
  #order = 0;
  /** What goes on meanwhile: requests in the server, turns of a process. */
  #busy = 0;

  /** Once, after so many ms. Returns what calls it off. */
  after(ms: number, work: () => void): () => void {
    const timer = { at: this.now + Math.max(0, ms), order: this.#order++, work };
    let low = 0;
    let high = this.#timers.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.#timers[middle] as Timer;
      if (other.at > timer.at || (other.at === timer.at && other.order > timer.order)) low = middle + 1;
      else high = middle;
    }
    this.#timers.splice(low, 0, timer);
    return () => {
      const index = this.#timers.indexOf(timer);
      if (index >= 0) this.#timers.splice(index, 1);
    };
  }
  /** Again and again; one that was late is not made up for. */
  every(ms: number, work: () => void): () => void {
    let end = () => {};
    const next = () => {
      end = this.after(ms, () => {
        next();
        work();
      });
    };
    next();
    return () => end();
  }

  /** No time passes while this goes on. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#busy += 1;
    try {
      return await work();
    } finally {
      this.#busy -= 1;
    }
  }
  /** One turn of the process. */
  turn = (): Promise<void> => this.during(() => new Promise((resolve) => setImmediate(resolve)));

  /** Lets up to `ms` pass, and stops as soon as `isDone` says so (it is asked after each event). False: it never did. */
  async pass(ms: number, isDone: () => boolean = () => false): Promise<boolean> {
    const until = this.now + ms;
    for (;;) {
      await this.#calm();
      if (isDone()) return true;
      const next = this.#timers.at(-1);
      if (!next || next.at > until) break;
      this.#timers.pop();
      this.now = Math.max(this.now, next.at);
      next.work();
    }
    // It may have been skipped.
    this.now = Math.max(this.now, until);
    return false;
  }
  /** Nobody does anything meanwhile, as if every machine had slept; what was due comes late. */
  skip(ms: number): void {
    this.now += ms;
  }

  async #calm(): Promise<void> {
    let since = 0;
    do {
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#busy === 0) return;
      since ||= performance.now();
    } while (performance.now() - since < PATIENCE_MS);
    throw new Error(`${this.#busy} things go on and do not end`);
  }
}
