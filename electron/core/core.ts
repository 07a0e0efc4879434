/** Core itself, whatever process it runs in: files, session, synchronisation, live queries, and the windows that ask. */
import { join } from 'node:path';
import type { CoreCallName, CoreToMain, MainToCore, SyncStatus, WatchName } from '#shared/contract/core.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import { answers } from './answers.ts';
import { callHandlers } from './calls.ts';
import { CoreError } from './failure.ts';
import { type Machine, thisMachine } from './machine.ts';
import { type CorePort, windowPort } from './port/window-port.ts';
import { type CacheState, cacheState } from './state-hash.ts';
import { openOutbox } from './storage/open-outbox.ts';
import type { Outbox } from './storage/outbox.ts';
import { type ProfileFiles, profileFiles } from './storage/profile.ts';
import { Bootstrap, prepareCache } from './sync/bootstrap.ts';
import { Presence } from './sync/presence.ts';
import { Pull } from './sync/pull.ts';
import { Push } from './sync/push.ts';
import { ServerApi } from './sync/server-api.ts';
import { ServerClock } from './sync/server-clock.ts';
import { SyncLoop } from './sync/sync-loop.ts';
import { MessageTokens, type TokenSource } from './sync/tokens.ts';
import { WatchHub } from './view/watches.ts';
import { Workplace } from './workplace.ts';

/** Answers that change by the clock alone (callbacks of today, opening hours) are looked at this often. */
const TICK_MS = 30_000;
const CLOCK_CHECK_MS = 2_000;
/** How long what was just done has the machine to itself, until it is drawn. */
const FRAME_MS = 40;
/** The offset is reported anew when it moved by more than this, ms. */
const OFFSET_STEP_MS = 200;

/** Calls that change nothing that a watch shows. */
const asksOnly: ReadonlySet<CoreCallName> = new Set(['explain', 'similar', 'findPeople', 'readDraft', 'retryNow', 'exportOutbox']);

export type CoreSession = NonNullable<Extract<MainToCore, { type: 'session' }>['session']>;
export interface CoreOptions {
  /** The profile; core's files are in its folder "core". */
  profile: string;
  toMain(message: CoreToMain): void;
  /** After each move of the cache's position. */
  onPosition?(cursor: string): void;
  machine?: Machine;
}
interface Session {
  personId: string;
  server: string;
  place: Workplace;
  loop: SyncLoop;
}

export class Core {
  readonly #options: CoreOptions;
  readonly #files: ProfileFiles;
  readonly #tokens: MessageTokens;
  readonly #hub: WatchHub;
  readonly #answers: ReturnType<typeof answers>;
  readonly #presence = new Presence(() => this.#hub.touch());
  #outbox: Outbox | undefined;
  /** Why core cannot work at all, in words. */
  #fault: string | null = null;
  #notice: string | null = null;
  #clock: ServerClock;
  #session: Session | undefined;
  #signedOut = false;
  #turn: Promise<void> = Promise.resolve();
  #offset = 0;
  readonly #machine: Machine;
  #timers: (() => void)[] = [];

  constructor(options: CoreOptions) {
    this.#options = options;
    const machine = options.machine ?? thisMachine;
    this.#machine = machine;
    this.#files = profileFiles(join(options.profile, 'core'));
    this.#tokens = new MessageTokens(() => options.toMain({ type: 'token_needed' }), machine);
    try {
      const { outbox, damaged } = openOutbox(this.#files.outbox);
      this.#outbox = outbox;
      if (damaged !== null) this.#notice = `outbox.db was damaged; it is kept as ${damaged}`;
    } catch (error) {
      this.#fault = error instanceof Error ? error.message : String(error);
      console.error(error);
    }
    this.#clock = new ServerClock(Number(this.#outbox?.meta('offset') ?? '0'), machine);
    this.#answers = answers(
      () => this.#session?.place,
      () => this.#status(),
      () => this.#presence.people(),
    );
    this.#hub = new WatchHub({
      answer: (name, input) => (this.#answers[name as WatchName] as (input: unknown) => unknown)(input),
      onError: (error) => console.error(error),
    });
    this.#timers.push(
      machine.every(TICK_MS, () => this.#hub.touch()),
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
      await this.#endSession();
      this.#hub.touch();
      return;
    }
    const current = this.#session;
    if (!current || current.personId !== session.personId || current.server !== session.server) {
      await this.#endSession();
      this.#begin(session, tokens ?? this.#tokens);
    }
    this.#tokens.set({ token: session.accessToken, expiresAt: session.accessExpiresAt });
    this.#session?.loop.start();
    this.#hub.touch();
  }

  #begin({ personId, server }: CoreSession, tokens: TokenSource): void {
    const outbox = this.#outbox;
    if (!outbox) return;
    this.#signedOut = false;
    const file = this.#files.cache;
    prepareCache(file, personId);
    outbox.setMeta('owner', personId);
    const machine = this.#machine;
    const clock = this.#clock;
    const now = () => clock.now();
    const line = { isOnline: () => loop.isOnline() };
    const onRows = (touched: { tables: Set<Parameters<Workplace['desk']['table']>[0]> }) => {
      place.desk.forget(touched.tables);
      if (place.view.hasWork()) place.view.refresh();
      this.#hub.touch();
    };
    const onChange = () => {
      place.view.refresh();
      this.#hub.touch();
    };
    const api = new ServerApi(server, tokens, clock, machine);
    const push = new Push({ outbox, personId, now, onChange, machine });
    const pull = new Pull({ file, now, onRows, machine });
    const swap = (replace: () => void) => {
      place.swapCache(replace);
      this.#hub.touch();
    };
    const onProgress = (progress: number | null) => loop.setProgress(progress);
    const bootstrap = new Bootstrap({ file, personId, now, onRows, swap, onProgress, machine });
    const loop = new SyncLoop({
      api,
      clock,
      tokens,
      push,
      pull,
      bootstrap,
      onStatus: () => this.#hub.touch(),
      onPosition: (cursor) => this.#positionMoved(cursor),
      machine,
    });
    // The overlay asks for the line only later, when the loop is there.
    const place = new Workplace({ personId, file, outbox, line, now, machine });
    // A kill may have come between the cache's new epoch and the outbox's.
    const position = place.reader.position();
    if (position !== null) outbox.noteEpoch(epochOf(position));
    outbox.prune(now());
    void bootstrap.settle();
    this.#session = { personId, server, place, loop };
    this.#presence.attach({ api, isLive: () => loop.isLive(), callOn: () => outbox.call(personId)?.ticketId ?? null });
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
    if (!session) return;
    await session.loop.stop();
    session.place.close();
  }

  async #call(name: keyof typeof callHandlers, input: unknown): Promise<unknown> {
    if (this.#fault !== null) throw new CoreError('not_ready', this.#fault);
    await this.#turn;
    const session = this.#session;
    if (!session) throw new CoreError('not_ready', 'nobody is signed in');
    const handler = callHandlers[name] as (input: unknown, context: object) => unknown;
    const { place, loop } = session;
    const before = place.outbox.lastPosition();
    try {
      return await handler(input, { place, sendNow: (id: string) => this.#sendNow(session, id), retryNow: () => loop.wake(true) });
    } finally {
      if (name === 'startCall' || name === 'endCall') this.#presence.moved();
      if (!asksOnly.has(name)) {
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
    };
    const fault = this.#fault === null ? {} : { state: 'failed' as const, detail: this.#fault };
    return { ...known, detail: known.detail ?? this.#notice, ...fault, waiting, offsetMs: this.#reportedOffset() };
  }

  #reportedOffset(): number {
    const offset = this.#clock.offsetMs();
    if (Math.abs(offset - this.#offset) > OFFSET_STEP_MS) this.#offset = Math.round(offset);
    return this.#offset;
  }
  /** The device clock may jump: windows add the offset to it. */
  #checkClock(): void {
    const before = this.#offset;
    if (this.#reportedOffset() === before) return;
    this.#hub.touch();
    if (!this.#clock.hasSample()) return;
    try {
      this.#outbox?.setMeta('offset', String(this.#offset));
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    console.error(error);
    this.#notice = error instanceof Error ? error.message : String(error);
    this.#hub.touch();
  }
}

function epochOf(cursor: string): string {
  return cursor.split(':')[0] ?? '';
}

/** The ticket that a call is about, where it names one. */
function ticketOf(input: unknown): string | null {
  return typeof input === 'object' && input !== null && 'ticketId' in input && typeof input.ticketId === 'string' ? input.ticketId : null;
}

export function startCore(options: CoreOptions): Core {
  return new Core(options);
}
