/** Counts what somebody does, so that a moment can be named by it: a busy machine does less in a second, and not less before a kill. */
export class Pulse {
  #beats = 0;
  #waiting: { at: number; resolve(came: boolean): void }[] = [];

  beat(): void {
    this.#beats += 1;
    for (const one of this.#waiting.filter(({ at }) => at <= this.#beats)) one.resolve(true);
    this.#waiting = this.#waiting.filter(({ at }) => at > this.#beats);
  }

  /** Resolves with the n-th beat from now; false: it was called off before. */
  after(n: number, off: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const callOff = () => resolve(false);
      off.addEventListener('abort', callOff, { once: true });
      this.#waiting.push({
        at: this.#beats + n,
        resolve: (came) => {
          off.removeEventListener('abort', callOff);
          resolve(came);
        },
      });
      if (off.aborted) callOff();
    });
  }
}
