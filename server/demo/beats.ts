/** What the log says of a ticket, as what happens at a Guichet: who took it when, what it waited for, how it ended. No words yet. */
import type { Urgency, WaitReason } from '#shared/domain/model.ts';
import { afterWork, inWorkingHours } from './calls.ts';
import { type Crew, lastGroup } from './crew.ts';
import type { Draw } from './draw.ts';
import type { TeamId } from './house.ts';
import type { LogOperation, LogTicket } from './slice.ts';

/** `minute`: after the opening. `by`: a technician or lead; refusals and validations are the beneficiary's. */
export type Beat = { minute: number } & (
  | { kind: 'claim' | 'release' | 'resume' | 'note' | 'resolve' | 'reopen'; by: string }
  | { kind: 'assign'; by: string; to: string | null; team: TeamId; routed: boolean }
  /** The dispatch team tells what it is about. */
  | { kind: 'sort'; by: string }
  | { kind: 'wait'; by: string; reason: WaitReason; wakeAt: number | null }
  | { kind: 'nudge' | 'refuse' | 'validate' | 'auto_close' | 'close' }
);

const DAY = 1440;
/** A refusal comes within these minutes of the resolution; what comes back later is reopened by the lead. */
const REFUSED_WITHIN = 3 * DAY;
/** In the log tickets lie for days without a name on them; here most are taken within these working minutes. */
const poolStays: Record<Urgency, readonly [least: number, most: number]> = { high: [15, 130], medium: [60, 660], low: [200, 1330] };
const FORGOTTEN = 0.025;
/** Minutes. */
const LEFT_FOR = 120;

function changesHands(operation: LogOperation): boolean {
  return ['claim', 'assign', 'reassign', 'route', 'release', 'reopen'].includes(operation[1]);
}
interface State {
  holder: string | null;
  phase: 'open' | 'waiting' | 'resolved' | 'closed';
  waitingFor: WaitReason | null;
  /** Was given the ticket, and takes it at this minute. */
  coming: { who: string; minute: number } | null;
  resolvedAt: number;
  /** Since when nobody holds it. */
  pooledAt: number;
  notes: number;
}
const waitReasons: Record<string, WaitReason> = { user: 'beneficiary', evidence: 'beneficiary', vendor: 'supplier' };

export interface Work {
  /** The team that a new ticket reaches. */
  firstTeam: TeamId;
  /** The team whose matter it is. */
  team: TeamId;
  beats: readonly Beat[];
}

export function beatsOf(log: LogTicket, key: string, openedMinute: number, urgency: Urgency, crew: Crew, draw: Draw): Work {
  const beats: Beat[] = [];
  const solvers = crew.teamOf(lastGroup(log), log.category);
  // Of what changed teams in the log, a part was opened as something else and is sorted; the rest stays within one team.
  const strays = log.group === null || (crew.teamOf(log.group, log.category) !== solvers && draw.chance(0.3));
  const firstTeam = strays ? 'dispatch' : solvers;
  let team = firstTeam;
  const now: State = { holder: null, phase: 'open', waitingFor: null, coming: null, resolvedAt: 0, pooledAt: 0, notes: 0 };
  const last = () => beats.at(-1)?.minute ?? 0;

  /** Takes it from the pool, at the latest at this minute. */
  function claim(who: string, minute: number): void {
    const [least, most] = poolStays[urgency];
    const usual = afterWork(now.pooledAt, draw.between(least, most), openedMinute);
    const taken = draw.chance(FORGOTTEN) ? minute : Math.min(minute, usual);
    beats.push({ minute: Math.max(last(), taken), kind: 'claim', by: who });
    now.holder = who;
    now.coming = null;
  }
  /** The one who holds it, or who takes it now. */
  function holding(logActor: string, minute: number): string {
    if (now.holder !== null) return now.holder;
    const who = now.coming?.who ?? crew.technician(team, key, logActor);
    claim(who, Math.max(last(), minute - draw.between(2, 25)));
    return who;
  }
  /** Minute of the first thing, after another minute, that this person of the log does with what he was given, if anything. */
  function ownAct(index: number, who: string, after: number): number | undefined {
    for (const next of log.operations.slice(index + 1)) {
      if (next[2] === who && next[0] > after) return next[0];
      if (changesHands(next) || next[1] === 'resolve') return undefined;
    }
    return undefined;
  }
  /** What was claimed while it was typed, and then left for hours, was in truth in the pool. */
  function isLeft(index: number, minute: number, who: string): boolean {
    const own = minute <= 15 ? ownAct(index, who, minute + 15) : undefined;
    return own !== undefined && own - minute > LEFT_FOR;
  }
  function give(index: number, minute: number, logWho: string): void {
    const to = crew.technician(team, key, logWho);
    if (to === now.holder) return;
    const from = now.holder;
    if (from === null) {
      // What the log's dispatcher gave to somebody is in the pool until that person does something with it.
      const own = ownAct(index, logWho, isLeft(index, minute, logWho) ? minute + 15 : -1);
      if (own !== undefined) {
        now.coming = { who: to, minute: own };
        return;
      }
      const next = log.operations[index + 1]?.[0] ?? Number.POSITIVE_INFINITY;
      const at = Math.min(inWorkingHours(minute + draw.between(4, 150), openedMinute), next);
      beats.push({ minute: Math.max(at, minute), kind: 'assign', by: crew.lead(team), to, team, routed: false });
    } else {
      beats.push({ minute, kind: 'assign', by: from, to, team, routed: false });
    }
    now.holder = to;
    now.coming = null;
  }
  function pool(minute: number): void {
    now.holder = null;
    now.pooledAt = minute;
  }
  function route(index: number, [minute, , , , assignee]: Extract<LogOperation, { 1: 'route' }>): void {
    now.coming = null;
    if (team !== solvers) {
      const by = now.holder ?? crew.lead(team);
      beats.push({ minute, kind: 'sort', by });
      beats.push({ minute, kind: 'assign', by: crew.lead(team), to: null, team: solvers, routed: true });
      team = solvers;
      pool(minute);
    } else if (assignee === null && now.holder !== null) {
      beats.push({ minute, kind: 'release', by: now.holder });
      pool(minute);
    }
    if (assignee !== null) give(index, minute, assignee);
  }
  function wait(index: number, [minute, , actor, reason]: Extract<LogOperation, { 1: 'wait' }>): void {
    const why = waitReasons[reason] ?? 'appointment';
    if (now.phase === 'waiting' && why === now.waitingFor) return;
    const by = holding(actor, minute);
    const end = log.operations.slice(index + 1).find((later) => later[1] === 'resume' || later[1] === 'start' || later[1] === 'resolve');
    const known = why === 'appointment' || draw.chance(0.3);
    const wakeAt = known && end && end[0] - minute > 90 ? Math.round((openedMinute + end[0]) / 15) * 15 - openedMinute : null;
    beats.push({ minute, kind: 'wait', by, reason: why, wakeAt });
    now.phase = 'waiting';
    now.waitingFor = why;
  }
  function close(index: number, minute: number): void {
    if (now.phase === 'closed') return;
    if (now.phase !== 'resolved') {
      beats.push({ minute, kind: 'close' });
    } else {
      const answered = inWorkingHours(now.resolvedAt + draw.between(12, 2600), openedMinute);
      const final = log.operations.slice(index + 1).every((later) => later[1] !== 'reopen');
      const validates = final && draw.chance(0.66) && answered < minute;
      beats.push(validates ? { minute: answered, kind: 'validate' } : { minute, kind: 'auto_close' });
    }
    now.phase = 'closed';
  }

  for (const [index, operation] of log.operations.entries()) {
    const [minute, name, actor] = operation;
    if (now.coming !== null && now.coming.minute <= minute) claim(now.coming.who, now.coming.minute);
    const active = now.phase === 'open' || now.phase === 'waiting';
    switch (name) {
      case 'claim':
      case 'assign':
      case 'reassign':
        if (!active || operation[3] === null) break;
        if (name === 'claim' && now.holder === null && !isLeft(index, minute, actor))
          claim(crew.technician(team, key, operation[3]), minute);
        else give(index, minute, operation[3]);
        break;
      case 'route':
        if (active) route(index, operation);
        break;
      case 'release':
        if (active && now.holder !== null) {
          beats.push({ minute, kind: 'release', by: now.holder });
          pool(minute);
        }
        break;
      case 'start':
      case 'resume':
        if (now.phase === 'waiting') {
          beats.push({ minute, kind: 'resume', by: holding(actor, minute) });
          now.phase = 'open';
        }
        break;
      case 'wait':
        if (active) wait(index, operation);
        break;
      case 'touch':
        if (active && now.holder !== null && now.notes < 2 && minute > 0 && draw.chance(0.5)) {
          beats.push({ minute, kind: 'note', by: now.holder });
          now.notes++;
        } else if (active && now.holder === null && minute > 30 && draw.chance(0.12)) {
          beats.push({ minute, kind: 'nudge' });
        }
        break;
      case 'resolve':
        if (!active) break;
        beats.push({ minute, kind: 'resolve', by: holding(actor, minute) });
        now.phase = 'resolved';
        now.resolvedAt = minute;
        break;
      case 'reopen':
        if (active) break;
        if (now.phase === 'resolved' && minute - now.resolvedAt <= REFUSED_WITHIN) beats.push({ minute, kind: 'refuse' });
        else beats.push({ minute, kind: 'reopen', by: crew.lead(team) });
        now.phase = 'open';
        break;
      case 'close':
        close(index, minute);
        break;
    }
  }
  return { firstTeam, team: solvers, beats };
}
