/**
 * Checkpoints that nobody waits for. SQLite's own run inside a commit, every thousand pages: whoever makes that commit waits for two
 * more syncs of the disk and for all those pages. Here a thread does it beside the writers.
 */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** Changed rows that make some five thousand pages of the log, 20 MB. Rarer, a page that changes again and again is copied once. */
const ROWS_BETWEEN = 1_000;
/** Pages after which SQLite does it all the same, should the thread not keep up. */
export const LAST_RESORT_PAGES = 16_000;

export interface Checkpoints {
  /** After a commit that changed so many rows. */
  committed(rows: number): void;
  stop(): Promise<void>;
}

/** The thread is started when it is first needed: a small desk never does. */
export function checkpoints(file: string): Checkpoints {
  let worker: Worker | undefined;
  let busy = false;
  let rowsSince = 0;

  function start(): Worker {
    const started = new Worker(new URL('./checkpoint-worker.ts', import.meta.url), { workerData: file });
    started.unref();
    started.on('message', () => {
      busy = false;
    });
    started.on('error', (error) => {
      console.error('the thread for checkpoints ended; SQLite makes its own', error);
      worker = undefined;
    });
    return started;
  }

  return {
    committed: (rows) => {
      // What a transaction writes beside its rows (the counter, the audit log) counts for one.
      rowsSince += rows + 1;
      if (busy || rowsSince < ROWS_BETWEEN) return;
      rowsSince = 0;
      busy = true;
      worker ??= start();
      worker.postMessage('checkpoint');
    },
    stop: async () => {
      if (!worker) return;
      // Not terminated: its connection has to be closed by itself, after what it is doing.
      const ended = once(worker, 'exit');
      worker.ref();
      worker.postMessage('stop');
      await ended;
    },
  };
}
