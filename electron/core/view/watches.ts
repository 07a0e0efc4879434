/**
 * Live queries: each watch answers at once and again whenever its answer changed. Changes are coalesced; between two answers the
 * process turns to other work, so that a change with many watchers holds nobody up.
 */
export interface WatchHubOptions {
  /** Answers one question now. */
  answer(name: string, input: unknown): unknown;
  onError(error: unknown): void;
}
interface Watch {
  name: string;
  input: unknown;
  post(value: unknown): void;
  last: string | undefined;
}

/** At most a fifth of the time goes into answering while changes pour in (a bootstrap). */
const SHARE = 4;
/** After so long what came in meanwhile has its turn. */
const TURN_MS = 3;

export class WatchHub {
  #options: WatchHubOptions;
  #watches = new Set<Watch>();
  #due = false;
  #answering = false;
  #timer: NodeJS.Timeout | undefined;
  #lastEnd = 0;
  #lastCost = 0;

  constructor(options: WatchHubOptions) {
    this.#options = options;
  }

  /** Returns the function that ends the watch. */
  add(name: string, input: unknown, post: (value: unknown) => void): () => void {
    const watch: Watch = { name, input, post, last: undefined };
    this.#watches.add(watch);
    this.#answer(watch);
    return () => this.#watches.delete(watch);
  }

  /** Something may have changed. `atOnce`: by what the person who looks did himself. */
  touch(atOnce = false): void {
    if (this.#due && !(atOnce && (this.#timer || this.#answering))) return;
    this.#due = true;
    this.#atOnce ||= atOnce;
    // Whoever is answering looks again at the end: two at a time would take twice the share.
    if (!this.#answering) this.#schedule();
  }
  #atOnce = false;

  #schedule(): void {
    const atOnce = this.#atOnce;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const wait = atOnce ? 0 : this.#lastEnd + this.#lastCost * SHARE - performance.now();
    if (wait <= 1) setImmediate(() => void this.#answerAll());
    else this.#timer = setTimeout(() => void this.#answerAll(), wait);
  }

  /** What is under the eye: answered before this returns. */
  answerNow(name: string, input: unknown): void {
    for (const watch of this.#watches) if (watch.name === name && watch.input === input) this.#answer(watch);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#watches.clear();
  }

  async #answerAll(): Promise<void> {
    const start = performance.now();
    let busy = 0;
    this.#due = false;
    this.#atOnce = false;
    this.#timer = undefined;
    this.#answering = true;
    // What is long comes last.
    const weight = (watch: Watch) => watch.last?.length ?? 0;
    const inOrder = [...this.#watches].sort((a, b) => weight(a) - weight(b));
    for (const watch of inOrder) {
      if (!this.#watches.has(watch)) continue;
      const from = performance.now();
      this.#answer(watch);
      busy += performance.now() - from;
      if (busy < TURN_MS) continue;
      busy = 0;
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.#lastEnd = performance.now();
    this.#lastCost = Math.min(this.#lastEnd - start, 250);
    this.#answering = false;
    if (this.#due) this.#schedule();
  }

  #answer(watch: Watch): void {
    try {
      const value = this.#options.answer(watch.name, watch.input);
      const json = JSON.stringify(value) ?? 'undefined';
      if (json === watch.last) return;
      watch.last = json;
      watch.post(value);
    } catch (error) {
      this.#options.onError(error);
    }
  }
}
