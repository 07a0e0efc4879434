/**
 * The one loop that talks to the server: push, then pull, then wait for a poke. It believes requests and not the network card: the
 * line is up when the last request was answered.
 */

import type { z } from 'zod';
import type { LivePosition } from '#shared/contract/api.ts';
import type { SyncStatus } from '#shared/contract/core.ts';
import { asFailure } from '../failure.ts';
import { type Machine, thisMachine } from '../machine.ts';
import { isCorrupt } from '../storage/sqlite.ts';
import { Backoff } from './backoff.ts';
import type { Bootstrap } from './bootstrap.ts';
import { greet } from './greet.ts';
import { LiveEvents } from './live-events.ts';
import type { Pull } from './pull.ts';
import type { Push } from './push.ts';
import type { ServerApi } from './server-api.ts';
import type { ServerClock } from './server-clock.ts';
import { SyncError } from './sync-error.ts';
import type { TokenSource } from './tokens.ts';

/** Without live events; and the most that an idle console asks. */
const POLL_MS = 30_000;
/** A round that lasts longer is shown as "syncing". */
const BUSY_MS = 500;
/** New work tries a line that was found dead, but not more often than this. */
const TRY_AGAIN_MS = 5_000;
const EXPIRES_SOON_MS = 30_000;
/** Where a disk is full, whether there is room again is tried at least this often. */
const ROOM_MS = 30_000;

type Position = z.output<typeof LivePosition>;

export interface SyncLoopOptions {
  api: ServerApi;
  clock: ServerClock;
  tokens: TokenSource;
  push: Push;
  pull: Pull;
  bootstrap: Bootstrap;
  /** A file of this profile is damaged; the loop is going to be stopped. */
  onDamage(error: unknown): void;
  /** State or line changed. */
  onStatus(): void;
  onPosition(cursor: string): void;
  machine?: Machine;
}

export class SyncLoop {
  readonly #options: SyncLoopOptions;
  readonly #machine: Machine;
  #live: LiveEvents;
  #stop = new AbortController();
  #running: Promise<void> | undefined;
  #wakeUp: (() => void) | undefined;
  #woken = false;
  #forced = false;
  #told: Position | undefined;

  /** Undefined until the first answer or its absence. */
  #online: boolean | undefined;
  #offlineSince: string | null = null;
  #state: SyncStatus['state'] = 'starting';
  #detail: string | null = null;
  #reason: SyncStatus['reason'] = null;
  #progress: number | null = null;
  #nextTryAt: string | null = null;
  #position: string | null;
  #lastTry = Number.NEGATIVE_INFINITY;
  /** Monotonic ms before which nothing is sent; Infinity: until a new token or the user. */
  #holdUntil = 0;
  #lineBackoff: Backoff;
  #trouble: Backoff;
  #liveBackoff: Backoff;
  #liveNotBefore = 0;

  constructor(options: SyncLoopOptions) {
    this.#options = options;
    const machine = options.machine ?? thisMachine;
    this.#machine = machine;
    this.#lineBackoff = new Backoff(1_000, 30_000, machine.random);
    this.#trouble = new Backoff(5_000, 300_000, machine.random);
    this.#liveBackoff = new Backoff(1_000, 300_000, machine.random);
    this.#position = options.pull.position();
    this.#live = new LiveEvents({ onPosition: (position) => this.#poked(position), onLost: () => this.#lost() }, machine);
    options.tokens.onChange(() => this.wake(true));
  }

  start(): void {
    this.#running ??= this.#run();
  }
  async stop(): Promise<void> {
    this.#stop.abort();
    this.#live.close();
    this.#wakeUp?.();
    await this.#running;
    this.#options.pull.close();
  }

  /** There is something to do. `force`: at once, whatever the waits. */
  wake(force = false): void {
    const now = this.#machine.monotonic();
    if (force) {
      this.#forced = true;
      this.#liveNotBefore = 0;
      this.#options.push.retryAll();
    } else if (
      this.#holdUntil > now &&
      this.#state !== 'console_too_old' &&
      (this.#holdUntil === Number.POSITIVE_INFINITY || now - this.#lastTry < TRY_AGAIN_MS || this.#online !== false)
    )
      return;
    this.#woken = true;
    this.#wakeUp?.();
  }

  /** Unknown counts as online: nothing has failed yet. */
  isOnline(): boolean {
    return this.#online !== false;
  }
  /** Events come in, and nothing has failed. */
  isLive(): boolean {
    return this.#online === true && this.#state === 'up_to_date' && this.#live.isConnected();
  }
  /** Resolves when the round that is going on, or the next one, has ended. */
  async settled(): Promise<void> {
    if (this.#stop.signal.aborted) return;
    await new Promise<void>((resolve) => this.#rounds.push(resolve));
  }
  #rounds: (() => void)[] = [];

  status(): Omit<SyncStatus, 'waiting' | 'offsetMs' | 'sleeps' | 'notice'> {
    return {
      state: this.#state,
      offlineSince: this.#offlineSince,
      nextTryAt: this.#nextTryAt,
      progress: this.#progress,
      position: this.#position,
      detail: this.#detail,
      reason: this.#reason,
    };
  }
  setProgress(progress: number | null): void {
    this.#progress = progress;
    // What was known belongs to a history that this server no longer has.
    const epoch = this.#options.bootstrap.epoch();
    if (epoch !== null && this.#position !== null && !this.#position.startsWith(`${epoch}:`)) this.#state = 'checking';
    this.#options.onStatus();
  }

  #isIdle(): boolean {
    const asked = this.#woken || this.#forced || this.#isBehind() || this.#stop.signal.aborted;
    return !asked && this.#state === 'up_to_date' && this.#live.isConnected() && this.#options.push.nextTry() > this.#machine.monotonic();
  }

  async #run(): Promise<void> {
    const { push } = this.#options;
    while (!this.#stop.signal.aborted) {
      this.#woken = false;
      this.#forced = false;
      this.#lastTry = this.#machine.monotonic();
      // Those who wait for this round; who comes later waits for the next.
      const waiting = this.#rounds.splice(0);
      const told = this.#told;
      let pause: number;
      try {
        pause = await this.#round();
        this.#succeeded();
        // Whatever was told before this round, it has asked for everything.
        if (this.#told === told) this.#told = undefined;
      } catch (error) {
        pause = this.#failed(error);
      }
      for (const resolve of waiting) resolve();
      if (this.#stop.signal.aborted) break;
      await this.#sleep(pause);
      // With live events nothing is polled: silence means that nothing happened.
      while (this.#isIdle()) await this.#sleep(push.nextTry() - this.#machine.monotonic());
    }
    for (const resolve of this.#rounds.splice(0)) resolve();
  }

  /** Returns how long to wait without a poke, ms. */
  async #round(): Promise<number> {
    const { api, clock, push, pull } = this.#options;
    if (!this.#hasToken()) {
      // Is there a server at all? Only then a token is what is missing.
      await api.hello();
      throw new SyncError('unauthorized', 'waiting for an access token');
    }
    if (!this.#greeted) await greet(api, clock, () => unlessResync(push.run(api)));
    this.#greeted = true;
    const quick = this.#machine.after(BUSY_MS, () => this.#showSyncing());
    try {
      // First of all, also when the line is back: what is pulled before counts as seen when the work was done.
      if (pull.position() !== null) await unlessResync(push.run(api));
      await this.#pullAll();
      // What was queued meanwhile.
      if (await push.run(api)) await this.#pullAll();
    } finally {
      quick();
    }
    this.#openLive();
    const live = this.#live.isConnected() || this.#liveOpening ? Number.POSITIVE_INFINITY : this.#liveNotBefore;
    return Math.min(POLL_MS, Math.min(live, push.nextTry()) - this.#machine.monotonic());
  }

  #greeted = false;

  async #pullAll(): Promise<void> {
    const { api, pull, push, bootstrap } = this.#options;
    if (pull.position() !== null) {
      try {
        await pull.run(api, (more) => {
          this.#moved(pull.position());
          if (more) this.#showSyncing();
        });
        bootstrap.dropNext();
        return;
      } catch (error) {
        if (!(error instanceof SyncError) || error.kind !== 'resync') throw error;
      }
    }
    // The writer of the bootstrap takes over; unsent work goes out between its pages.
    pull.close();
    this.#show('bootstrapping');
    await bootstrap.run(api, this.#stop.signal, async () => void (await unlessResync(push.run(api))));
    this.#moved(pull.position());
    await pull.run(api, () => this.#moved(pull.position()));
  }

  #hasToken(): boolean {
    const { tokens, clock } = this.#options;
    const current = tokens.current();
    const left = current && current.token !== '' ? Date.parse(current.expiresAt) - clock.nowMs() : 0;
    if (left < EXPIRES_SOON_MS) tokens.renew();
    // Without a sample the clock may be wrong: the server says what it thinks of the token.
    return current !== null && current.token !== '' && (left > 0 || !clock.hasSample());
  }

  #openLive(): void {
    if (this.#live.isConnected() || this.#liveOpening || this.#machine.monotonic() < this.#liveNotBefore) return;
    this.#liveOpening = true;
    this.#live
      .open(this.#options.api)
      .then(() => {
        this.#liveBackoff.reset();
        this.#liveNotBefore = this.#machine.monotonic() + this.#liveBackoff.next();
        // What happened between the pull and the stream's start is told by its first event.
      })
      .catch((error: unknown) => {
        this.#liveNotBefore = this.#machine.monotonic() + this.#liveBackoff.next();
        // A request without an answer: is the line still there?
        if (error instanceof SyncError && error.kind === 'no_answer') this.#lost();
      })
      .finally(() => {
        this.#liveOpening = false;
      });
  }
  #liveOpening = false;

  #poked(position: Position): void {
    this.#told = position;
    if (this.#isBehind()) this.#wakeUp?.();
  }
  /** The server told of more than has been pulled; a poke about what this console's own pull brought is none. */
  #isBehind(): boolean {
    if (!this.#told || this.#holdUntil > this.#machine.monotonic()) return false;
    const [epoch, seq] = (this.#position ?? ':').split(':');
    return epoch !== this.#told.epoch || Number(seq) < this.#told.seq;
  }
  #lost(): void {
    if (!this.#stop.signal.aborted) this.wake();
  }

  #moved(position: string | null): void {
    if (position === this.#position) return;
    this.#position = position;
    if (position !== null) this.#options.onPosition(position);
    this.#options.onStatus();
  }
  /** A bootstrap says more than that: how far it is. */
  #showSyncing(): void {
    if (this.#state !== 'bootstrapping' && this.#state !== 'checking') this.#show('syncing');
  }
  #show(state: SyncStatus['state']): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#options.onStatus();
  }

  #succeeded(): void {
    // The line is back: live events are tried like the first time.
    if (this.#online === false) this.#liveBackoff.reset();
    this.#online = true;
    this.#offlineSince = null;
    this.#nextTryAt = null;
    this.#detail = null;
    this.#reason = null;
    this.#holdUntil = 0;
    this.#lineBackoff.reset();
    this.#trouble.reset();
    this.#state = 'up_to_date';
    this.#options.onStatus();
  }

  /** Returns how long to wait, ms. */
  #failed(error: unknown): number {
    if (this.#stop.signal.aborted) return 0;
    const known = error instanceof SyncError ? error : undefined;
    let wait: number;
    this.#detail = error instanceof Error ? error.message : String(error);
    this.#reason = null;
    switch (known?.kind) {
      case 'no_answer':
        this.#goOffline();
        wait = this.#lineBackoff.next();
        break;
      case 'too_many':
        this.#state = 'failed';
        wait = known.retryAfterMs === null ? this.#trouble.next() : known.retryAfterMs * (1 + this.#machine.random() / 10);
        break;
      case 'no_room':
        this.#state = 'failed';
        this.#reason = 'server_disk_full';
        wait = known.retryAfterMs ?? ROOM_MS;
        break;
      case 'unauthorized':
        // The server is there, but nothing can be done before main (or the password) brings a token.
        this.#online = true;
        this.#offlineSince = null;
        this.#options.tokens.renew();
        wait = POLL_MS;
        break;
      case 'too_old':
      case 'server_too_old': {
        const state = known.kind === 'too_old' ? 'console_too_old' : 'server_too_old';
        // Told in the middle of a round: who of the two is too old, the greeting finds out.
        wait = this.#greeted && this.#state !== state ? 0 : POLL_MS;
        this.#greeted = false;
        this.#online = true;
        this.#offlineSince = null;
        this.#state = state;
        break;
      }
      default:
        // 5xx of a pull, an answer that is no answer, or a fault of our own: shown, and tried again.
        this.#state = 'failed';
        wait = this.#trouble.next();
        if (known) break;
        console.error(error);
        if (isCorrupt(error)) this.#options.onDamage(error);
        if (asFailure(error).kind !== 'disk_full') break;
        this.#reason = 'disk_full';
        wait = Math.min(wait, ROOM_MS);
    }
    this.#holdUntil = this.#machine.monotonic() + wait;
    this.#nextTryAt = new Date(this.#options.clock.nowMs() + wait).toISOString();
    this.#options.onStatus();
    return wait;
  }

  #goOffline(): void {
    this.#live.close();
    this.#greeted = false;
    this.#online = false;
    this.#state = 'offline';
    this.#offlineSince ??= this.#options.clock.now();
  }

  #sleep(ms: number): Promise<void> {
    if (this.#woken || this.#forced || this.#isBehind() || ms <= 0) return Promise.resolve();
    return new Promise((resolve) => {
      const asleep = Number.isFinite(ms) ? this.#machine.after(ms, () => this.#wakeUp?.()) : undefined;
      this.#wakeUp = () => {
        this.#wakeUp = undefined;
        asleep?.();
        resolve();
      };
    });
  }
}

/** A server that was put back takes nothing before this console has started over, which the pull finds out by itself. */
async function unlessResync(pushed: Promise<boolean>): Promise<void> {
  try {
    await pushed;
  } catch (error) {
    if (!(error instanceof SyncError) || error.kind !== 'resync') throw error;
  }
}
