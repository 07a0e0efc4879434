/**
 * One connection that a server keeps for as long as it serves. On it the process hears what others announce, and holds what
 * belongs to the process and not to a transaction: that it serves this database, and the jobs that it has in hand. PostgreSQL takes all
 * of it back when the process is gone. A connection that breaks is made anew.
 */
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { connectionConfig, lockKey, SERVING } from './dialect-postgres.ts';

const AGAIN_MS = 1_000;
/** So soon a machine that went away without a word is taken for gone, with what it held. */
const KEEP_ALIVE = 'set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3';

export interface SteadyConnection {
  /** Undefined: another process has it in hand, or nobody can know just now. */
  alone<T>(name: string, work: () => Promise<T>): Promise<T | undefined>;
  close(): Promise<void>;
}

export interface SteadyListener {
  channel: string;
  heard(payload: string): void;
  /** The connection is there, for the first time or again: what was announced meanwhile was not heard. */
  connected(): void;
}

/** @throws Error when the first connection cannot be made */
export async function steadyConnection(url: string, listener: SteadyListener): Promise<SteadyConnection> {
  let client: pg.Client | undefined;
  const closing = new AbortController();

  async function connect(): Promise<void> {
    // Jobs ask for their locks whenever it is their time.
    const fresh = new pg.Client({ ...connectionConfig(url), application_name: 'guichet (steady)', pipeline: true });
    const lost = () => {
      if (client !== fresh) return;
      client = undefined;
      void connectAgain();
    };
    fresh.on('error', lost);
    fresh.on('end', lost);
    fresh.on('notification', ({ payload }) => listener.heard(payload ?? ''));
    try {
      await fresh.connect();
      await fresh.query(KEEP_ALIVE);
      // Waits while a backup is put back.
      await fresh.query('select pg_advisory_lock_shared($1)', [SERVING]);
      await fresh.query(`listen ${listener.channel}`);
    } catch (error) {
      fresh.end().catch(() => undefined);
      throw error;
    }
    client = fresh;
    listener.connected();
  }

  async function connectAgain(): Promise<void> {
    while (!closing.signal.aborted && client === undefined) {
      await pause(AGAIN_MS * (0.5 + Math.random()), undefined, { signal: closing.signal }).catch(() => undefined);
      if (!closing.signal.aborted) await connect().catch(() => undefined);
    }
    if (closing.signal.aborted) await end();
  }

  async function end(): Promise<void> {
    const last = client;
    client = undefined;
    await last?.end().catch(() => undefined);
  }

  await connect();
  return {
    alone: async (name, work) => {
      const mine = client;
      const key = lockKey(`job ${name}`);
      const locked = await mine?.query<{ locked: boolean }>('select pg_try_advisory_lock($1) as locked', [key]);
      if (!mine || !locked?.rows[0]?.locked) return undefined;
      try {
        return await work();
      } finally {
        // Fails where the connection broke meanwhile, and the lock with it.
        await mine.query('select pg_advisory_unlock($1)', [key]).catch(() => undefined);
      }
    },
    close: async () => {
      closing.abort();
      await end();
    },
  };
}
