/** A job: a round of work again and again, one at a time. A round that fails is left to the next one. */
export interface Job {
  /** No further round; waits for the one that runs. */
  stop(): Promise<void>;
}

export function repeat(round: () => Promise<unknown>, everyMs: number, onError: (error: unknown) => void): Job {
  let running: Promise<unknown> = Promise.resolve();
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    running = round()
      .catch(onError)
      .finally(() => {
        busy = false;
      });
  }, everyMs);
  timer.unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}
