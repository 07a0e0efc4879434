/**
 * Which tickets a new demo desk begins with. The log has quieter and busier weeks, and more waits on somebody's desk than a good
 * day shows: the desk begins with 2,500 finished tickets, the whole pool, and of what somebody holds the part that makes 400.
 */
import type { ImportOperation } from '#shared/contract/api.ts';
import { latestOccurrences, type Occurrence } from './cycle.ts';
import { drawFor } from './draw.ts';
import type { Memory } from './memory.ts';
import type { Slice } from './slice.ts';
import { storyOf, type World } from './story.ts';

export const FIRST_DONE = 2500;
export const FIRST_OPEN = 400;
/** Enough to hold 2,500 finished ones in the busiest week. */
const LOOKED_AT = 3700;

const iso = (ms: number) => new Date(ms).toISOString();

type Standing = 'pool' | 'held' | 'done';
/** How the ticket stands at an instant, from its operations alone. */
export function standingAt(story: readonly ImportOperation[], at: string): Standing {
  let holder: unknown = null;
  let done = false;
  for (const { name, actorId, input, at: when } of story) {
    if (when > at) break;
    if (name === 'claim' || (name === 'open' && input.duringCall === true)) holder = actorId;
    else if (name === 'assign') holder = input.holderId;
    else if (name === 'release') holder = null;
    else if (['resolve', 'close', 'cancel'].includes(name)) done = true;
    else if (name === 'refuse' || name === 'reopen') done = false;
  }
  return done ? 'done' : holder === null ? 'pool' : 'held';
}

/** What a desk that begins now remembers. */
export function firstMemory(slice: Slice, world: World, now: number): Memory {
  const begunAt = iso(now);
  const cast = latestOccurrences(slice, LOOKED_AT, now).map((one) => ({ one, standing: standingAt(storyOf(one, world), begunAt) }));
  const done = cast.filter(({ standing }) => standing === 'done').slice(-FIRST_DONE);
  const from = (done[0]?.one.openedAt ?? now) - 1;
  const open = cast.filter(({ one, standing }) => one.openedAt > from && standing !== 'done');
  const pool = open.filter(({ standing }) => standing === 'pool').length;
  const heldPart = Math.min(1, Math.max(0, FIRST_OPEN - pool) / Math.max(1, open.length - pool));
  return { from: iso(from), heldPart, until: null, begunAt, asleep: [] };
}

/** Whether the ticket is one of this desk: not older than it, not opened while it slept, not left out at the beginning. */
export function belongs({ log, round, openedAt }: Occurrence, story: readonly ImportOperation[], memory: Memory): boolean {
  const at = iso(openedAt);
  if (at <= memory.from || memory.asleep.some((one) => at > one.from && at <= one.to)) return false;
  if (at > memory.begunAt || standingAt(story, memory.begunAt) !== 'held') return true;
  return drawFor(`lot/${log.ticket}/${round}`).next() < memory.heldPart;
}
