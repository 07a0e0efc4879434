/**
 * When the log's minutes happen. The slice is laid end to end from a fixed Monday on, read as the wall clock of Paris: at every
 * moment it is the same weekday and the same time of day as it was in the log, whenever the desk is started. Each time round
 * makes new tickets (their ids and their texts are drawn from ticket and round).
 */
import { zoneOf } from '#shared/domain/sla/zone.ts';
import type { LogTicket, Slice } from './slice.ts';

const MINUTE_MS = 60_000;
const WEEK_MS = 7 * 24 * 60 * MINUTE_MS;
/** A Monday, as Paris' wall clock showed it. */
const FIRST_MONDAY = Date.UTC(2024, 0, 1);
const paris = zoneOf('Europe/Paris');

/** A ticket of the slice in one of its rounds. */
export interface Occurrence {
  log: LogTicket;
  round: number;
  /** Place in the slice. */
  index: number;
  /** ms, local time of Paris as if it were UTC. */
  openedLocal: number;
  /** ms since 1970. */
  openedAt: number;
}

/** The instant (ms) of a local time of Paris that is given as if it were UTC. */
export function instantOfLocal(local: number): number {
  return paris.utcOf(local);
}
export function localOf(instant: number): number {
  return instant + paris.offsetAt(instant);
}

/** Every ticket opened after `from` and not after `until` (ms since 1970), oldest first. */
export function occurrences(slice: Slice, from: number, until: number): Occurrence[] {
  const length = slice.weeks * WEEK_MS;
  const roundAt = (instant: number) => Math.floor((localOf(instant) - FIRST_MONDAY) / length);
  const found: Occurrence[] = [];
  for (let round = roundAt(from) - 1; round <= roundAt(until); round++) {
    for (const [index, log] of slice.tickets.entries()) {
      const openedLocal = FIRST_MONDAY + round * length + log.at * MINUTE_MS;
      const openedAt = instantOfLocal(openedLocal);
      if (openedAt > from && openedAt <= until) found.push({ log, round, index, openedLocal, openedAt });
    }
  }
  return found;
}

/** The latest `count` tickets opened up to `until`, oldest first. */
export function latestOccurrences(slice: Slice, count: number, until: number): Occurrence[] {
  const rounds = Math.ceil(count / slice.tickets.length) + 1;
  const all = occurrences(slice, until - rounds * slice.weeks * WEEK_MS, until);
  return all.slice(-count);
}
