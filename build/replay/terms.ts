/** The log's words in ours. What it does not know (a null) has a name here, because our rows need one. */
import { DISPATCH_TEAM, type Importance, type Phase, type Relevance, type WaitReason } from '#shared/domain/model.ts';
import { uuidOf } from '../../server/demo/draw.ts';
import type { Level, LogState, WaitWord } from './log.ts';

const UNKNOWN = 'unknown';
/** Who called when the log does not say it. */
export const UNKNOWN_CALLER = 'unknown-caller';

/** New and Active are both open: that somebody works on a ticket is not a phase here. */
export const phaseOf: Readonly<Record<LogState, Phase>> = {
  New: 'open',
  Active: 'open',
  Waiting: 'waiting',
  Resolved: 'resolved',
  Closed: 'closed',
};

/** The log's impact. */
export const importanceOf: Readonly<Record<Level, Importance>> = { 1: 'site', 2: 'team', 3: 'person' };
/** The log's urgency. */
export const relevanceOf: Readonly<Record<Level, Relevance>> = { 1: 'blocked', 2: 'hindered', 3: 'nuisance' };

/**
 * The log's priority, which is a function of its impact and urgency (1 and 3 together do not occur in it; they have the usual 3).
 * Ours is another matrix, so the log's is computed from importance and relevance as they are found.
 */
const priorities: Readonly<Record<Importance, Readonly<Record<Relevance, number>>>> = {
  site: { blocked: 1, hindered: 2, nuisance: 3 },
  team: { blocked: 2, hindered: 3, nuisance: 4 },
  person: { blocked: 3, hindered: 4, nuisance: 4 },
};
export function priorityOf(importance: Importance, relevance: Relevance): number {
  return priorities[importance][relevance];
}

/** Ours has three reasons; the log's own word goes into the detail, and is compared as well. */
export const waitReasonOf: Readonly<Record<WaitWord, WaitReason>> = {
  user: 'beneficiary',
  evidence: 'beneficiary',
  vendor: 'supplier',
  // Others work at the cause.
  problem: 'supplier',
  unknown: 'appointment',
};

export const teamOf = (group: string | null) => group ?? DISPATCH_TEAM;
export const categoryOf = (category: string | null) => category ?? UNKNOWN;
export const callerOf = (caller: string | null) => caller ?? UNKNOWN_CALLER;

/**
 * A place has a site for each group that its tickets are opened in: our `open` takes the team from (category, site), the log
 * simply names it.
 */
export function siteOf(location: string | null, openingGroup: string | null): string {
  return `${locationOf(location)}:${teamOf(openingGroup)}`;
}
/** The place as it is part of a site's id. */
export const locationOf = (location: string | null) => location ?? UNKNOWN;
export const locationOfSite = (siteId: string) => siteId.slice(0, siteId.indexOf(':'));

/** The same log, the same ids: played a second time it has no second effect. */
export const ticketIdOf = (ticket: string) => uuidOf(`replay/${ticket}`);
/** `n`: the event's number in its ticket; `part`: one event may be several operations. */
export const operationIdOf = (ticket: string, n: number, part: number) => uuidOf(`replay/${ticket}/${n}.${part}`);
