/** Chance that is always the same: everything of the demo desk is drawn from a name, so that a second import makes the same rows. */
import { createHash } from 'node:crypto';

export interface Draw {
  /** 0 up to, and without, 1. */
  next(): number;
  chance(probability: number): boolean;
  /** A whole number, both ends included. */
  between(low: number, high: number): number;
  of<T>(list: readonly T[]): T;
  /** One of the keys, by their weights. */
  weighted<K extends string>(weights: Readonly<Partial<Record<K, number>>>): K;
}

/** The draws that belong to a name (mulberry32 over its SHA-256). */
export function drawFor(name: string): Draw {
  let state = createHash('sha256').update(name).digest().readUInt32LE(0);
  function next(): number {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }
  return {
    next,
    chance: (probability) => next() < probability,
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    of: (list) => {
      const chosen = list[Math.floor(next() * list.length)];
      if (chosen === undefined) throw new Error('Nothing to draw from.');
      return chosen;
    },
    weighted: (weights) => {
      const entries = Object.entries(weights) as [keyof typeof weights, number][];
      const total = entries.reduce((sum, [, weight]) => sum + weight, 0);
      let left = next() * total;
      for (const [key, weight] of entries) {
        left -= weight;
        if (left < 0) return key;
      }
      const last = entries.at(-1);
      if (!last) throw new Error('Nothing to draw from.');
      return last[0];
    },
  };
}

const NAMESPACE = Buffer.from('6ba7b8129dad11d180b400c04fd430c8', 'hex');

/** RFC 9562 version 5: the same name, the same id. */
export function uuidOf(name: string): string {
  const hash = createHash('sha1').update(NAMESPACE).update(`guichet-demo/${name}`).digest();
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = hash.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}
