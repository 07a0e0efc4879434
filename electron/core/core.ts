/** Core itself, whatever process it runs in: files, session, synchronisation, live queries, and the windows that ask. */
import { basename, join } from 'node:path';
import { type AlertName, type QuietTimes, SNOOZE_MINUTES } from '#shared/contract/alerts.ts';
import type { CoreFailure, CoreToMain, MainToCore, SyncStatus, WatchName } from '#shared/contract/core.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import { neverQuiet } from './alerts/quiet.ts';
import { answers } from './answers.ts';
import { asksOnly, type CallContext, callHandlers } from './calls.ts';
import { asFailure, CoreError } from './failure.ts';
import { type Machine, thisMachine } from './machine.ts';
import { Notices } from './notices.ts';
import { type CorePort, windowPort } from './port/window-port.ts';
import { beginSession, endSession, epochOf, type Session } from './session.ts';
import { type CacheState, cacheState } from './state-hash.ts';
import { prepareCacheFile, setCacheAside } from './storage/cache-file.ts';
import { openOutbox } from './storage/open-outbox.ts';
import type { Outbox } from './storage/outbox.ts';
import { type ProfileFiles, profileFiles } from './storage/profile.ts';
import { isCorrupt } from './storage/sqlite.ts';
import { Presence } from './sync/presence.ts';
import { ServerClock } from './sync/server-clock.ts';
import type { SyncLoop } from './sync/sync-loop.ts';
import { MessageTokens, type TokenSource } from './sync/tokens.ts';
import { WatchHub } from './view/watches.ts';

/** Answers that change by the clock alone (callbacks of today, opening hours) are looked at this often. */
const TICK_MS = 30_000;
const CLOCK_CHECK_MS = 2_000;
/** How long what was just done has the machine to itself, until it is drawn. */
const FRAME_MS = 40;
/** What is found damaged again so soon after it was mended is a fault of another kind: it is told, and not mended in circles. */
const MENDED_MS = 60_000;
/** The offset is reported anew when it moved by more than this, ms. */
const OFFSET_STEP_MS = 200;

export type CoreSession = NonNullable<Extract<MainToCore, { type: 'session' }>['session']>;
export interface CoreOptions {
  /** The profile; core's files are in its folder "core". */
  profile: string;
  toMain(message: CoreToMain): void;
  /** After each move of the cache's position. */
  onPosition?(cursor: string): void;
  machine?: Machine;
}
export class Core {
  readonly #options: CoreOptions;
  readonly #files: ProfileFiles;
  readonly #tokens: MessageTokens;
  readonly #hub: WatchHub;
  readonly #answers: ReturnType<typeof answers>;
  readonly #presence = new Presence(() => this.#hub.touch());
  #outbox: Outbox | undefined;
  /** Why core cannot work at all; tried again from time to time. */
  #fault: CoreFailure | null = null;
  readonly #notices = new Notices();
  /** Who is signed in, whether or not his session could be begun. */
  #given: { session: CoreSession; tokens: TokenSource } | undefined;
  #mendedAt = Number.NEGATIVE_INFINITY;
  #clock: ServerClock;
  #session: Session | undefined;
  #signedOut = false;
  #quiet: QuietTimes = neverQuiet;
  #turn: Promise<void> = Promise.resolve();
  /** As last reported, and as last kept. */
  #offset: number;
  #keptOffset: number;
  #sleeps = 0;
  readonly #machine: Machine;
  #timers: (() => void)[] = [];

  constructor(options: CoreOptions) {
    this.#options = options;
    const machine = options.machine ?? thisMachine;
    this.#machine = machine;
    this.#files = profileFiles(join(options.profile, 'core'));
    this.#tokens = new MessageTokens(() => options.toMain({ type: 'token_needed' }), machine);
    this.#openOutbox();
    this.#keptOffset = Number(this.#outbox?.meta('offset') ?? '0');
    this.#offset = this.#keptOffset;
    this.#clock = new ServerClock(this.#keptOffset, machine);
    this.#answers = answers(
      () => this.#session?.place,
      (ticketId) => this.#session?.files.uploads(ticketId) ?? {},
      () => this.#status(),
      this.#presence,
      () => this.#session?.alerts.active() ?? [],
    );
    this.#hub = new WatchHub({
      answer: (name, input) => (this.#answers[name as WatchName] as (input: unknown) => unknown)(input),
      onError: (error) => {
        if (!this.#mend(error)) console.error(error);
      },
    });
    this.#timers.push(
      machine.every(TICK_MS, () => this.#tick()),
      machine.every(CLOCK_CHECK_MS, () => this.#checkClock()),
    );
  }

  /** Who is signed in, with a fresh access token (empty while main has none yet); null: signed out. `tokens`: where else they come from. */
  setSession(session: CoreSession | null, tokens?: TokenSource): Promise<void> {
    this.#turn = this.#turn.then(() => this.#setSession(session, tokens)).catch((error: unknown) => this.#fail(error));
    return this.#turn;
  }

  /** A window; what it posts goes to `receive`. */
  connect(post: (message: unknown) => void): CorePort {
    return windowPort({
      post,
      watch: (name, input, answer) => this.#watch(name, input, answer),
      call: (name, input) => this.#call(name, input),
    });
  }

  #watch(name: WatchName, input: unknown, answer: (value: unknown) => void): () => void {
    const ends = [this.#hub.add(name, input, answer)];
    if (name === 'presence') ends.push(this.#presence.look((input as { ticketId: string | null }).ticketId));
    return () => {
      for (const end of ends) end();
    };
  }

  /** Unanswered operations of the person who owns the outbox. */
  unsent(): number {
    const owner = this.#outbox?.owner();
    return owner ? (this.#outbox?.pendingCount(owner) ?? 0) : 0;
  }
  /** What the cache holds, for comparison with the server. */
  cacheState(): CacheState | null {
    return this.#session ? cacheState(this.#session.place.reader) : null;
  }

  async stop(): Promise<void> {
    for (const end of this.#timers) end();
    this.#turn = this.#turn.then(() => this.#endSession());
    await this.#turn;
    this.#hub.stop();
    this.#outbox?.close();
  }

  async #setSession(session: CoreSession | null, tokens: TokenSource | undefined): Promise<void> {
    if (!session) {
      this.#tokens.set(null);
      this.#signedOut = true;
      this.#trouble = null;
      this.#given = undefined;
      await this.#endSession();
      this.#hub.touch();
      return;
    }
    this.#given = { session, tokens: tokens ?? this.#tokens };
    const current = this.#session;
    if (current?.personId !== session.personId || current.server !== session.server) await this.#endSession();
    this.#tokens.set({ token: session.accessToken, expiresAt: session.accessExpiresAt });
    this.#resume();
  }

  /** Opens and begins what is not yet: the outbox, the session of who is signed in. */
  #resume(): void {
    if (!this.#outbox) this.#openOutbox();
    if (this.#given && this.#outbox && !this.#session) this.#begin(this.#given.session, this.#given.tokens, this.#outbox);
    this.#session?.loop.start();
    this.#session?.files.start();
    this.#session?.alerts.touch();
    this.#hub.touch();
  }

  /** True where it was damaged; what could be read of it is saved. */
  #openOutbox(thorough = false): boolean {
    try {
      const { outbox, damaged } = openOutbox(this.#files.outbox, { thorough });
      this.#outbox = outbox;
      this.#fault = null;
      this.#notices.use(outbox);
      if (damaged !== null) this.#notices.tell({ code: 'outbox_damaged', file: basename(damaged) });
      return damaged !== null;
    } catch (error) {
      this.#fault = asFailure(error);
      console.error(error);
      return false;
    }
  }

  /**
   * What a damaged file is answered by, whoever met it: the session ends, the outbox is looked through and saved if it is the one;
   * otherwise the cache is, and is filled anew. False where the error is of another kind.
   */
  #mend(error: unknown): boolean {
    if (!isCorrupt(error) || this.#machine.monotonic() - this.#mendedAt < MENDED_MS) return false;
    console.error(error);
    this.#mendedAt = this.#machine.monotonic();
    this.#turn = this.#turn
      .then(async () => {
        await this.#endSession();
        this.#outbox?.close();
        this.#outbox = undefined;
        const wasIt = this.#openOutbox(true);
        if (!wasIt && this.#outbox) this.#notices.tell({ code: 'cache_damaged', file: basename(setCacheAside(this.#files.cache)) });
        this.#resume();
      })
      .catch((failure: unknown) => this.#fail(failure));
    return true;
  }

  /** The times at which nothing is told. */
  setQuiet(quiet: QuietTimes): void {
    this.#quiet = quiet;
    this.#session?.alerts.touch();
  }
  /** From a notification: to be told again later. */
  snoozeAlert(name: AlertName): void {
    this.#session?.alerts.snooze([name], SNOOZE_MINUTES);
  }

  #tick(): void {
    if (this.#given && !this.#session) this.#turn = this.#turn.then(() => this.#resume()).catch((error: unknown) => this.#fail(error));
    this.#hub.touch();
  }

  #begin({ personId, server }: CoreSession, tokens: TokenSource, outbox: Outbox): void {
    this.#signedOut = false;
    const damaged = prepareCacheFile(this.#files.cache, personId);
    if (damaged !== null) this.#notices.tell({ code: 'cache_damaged', file: basename(damaged) });
    const session = beginSession({
      personId,
      server,
      tokens,
      outbox,
      files: this.#files,
      clock: this.#clock,
      machine: this.#machine,
      onChange: () => this.#hub.touch(),
      onPosition: (cursor) => this.#positionMoved(cursor),
      quiet: () => this.#quiet,
      onAlerts: (alerts) => this.#options.toMain({ type: 'alerts', alerts: [...alerts] }),
      onDamage: (error) => void this.#mend(error),
    });
    this.#session = session;
    const callOn = () => outbox.call(personId)?.ticketId ?? null;
    this.#presence.attach({ api: session.api, isLive: () => session.loop.isLive(), callOn });
    this.#trouble = null;
  }

  #positionMoved(cursor: string): void {
    this.#outbox?.noteEpoch(epochOf(cursor));
    // The position alone ends the replay of what it has passed.
    this.#session?.place.view.refresh();
    this.#hub.touch();
    this.#options.onPosition?.(cursor);
  }

  async #endSession(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    this.#presence.attach(undefined);
    if (session) await endSession(session);
  }

  async #call(name: keyof typeof callHandlers, input: unknown): Promise<unknown> {
    if (name === 'retryNow') this.#tick();
    await this.#turn;
    const session = this.#session;
    const fault = this.#fault ?? this.#trouble;
    if (!session) throw new CoreError(fault?.kind ?? 'not_ready', fault?.message ?? 'nobody is signed in');
    try {
      return await this.#answer(session, name, input);
    } catch (error) {
      this.#mend(error);
      throw error;
    }
  }

  async #answer(session: Session, name: keyof typeof callHandlers, input: unknown): Promise<unknown> {
    const handler = callHandlers[name] as (input: unknown, context: CallContext) => unknown;
    const { place, loop, files, alerts, api } = session;
    const before = place.outbox.lastPosition();
    const sendNow = (id: string) => this.#sendNow(session, id);
    try {
      const presence = this.#presence;
      const dismissNotice = () => this.#notices.dismiss();
      const retryNow = () => {
        loop.wake(true);
        files.wake(true);
      };
      return await handler(input, { place, files, alerts, api, presence, sendNow, retryNow, dismissNotice });
    } finally {
      if (name === 'startCall' || name === 'endCall') this.#presence.moved();
      if (!asksOnly.has(name)) {
        alerts.touch();
        // What is under the eye is told before the call is answered: a draft that was kept, a banner that was put away.
        const ticketId = ticketOf(input);
        if (ticketId !== null) this.#hub.answerNow('ticket', ticketId);
        if (place.outbox.lastPosition() === before) this.#hub.touch();
        else this.#queued(loop, ticketId);
      }
    }
  }

  /** Something was done. The window has the time to draw the ticket before the rest is told and the server is asked. */
  #queued(loop: SyncLoop, ticketId: string | null): void {
    const rest = () => {
      this.#hub.touch(true);
      loop.wake();
    };
    this.#machine.after(ticketId === null ? 0 : FRAME_MS, rest);
    // What is not answered by then is shown as waiting.
    setTimeout(() => this.#hub.touch(), 1_050).unref();
  }

  /** One round of the loop, now: the answer to this operation, or that it certainly was not sent. */
  async #sendNow({ place, loop }: Session, id: string): Promise<Refusal | 'applied' | 'not_sent' | undefined> {
    loop.wake(true);
    // The round that is going on may have begun before the operation was queued.
    for (let round = 0; round < 2; round++) {
      await loop.settled();
      const operation = place.outbox.get(id);
      if (operation?.outcome?.status === 'rejected') {
        place.outbox.dismissRejection(place.personId, id);
        return operation.outcome.refusal;
      }
      if (operation?.outcome) return 'applied';
    }
    return place.outbox.get(id)?.state === 'queued' ? 'not_sent' : undefined;
  }

  #status(): SyncStatus {
    const waiting = this.#session?.place.outbox.pendingCount(this.#session.personId) ?? 0;
    const known = this.#session?.loop.status() ?? {
      state: this.#signedOut ? ('signed_out' as const) : ('starting' as const),
      offlineSince: null,
      nextTryAt: null,
      progress: null,
      position: null,
      detail: null,
      reason: null,
    };
    const fault = this.#fault ?? this.#trouble;
    const failed = fault === null || this.#session ? {} : { state: 'failed' as const, detail: fault.message, reason: reasonOf(fault) };
    return {
      ...known,
      detail: known.detail ?? fault?.message ?? null,
      ...failed,
      notice: this.#notices.current(),
      waiting,
      offsetMs: this.#reportedOffset(),
      sleeps: this.#sleeps,
    };
  }

  #reportedOffset(): number {
    const offset = this.#clock.offsetMs();
    if (Math.abs(offset - this.#offset) > OFFSET_STEP_MS) this.#offset = Math.round(offset);
    return this.#offset;
  }
  /** The device clock may jump: windows add the offset to it. The machine may sleep: their clocks stood still, and the line may be dead. */
  #checkClock(): void {
    const sleeps = this.#clock.sleeps();
    if (sleeps !== this.#sleeps) this.#session?.loop.wake(true);
    const isSame = this.#reportedOffset() === this.#keptOffset && sleeps === this.#sleeps;
    this.#sleeps = sleeps;
    if (isSame) return;
    this.#session?.alerts.touch();
    this.#hub.touch();
    this.#keptOffset = this.#offset;
    try {
      this.#outbox?.setMeta('offset', String(this.#offset));
      this.#trouble = null;
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    if (this.#mend(error)) return;
    console.error(error);
    this.#trouble = asFailure(error);
    this.#hub.touch();
  }
  /** What went wrong outside of any call, for the status. */
  #trouble: CoreFailure | null = null;
}

function reasonOf({ kind }: CoreFailure): SyncStatus['reason'] {
  return kind === 'disk_full' || kind === 'newer_files' ? kind : null;
}

/** The ticket that a call is about, where it names one. */
function ticketOf(input: unknown): string | null {
  return typeof input === 'object' && input !== null && 'ticketId' in input && typeof input.ticketId === 'string' ? input.ticketId : null;
}

export function startCore(options: CoreOptions): Core {
  return new Core(options);
}
