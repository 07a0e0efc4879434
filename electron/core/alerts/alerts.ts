/**
 * Tells a person of his clocks: at half, at 80 % and at the breach, once each, over restarts and days without the server. What is told is
 * noted before it is told: a kill in between loses a notification, never the banner, and repeats neither.
 */
import type { AlertName, AlertView, QuietTimes } from '#shared/contract/alerts.ts';
import type { TableName } from '#shared/domain/model.ts';
import { type Alert, alertKey, alertRules, isReceiver, lastPassed } from '#shared/domain/sla/alerts.ts';
import type { ToldAlert } from '../storage/told-alerts.ts';
import type { Workplace } from '../workplace.ts';
import { quietAt } from './quiet.ts';
import { type Watched, WatchedTickets } from './watched.ts';

/** What comes together is looked at together. */
const SOON_MS = 500;
/** The clock may be set, a quiet time may end: looked again at least so often. */
const LOOK_AGAIN_MS = 30_000;
const measures: ReadonlySet<TableName> = new Set(['policy', 'calendar', 'site', 'membership']);

export interface AlertsOptions {
  place: Workplace;
  quiet(): QuietTimes;
  /** To the system's notifications: all that came at once, in the order in which they passed. */
  tell(alerts: readonly AlertView[]): void;
  onChange(): void;
  onError(error: unknown): void;
}

interface Found {
  fresh: AlertView[];
  silent: AlertName[];
  active: AlertView[];
  /** When the next mark is passed, ms. */
  nextAt: number;
}

export class Alerts {
  readonly #options: AlertsOptions;
  readonly #watched: WatchedTickets;
  #active: readonly AlertView[] = [];
  #callOff: () => void = () => undefined;
  #looking: Promise<void> | undefined;
  #isStale = false;
  #hasLooked = false;
  /** Monotonic ms. */
  #lookAt = Number.POSITIVE_INFINITY;
  #stopped = false;

  constructor(options: AlertsOptions) {
    this.#options = options;
    this.#watched = new WatchedTickets(options.place);
  }

  start(): void {
    const { outbox, now } = this.#options.place;
    outbox.alerts.prune(now());
    this.touch();
  }
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#callOff();
    await this.#looking;
  }

  /** Rows of these tables changed. */
  changed(tables: ReadonlySet<TableName>): void {
    if ([...measures].some((table) => tables.has(table))) this.#watched.forget();
    this.touch();
  }
  replaced(): void {
    this.#watched.forget();
    this.touch();
  }
  /** Something may have changed: tickets, the clock, the quiet times, a call. */
  touch(): void {
    if (this.#looking) this.#isStale = true;
    // The first look says from when on something is news.
    else this.#lookIn(this.#hasLooked ? SOON_MS : 0);
  }

  /** For the banner: what was told and still holds; mine first, then by the deadline. */
  active(): readonly AlertView[] {
    return this.#active;
  }

  /** Told again after so many minutes, if it still holds then. */
  snooze(names: readonly AlertName[], minutes: number): void {
    const { outbox, personId, now } = this.#options.place;
    const againAt = new Date(Date.parse(now()) + minutes * 60_000).toISOString();
    for (const name of names) outbox.alerts.snooze(personId, name, againAt);
    this.#putAway(names);
  }
  dismiss(names: readonly AlertName[]): void {
    const { outbox, personId } = this.#options.place;
    for (const name of names) outbox.alerts.dismiss(personId, name);
    this.#putAway(names);
  }
  #putAway(names: readonly AlertName[]): void {
    const gone = new Set(names.map(nameOf));
    this.#active = this.#active.filter((one) => !gone.has(nameOf(one)));
    this.#options.onChange();
    this.touch();
  }

  /** Not later than a look that is to come already: where something changes all the time, it is looked all the same. */
  #lookIn(ms: number): void {
    const { machine } = this.#options.place;
    const at = machine.monotonic() + ms;
    if (this.#stopped || this.#lookAt <= at) return;
    this.#callOff();
    this.#lookAt = at;
    this.#callOff = machine.after(ms, () => {
      this.#isStale = false;
      this.#lookAt = Number.POSITIVE_INFINITY;
      this.#looking = this.#look()
        .catch((error: unknown) => {
          this.#options.onError(error);
          return LOOK_AGAIN_MS;
        })
        .then((wait) => {
          this.#looking = undefined;
          this.#lookIn(this.#isStale ? SOON_MS : wait);
        });
    });
  }

  /** Resolves with the ms until the next look. */
  async #look(): Promise<number> {
    const { place, tell, onChange } = this.#options;
    const { outbox, personId } = place;
    if (this.#stopped || !place.desk.isReady()) return LOOK_AGAIN_MS;
    const watched = await this.#watched.all(() => this.#stopped);
    if (this.#stopped) return LOOK_AGAIN_MS;
    this.#hasLooked = true;
    const now = place.now();
    const { fresh, silent, active, nextAt } = this.#judge(watched, Date.parse(now));
    if (fresh.length + silent.length > 0) {
      const rows = [...fresh.map((one) => ({ ...one, dismissed: false })), ...silent.map((one) => ({ ...one, dismissed: true }))];
      outbox.alerts.tell(personId, rows, now);
    }
    const before = JSON.stringify(this.#active);
    this.#active = active;
    if (fresh.length > 0) tell(fresh);
    if (JSON.stringify(active) !== before) onChange();
    return Math.min(Math.max(nextAt - Date.parse(now), SOON_MS), LOOK_AGAIN_MS);
  }

  #judge(watched: readonly Watched[], nowMs: number): Found {
    const { place, quiet } = this.#options;
    const { outbox, personId, desk } = place;
    const actor = place.actor();
    const rules = alertRules(desk.policy());
    const since = Date.parse(this.#since());
    const told = new Map(outbox.alerts.all(personId).map((row) => [nameOf(row), row]));
    const siteId = desk.person(personId)?.siteId ?? null;
    const schedule = siteId === null ? undefined : desk.calendar(siteId).schedule;
    const quietNow = quietAt(quiet(), { nowMs, onCall: outbox.call(personId) !== null, schedule });
    const found = { fresh: [] as [number, AlertView][], silent: [] as AlertName[], active: [] as [number, AlertView][], nextAt: Infinity };

    for (const { ticket, alerts } of watched) {
      for (const { at } of alerts) if (at > nowMs) found.nextAt = Math.min(found.nextAt, at);
      const last = new Set(lastPassed(alerts, nowMs));
      const mine = ticket.holderId === personId;
      // What passed before it was mine was told to whoever had it then.
      const from = Math.max(since, mine && ticket.heldSince !== null ? Date.parse(ticket.heldSince) : 0);
      for (const alert of alerts) {
        if (alert.at > nowMs || !isReceiver(rules[alert.mark].notify, actor, ticket)) continue;
        const name = { ticketId: ticket.id, key: alertKey(alert) };
        const row = told.get(nameOf(name));
        const view = (): AlertView => ({ ...name, ...viewOf(ticket, alert, alerts), mine });
        if (row?.againAt != null) found.nextAt = Math.min(found.nextAt, Date.parse(row.againAt));
        const isDue = row === undefined ? alert.at > from : isAgain(row, nowMs);
        if (!isDue) {
          if (row && !row.dismissed && row.againAt === null && last.has(alert)) found.active.push([alert.at, view()]);
        } else if (!last.has(alert)) found.silent.push(name);
        else if (quietNow === 'no' || (quietNow === 'others' && mine && alert.mark === 'breach')) found.fresh.push([alert.at, view()]);
      }
    }
    const inOrder = (list: [number, AlertView][]) => list.sort(([a], [b]) => a - b).map(([, view]) => view);
    const fresh = inOrder(found.fresh);
    const active = [...found.active, ...found.fresh]
      .sort(([, a], [, b]) => Number(b.mine) - Number(a.mine) || (a.dueAt < b.dueAt ? -1 : 1))
      .map(([, view]) => view);
    return { fresh, silent: found.silent, active, nextAt: found.nextAt };
  }

  /** What passed before this person's first look at this machine is in his lists, and is not news. */
  #since(): string {
    const { outbox, personId, now } = this.#options.place;
    const name = `alerts ${personId}`;
    const known = outbox.meta(name);
    const since = now();
    // One that lies ahead is of a server whose clock was wrong.
    if (known !== null && known <= since) return known;
    outbox.setMeta(name, since);
    return since;
  }
}

function isAgain(row: ToldAlert, nowMs: number): boolean {
  return row.againAt !== null && !row.dismissed && Date.parse(row.againAt) <= nowMs;
}

function nameOf({ ticketId, key }: AlertName): string {
  return `${ticketId} ${key}`;
}

function viewOf(
  ticket: Watched['ticket'],
  { clock, of, mark, at }: Alert,
  alerts: readonly Alert[],
): Omit<AlertView, 'ticketId' | 'key' | 'mine'> {
  const breach = alerts.find((one) => one.clock === clock && one.of === of && one.mark === 'breach');
  return { number: ticket.number, title: ticket.title, clock, mark, dueAt: new Date(breach?.at ?? at).toISOString() };
}
