/** What core takes from the machine that it runs on. A simulation hands it another one, whose time is not that of any clock. */
import { randomUUID } from 'node:crypto';
import { uptime } from 'node:os';
import { settle } from './storage/settle.ts';
import { overHttp, type Transport } from './sync/transport.ts';

export interface Machine {
  /** The device's clock, ms since 1970: it may be wrong, and may jump. */
  wallClock(): number;
  /** Ms since some moment; never goes back. Where the system says so it stands still while the machine sleeps. */
  monotonic(): number;
  /** Ms since the machine was started, its sleep included; whole seconds on some systems. */
  sinceBoot(): number;
  /** Once, after so many ms. Returns what calls it off. */
  after(ms: number, work: () => void): () => void;
  /** Again and again. Returns what ends it. */
  every(ms: number, work: () => void): () => void;
  /** Resolves once other work of the process had its turn. */
  turn(): Promise<void>;
  /** From 0 to 1, without 1. */
  random(): number;
  /** A new operation's, call's or ticket's id. */
  newId(): string;
  transport: Transport;
  /** Resolves once everything written so far to this SQLite file is on the disk. */
  toDisk(file: string): Promise<void>;
}

export const thisMachine: Machine = {
  wallClock: () => Date.now(),
  monotonic: () => performance.now(),
  sinceBoot: () => uptime() * 1_000,
  after: (ms, work) => {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
  every: (ms, work) => {
    const timer = setInterval(work, ms);
    return () => clearInterval(timer);
  },
  turn: () => new Promise((resolve) => setImmediate(resolve)),
  random: () => Math.random(),
  newId: () => randomUUID(),
  transport: overHttp,
  toDisk: settle,
};
