/**
 * Tells a person of his clocks (at half, at 80 % and at the breach) and of a refusal of what he had solved: once each, over restarts and
 * days without the server. What is told is noted before it is told: a kill in between loses a notification, never the banner, and repeats
 * neither.
 */
import type { AlertName, AlertView, QuietTimes } from '#shared/contract/alerts.ts';
import type { TableName } from '#shared/domain/model.ts';
import { alertRules } from '#shared/domain/sla/alerts.ts';
import { nameOf } from '../storage/told-alerts.ts';
import type { Workplace } from '../workplace.ts';
import { type Judged, judgeAlerts, type Sight } from './judge-alerts.ts';
import { quietAt } from './quiet.ts';
import { type Watched, WatchedTickets } from './watched.ts';

/** What comes together is looked at together. */
const SOON_MS = 500;
/** The clock may be set, a quiet time may end: looked again at least so often. */
const LOOK_AGAIN_MS = 30_000;
/** Without the server it is told by the clock as it was known last, but not at once: an answer may be on its way. */
const PATIENCE_MS = 10_000;
const UNKNOWN_MS = 1_000;
const measures: ReadonlySet<TableName> = new Set(['policy', 'calendar', 'site', 'membership']);

export interface AlertsOptions {
  place: Workplace;
  /** The server has said what time it is: by the device's own clock something may be told that is not so. */
  isTimeKnown(): boolean;
  quiet(): QuietTimes;
  /** To the system's notifications: all that came at once, in the order in which they passed. */
  tell(alerts: readonly AlertView[]): void;
  onChange(): void;
  onError(error: unknown): void;
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
  readonly #startedAt: number;

  constructor(options: AlertsOptions) {
    this.#options = options;
    this.#startedAt = options.place.machine.monotonic();
    this.#watched = new WatchedTickets(options.place);
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

  /** For the banner: what was told and still holds; refusals first, then mine, then by the deadline. */
  active(): readonly AlertView[] {
    return this.#active;
  }

  /** Told again after so many minutes, if it still holds then. */
  snooze(names: readonly AlertName[], minutes: number): void {
    const { outbox, personId, now } = this.#options.place;
    const againAt = new Date(Date.parse(now()) + minutes * 60_000).toISOString();
    outbox.alerts.snooze(personId, names, againAt);
    this.#putAway(names);
  }
  dismiss(names: readonly AlertName[]): void {
    const { outbox, personId } = this.#options.place;
    outbox.alerts.dismiss(personId, names);
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
    const { place, isTimeKnown, tell, onChange } = this.#options;
    const { outbox, personId } = place;
    if (this.#stopped || !place.desk.isReady()) return LOOK_AGAIN_MS;
    if (!isTimeKnown() && place.machine.monotonic() - this.#startedAt < PATIENCE_MS) return UNKNOWN_MS;
    const watched = await this.#watched.all(() => this.#stopped);
    if (this.#stopped) return LOOK_AGAIN_MS;
    const now = place.now();
    if (!this.#hasLooked && isTimeKnown()) outbox.alerts.prune(now);
    this.#hasLooked ||= isTimeKnown();
    const { fresh, silent, active, nextAt } = this.#judge(watched, now);
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

  #judge(watched: readonly Watched[], now: string): Judged {
    const { place, quiet } = this.#options;
    const { outbox, personId, desk } = place;
    const nowMs = Date.parse(now);
    const siteId = desk.person(personId)?.siteId ?? null;
    const schedule = siteId === null ? undefined : desk.calendar(siteId).schedule;
    const call = outbox.call(personId);
    // One that a kill cut off may be over since yesterday.
    const onCall = call !== null && !call.recovered;
    const sight: Sight = {
      actor: place.actor(),
      rules: alertRules(desk.policy()),
      told: outbox.alerts.of(personId),
      since: this.#since(now),
      quiet: quietAt(quiet(), { nowMs, onCall, schedule }),
      nameOfPerson: (id) => desk.person(id)?.name ?? '',
    };
    return judgeAlerts(watched, sight, nowMs);
  }

  /** Of this person's first look at this machine. One that lies ahead is of a clock that was wrong. */
  #since(now: string): number {
    const { place, isTimeKnown } = this.#options;
    const name = `alerts ${place.personId}`;
    const known = place.outbox.meta(name);
    if (known !== null) return Math.min(Date.parse(known), Date.parse(now));
    if (isTimeKnown()) place.outbox.setMeta(name, now);
    return Date.parse(now);
  }
}
