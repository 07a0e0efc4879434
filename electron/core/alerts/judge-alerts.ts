/** What is to be told now, and what the banner shows; pure, so that every rule of it is in one place. */
import type { AlertName, AlertView } from '#shared/contract/alerts.ts';
import type { AlertRules } from '#shared/domain/model.ts';
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
}
export interface Judged {
  /** To be told, in the order in which they passed. */
  fresh: AlertView[];
  /** To be noted as told, without a word. */
  silent: AlertName[];
  /** Mine first, then by the deadline. */
  active: AlertView[];
  /** When something passes next, ms. */
  nextAt: number;
}

type Placed = [at: number, view: AlertView];

export function judgeAlerts(watched: readonly Watched[], sight: Sight, nowMs: number): Judged {
  const { actor, rules, told, since, quiet } = sight;
  const fresh: Placed[] = [];
  const active: Placed[] = [];
  const silent: AlertName[] = [];
  let nextAt = Number.POSITIVE_INFINITY;
  for (const { ticket, alerts } of watched) {
    const mine = ticket.holderId === actor.id;
    // What passed before it was mine was told to whoever had it then; what is moved there later is news all the same.
    const taken = mine && ticket.heldSince !== null ? { ticketId: ticket.id, key: `held.${ticket.heldSince}` } : null;
    const isNewToMe = taken !== null && !told.has(nameOf(taken));
    if (isNewToMe) silent.push(taken);
    const mineFrom = isNewToMe ? Date.parse(ticket.heldSince ?? '') : 0;
    const concerning = alerts.filter(({ mark }) => isReceiver(rules[mark].notify, actor, ticket));
    const last = new Set(lastPassed(concerning, nowMs));
    for (const alert of concerning) {
      if (alert.at > nowMs) {
        nextAt = Math.min(nextAt, alert.at);
        continue;
      }
      const name = { ticketId: ticket.id, key: alertKey(alert) };
      const row = told.get(nameOf(name));
      const view = (): AlertView => ({ ...name, ...viewOf(ticket, alert, alerts), mine });
      const againAt = row?.againAt == null || row.dismissed ? null : Date.parse(row.againAt);
      if (row && againAt === null) {
        if (!row.dismissed && last.has(alert)) active.push([alert.at, view()]);
      } else if (againAt !== null && againAt > nowMs) nextAt = Math.min(nextAt, againAt);
      else if (!row && alert.at <= since) continue;
      else if (!last.has(alert) || (!row && alert.at <= mineFrom)) silent.push(name);
      else if (quiet === 'no' || (quiet === 'others' && mine && alert.mark === 'breach')) fresh.push([alert.at, view()]);
    }
  }
  return {
    fresh: fresh.sort(([a], [b]) => a - b).map(([, view]) => view),
    silent,
    active: [...active, ...fresh]
      .map(([, view]) => view)
      .sort((a, b) => Number(b.mine) - Number(a.mine) || Date.parse(a.dueAt) - Date.parse(b.dueAt)),
    nextAt,
  };
}

function viewOf(
  ticket: Watched['ticket'],
  { clock, of, mark, at }: Alert,
  alerts: readonly Alert[],
): Omit<AlertView, 'ticketId' | 'key' | 'mine'> {
  const breach = alerts.find((one) => one.clock === clock && one.of === of && one.mark === 'breach');
  return { number: ticket.number, title: ticket.title, clock, mark, dueAt: new Date(breach?.at ?? at).toISOString() };
}
