/** What the log says of a ticket, as what happens at a Guichet: who took it when, what it waited for, how it ended. No words yet. */
import type { WaitReason } from '#shared/domain/model.ts';
import { inWorkingHours } from './calls.ts';
import { type Crew, teamOfGroup } from './crew.ts';
import type { Draw } from './draw.ts';
import type { TeamId } from './house.ts';
import type { LogOperation, LogTicket } from './slice.ts';

/** `minute`: after the opening. `by`: a technician or lead; refusals and validations are the beneficiary's. */
export type Beat = { minute: number } & (
  | { kind: 'claim' | 'release' | 'resume' | 'note' | 'resolve' | 'reopen'; by: string }
  | { kind: 'assign'; by: string; to: string | null; team: TeamId; routed: boolean }
  | { kind: 'wait'; by: string; reason: WaitReason; wakeAt: number | null }
  | { kind: 'nudge' | 'refuse' | 'validate' | 'auto_close' | 'close' }
);

const DAY = 1440;
/** A refusal comes within these minutes of the resolution; what comes back later is reopened by the lead. */
const REFUSED_WITHIN = 3 * DAY;
/** What the dispatcher gave to somebody stays in the pool until that person does something, if that is not too long. */
const POOL_AT_MOST = 1500;

function changesHands(operation: LogOperation): boolean {
  return ['claim', 'assign', 'reassign', 'route', 'release', 'reopen'].includes(operation[1]);
}
const waitReasons: Record<string, WaitReason> = { user: 'beneficiary', evidence: 'beneficiary', vendor: 'supplier' };

export function beatsOf(log: LogTicket, key: string, openedMinute: number, crew: Crew, draw: Draw): { team: TeamId; beats: Beat[] } {
  const beats: Beat[] = [];
  const firstTeam = teamOfGroup(log.group, log.category);
  let team = firstTeam;
  let holder: string | null = null;
  let phase: 'open' | 'waiting' | 'resolved' | 'closed' = 'open';
  let waitingFor: WaitReason | null = null;
  let coming: { who: string; minute: number } | null = null;
  let resolvedAt = 0;
  let notes = 0;
  const last = () => beats.at(-1)?.minute ?? 0;

  function claim(who: string, minute: number): void {
    beats.push({ minute, kind: 'claim', by: who });
    holder = who;
    coming = null;
  }
  /** The one who holds it, or who takes it now. */
  function holding(logActor: string, minute: number): string {
    if (holder !== null) return holder;
    const who: string = coming?.who ?? crew.technician(team, key, logActor);
    claim(who, Math.max(last(), minute - draw.between(2, 25)));
    return who;
  }
  /** Minute of the first thing that this person of the log does with what he was given; undefined: nothing. */
  function ownAct(index: number, who: string): number | undefined {
    for (const later of log.operations.slice(index + 1)) {
      if (later[2] === who) return later[0];
      if (changesHands(later) || later[1] === 'resolve') return undefined;
    }
    return undefined;
  }
  function give(index: number, minute: number, logWho: string): void {
    const to = crew.technician(team, key, logWho);
    if (to === holder) return;
    const from: string | null = holder;
    if (from === null) {
      const own = ownAct(index, logWho);
      if (own !== undefined && own - minute <= POOL_AT_MOST) {
        coming = { who: to, minute: own };
        return;
      }
      const next = log.operations[index + 1]?.[0] ?? Number.POSITIVE_INFINITY;
      const at = Math.min(inWorkingHours(minute + draw.between(4, 150), openedMinute), next);
      beats.push({ minute: Math.max(at, minute), kind: 'assign', by: crew.lead(team), to, team, routed: false });
    } else {
      beats.push({ minute, kind: 'assign', by: from, to, team, routed: false });
    }
    holder = to;
    coming = null;
  }
  function route(index: number, [minute, , , group, assignee]: Extract<LogOperation, { 1: 'route' }>): void {
    const next = teamOfGroup(group, log.category);
    coming = null;
    if (next !== team) {
      beats.push({ minute, kind: 'assign', by: crew.lead(team), to: null, team: next, routed: true });
      team = next;
      holder = null;
    } else if (assignee === null && holder !== null) {
      beats.push({ minute, kind: 'release', by: holder });
      holder = null;
    }
    if (assignee !== null) give(index, minute, assignee);
  }
  function wait(index: number, [minute, , actor, reason]: Extract<LogOperation, { 1: 'wait' }>): void {
    const why = waitReasons[reason] ?? 'appointment';
    if (phase === 'waiting' && why === waitingFor) return;
    const by = holding(actor, minute);
    const end = log.operations.slice(index + 1).find((later) => later[1] === 'resume' || later[1] === 'start' || later[1] === 'resolve');
    const known = why === 'appointment' || draw.chance(0.3);
    const wakeAt = known && end && end[0] - minute > 90 ? Math.round((openedMinute + end[0]) / 15) * 15 - openedMinute : null;
    beats.push({ minute, kind: 'wait', by, reason: why, wakeAt });
    phase = 'waiting';
    waitingFor = why;
  }
  function close(index: number, minute: number): void {
    if (phase === 'closed') return;
    if (phase !== 'resolved') {
      beats.push({ minute, kind: 'close' });
    } else {
      const answered = inWorkingHours(resolvedAt + draw.between(12, 2600), openedMinute);
      const final = log.operations.slice(index + 1).every((later) => later[1] !== 'reopen');
      const validates = final && draw.chance(0.66) && answered < minute;
      beats.push(validates ? { minute: answered, kind: 'validate' } : { minute, kind: 'auto_close' });
    }
    phase = 'closed';
  }

  for (const [index, operation] of log.operations.entries()) {
    const [minute, name, actor] = operation;
    const arriving = coming as { who: string; minute: number } | null;
    if (arriving !== null && arriving.minute <= minute) claim(arriving.who, arriving.minute);
    const active: boolean = phase === 'open' || phase === 'waiting';
    switch (name) {
      case 'claim':
      case 'assign':
      case 'reassign':
        if (!active || operation[3] === null) break;
        if (name === 'claim' && holder === null) claim(crew.technician(team, key, operation[3]), minute);
        else give(index, minute, operation[3]);
        break;
      case 'route':
        if (active) route(index, operation);
        break;
      case 'release':
        if (active && holder !== null) {
          beats.push({ minute, kind: 'release', by: holder });
          holder = null;
        }
        break;
      case 'start':
      case 'resume':
        if (phase === 'waiting') {
          beats.push({ minute, kind: 'resume', by: holding(actor, minute) });
          phase = 'open';
        }
        break;
      case 'wait':
        if (active) wait(index, operation);
        break;
      case 'touch':
        if (active && holder !== null && notes < 2 && minute > 0 && draw.chance(0.5)) {
          beats.push({ minute, kind: 'note', by: holder });
          notes++;
        } else if (active && holder === null && minute > 30 && draw.chance(0.12)) {
          beats.push({ minute, kind: 'nudge' });
        }
        break;
      case 'resolve':
        if (!active) break;
        beats.push({ minute, kind: 'resolve', by: holding(actor, minute) });
        phase = 'resolved';
        resolvedAt = minute;
        break;
      case 'reopen':
        if (active) break;
        if (phase === 'resolved' && minute - resolvedAt <= REFUSED_WITHIN) beats.push({ minute, kind: 'refuse' });
        else beats.push({ minute, kind: 'reopen', by: crew.lead(team) });
        phase = 'open';
        break;
      case 'close':
        close(index, minute);
        break;
    }
  }
  return { team: firstTeam, beats };
}
