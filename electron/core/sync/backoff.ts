/** Growing delays with jitter, so that many consoles do not come back in step. */
export class Backoff {
  #first: number;
  #longest: number;
  #failures = 0;
  #random: () => number;

  /** Milliseconds. `random`: from 0 to 1, the jitter. */
  constructor(first: number, longest: number, random: () => number) {
    this.#first = first;
    this.#longest = longest;
    this.#random = random;
  }
  reset(): void {
    this.#failures = 0;
  }
  /** The wait before the next try, ms: between half and the whole of a doubling delay. */
  next(): number {
    const whole = Math.min(this.#longest, this.#first * 2 ** this.#failures);
    this.#failures = Math.min(this.#failures + 1, 30);
    return whole * (0.5 + this.#random() / 2);
  }
}
