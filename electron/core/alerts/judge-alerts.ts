/** What is to be told now, and what the banner shows; pure, so that every rule of it is in one place. */
import type { AlertName, AlertView, ClockAlert } from '#shared/contract/alerts.ts';
import type { AlertRules, Ticket } from '#shared/domain/model.ts';
import type { Actor } from '#shared/domain/operation.ts';
import { type Alert, alertKey, isReceiver, lastPassed } from '#shared/domain/sla/alerts.ts';
import { nameOf, type ToldAlert } from '../storage/told-alerts.ts';
import type { Quiet } from './quiet.ts';
import type { Watched } from './watched.ts';

export interface Sight {
  actor: Actor;
  rules: AlertRules;
  told: ReadonlyMap<string, ToldAlert>;
  /** What passed before is in the person's lists, and is not news: ms. */
  since: number;
  quiet: Quiet;
  nameOfPerson(id: string): string;
}
export interface Judged {
  /** To be told, in the order in which they passed. */
  fresh: AlertView[];
  /** To be noted as told, without a word. */
  silent: AlertName[];
  /** Refusals first, then mine, then by the deadline. */
  active: AlertView[];
  /** When something passes next, ms. */
  nextAt: number;
}

/** Something that concerns the person. */
interface Sign {
  name: AlertName;
  /** When it is, or was, so: ms. */
  at: number;
  /** Nothing of the same kind passed after it. */
  isLast: boolean;
  /** It was so before the ticket was this person's: whoever had it then was told. */
  isOld: boolean;
  /** Told in quiet hours too. */
  isPressing: boolean;
  view(): AlertView;
}
type Placed = [at: number, view: AlertView];

export function judgeAlerts(watched: readonly Watched[], sight: Sight, nowMs: number): Judged {
  const { told, since, quiet } = sight;
  const fresh: Placed[] = [];
  const active: Placed[] = [];
  const silent: AlertName[] = [];
  let nextAt = Number.POSITIVE_INFINITY;
  for (const one of watched) {
    const taken = takenNow(one.ticket, sight);
    if (taken !== null) silent.push(taken);
    for (const { name, at, isLast, isOld, isPressing, view } of signsOf(one, sight, taken !== null, nowMs)) {
      if (at > nowMs) {
        nextAt = Math.min(nextAt, at);
        continue;
      }
      const row = told.get(nameOf(name));
      const againAt = row?.againAt == null || row.dismissed ? null : Date.parse(row.againAt);
      if (row && againAt === null) {
        if (!row.dismissed && isLast) active.push([at, view()]);
      } else if (againAt !== null && againAt > nowMs) nextAt = Math.min(nextAt, againAt);
      else if (!row && at <= since) continue;
      else if (!isLast || (!row && isOld)) silent.push(name);
      else if (quiet === 'no' || (quiet === 'others' && isPressing)) fresh.push([at, view()]);
    }
  }
  return {
    fresh: fresh.sort(([a], [b]) => a - b).map(([, view]) => view),
    silent,
    active: [...active, ...fresh].map(([, view]) => view).sort(firstToSee),
    nextAt,
  };
}

/** The name of its coming to this person, when that is not noted yet. What is moved behind it later is news all the same. */
function takenNow(ticket: Ticket, { actor, told }: Sight): AlertName | null {
  if (ticket.holderId !== actor.id || ticket.heldSince === null) return null;
  const taken = { ticketId: ticket.id, key: `held.${ticket.heldSince}` };
  return told.has(nameOf(taken)) ? null : taken;
}

function signsOf({ ticket, alerts }: Watched, sight: Sight, isNewToMe: boolean, nowMs: number): Sign[] {
  const { actor, rules } = sight;
  const mine = ticket.holderId === actor.id;
  const mineFrom = isNewToMe ? Date.parse(ticket.heldSince ?? '') : 0;
  const concerning = alerts.filter(({ mark }) => isReceiver(rules[mark].notify, actor, ticket));
  const last = new Set(lastPassed(concerning, nowMs));
  const clocks = concerning.map((alert): Sign => {
    const name = { ticketId: ticket.id, key: alertKey(alert) };
    return {
      name,
      at: alert.at,
      isLast: last.has(alert),
      isOld: alert.at <= mineFrom,
      isPressing: mine && alert.mark === 'breach',
      view: () => ({ ...name, ...viewOf(ticket, alert, alerts), mine }),
    };
  });
  const refusal = refusalOf(ticket, sight);
  return refusal ? [refusal, ...clocks] : clocks;
}

/** Of a ticket that came back to this person by it: whoever takes one from the pool reads the reason at its top. */
function refusalOf(ticket: Ticket, { actor, nameOfPerson }: Sight): Sign | null {
  const { id, number, title, holderId, heldSince, refusal, untouched, sla } = ticket;
  if (refusal === null || untouched || holderId !== actor.id || heldSince !== sla.rounds.at(-1)?.startedAt) return null;
  const name = { ticketId: id, key: `refused.${refusal.at}` };
  const { by, at } = refusal;
  return {
    name,
    at: Date.parse(at),
    isLast: true,
    isOld: false,
    isPressing: false,
    view: () => ({ ...name, about: 'refusal', number, title, mine: true, by: nameOfPerson(by), at }),
  };
}

function firstToSee(a: AlertView, b: AlertView): number {
  if (a.about === 'refusal' || b.about === 'refusal') {
    if (a.about !== b.about) return a.about === 'refusal' ? -1 : 1;
    return momentOf(b) - momentOf(a);
  }
  return Number(b.mine) - Number(a.mine) || momentOf(a) - momentOf(b);
}
function momentOf(alert: AlertView): number {
  return Date.parse(alert.about === 'refusal' ? alert.at : alert.dueAt);
}

function viewOf(ticket: Ticket, { clock, of, mark, at }: Alert, alerts: readonly Alert[]): Omit<ClockAlert, 'ticketId' | 'key' | 'mine'> {
  const breach = alerts.find((one) => one.clock === clock && one.of === of && one.mark === 'breach');
  const { number, title } = ticket;
  return { about: 'clock', number, title, clock, mark, dueAt: new Date(breach?.at ?? at).toISOString() };
}
