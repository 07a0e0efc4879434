/** A job: a round of work again and again, one at a time. A round that fails is left to the next one. */
export interface Job {
  /** No further round; waits for the one that runs. */
  stop(): Promise<void>;
}

/** Does something again and again, as setInterval does. Returns what ends it. */
export type Every = (ms: number, work: () => void) => () => void;

/** Keeps no process alive. */
export const everyInterval: Every = (ms, work) => {
  const timer = setInterval(work, ms);
  timer.unref();
  return () => clearInterval(timer);
};

export function repeat(round: () => Promise<unknown>, everyMs: number, onError: (error: unknown) => void, every: Every): Job {
  let running: Promise<unknown> = Promise.resolve();
  let busy = false;
  const end = every(everyMs, () => {
    if (busy) return;
    busy = true;
    running = round()
      .catch(onError)
      .finally(() => {
        busy = false;
      });
  });
  return {
    stop: async () => {
      end();
      await running;
    },
  };
}
