/** Keeps core alive: starts it, starts it again when it dies, and gives it the session and the windows' ports each time. */
import { MessageChannelMain, type WebContents } from 'electron';
import type { AlertName, QuietTimes } from '#shared/contract/alerts.ts';
import { PORT_CHANNEL } from '#shared/contract/channels.ts';
import { CoreToMain, type MainToCore } from '#shared/contract/core.ts';
import type { AlertNotifications } from './alert-notifications.ts';
import type { CoreProcess, StartCore } from './core-process.ts';
import type { CoreSession } from './session.ts';

export interface CoreNeeds {
  /** Core wants a fresh access token. */
  tokenNeeded(): void;
  notifications: Pick<AlertNotifications, 'show' | 'clear'>;
  quiet(): QuietTimes;
}

const firstDelay = 200; // ms
const longestDelay = 10_000; // ms
/** A core that lived so long did not die of its start. */
const soundLife = 30_000; // ms
const countPatience = 2_000; // ms
const stopPatience = 3_000; // ms

export class CoreSupervisor {
  readonly #start: StartCore;
  readonly #needs: CoreNeeds;
  #core: CoreProcess | undefined;
  #ready = false;
  #startedAt = 0;
  #delay = firstDelay;
  #session: CoreSession = null;
  /** Windows that wait for a port. */
  #windows = new Set<WebContents>();
  #counts = new Map<number, (count: number) => void>();
  #nextCount = 1;
  #stopping = false;
  #stopped: (() => void) | undefined;

  constructor(start: StartCore, needs: CoreNeeds) {
    this.#start = start;
    this.#needs = needs;
  }

  start(): void {
    this.#ready = false;
    this.#startedAt = Date.now();
    this.#core = this.#start({ message: (data) => this.#receive(data), exit: () => this.#ended() });
  }

  setSession(session: CoreSession): void {
    this.#session = session;
    // What is still on the screen is not for whoever comes next.
    if (session === null) this.#needs.notifications.clear();
    this.#send({ type: 'session', session });
  }

  /** They were set anew. */
  tellQuiet(): void {
    this.#send({ type: 'quiet', quiet: this.#needs.quiet() });
  }
  snoozeAlert(alert: AlertName): void {
    this.#send({ type: 'snooze_alert', alert });
  }

  /** Posts a port to the window's page, as soon as there is a core at its other end. */
  connect(window: WebContents): void {
    if (window.isDestroyed()) return;
    if (!this.#core || !this.#ready) {
      this.#windows.add(window);
      return;
    }
    const { port1, port2 } = new MessageChannelMain();
    this.#core.connect(port1);
    window.postMessage(PORT_CHANNEL, null, [port2]);
  }

  /** Operations not yet sent; 0 when core does not answer in time. */
  countUnsent(): Promise<number> {
    const id = this.#nextCount++;
    return new Promise((resolve) => {
      const timer = setTimeout(() => settle(0), countPatience);
      const settle = (count: number) => {
        clearTimeout(timer);
        this.#counts.delete(id);
        resolve(count);
      };
      this.#counts.set(id, settle);
      this.#send({ type: 'count_unsent', id });
    });
  }

  /** Lets core close its files; ends it when it does not. */
  async stop(): Promise<void> {
    this.#stopping = true;
    const core = this.#core;
    if (!core) return;
    const ended = new Promise<void>((resolve) => {
      this.#stopped = resolve;
    });
    core.send({ type: 'stop' });
    const timer = setTimeout(() => core.kill(), stopPatience);
    await ended;
    clearTimeout(timer);
  }

  #receive(data: unknown): void {
    const message = CoreToMain.safeParse(data);
    if (!message.success) {
      console.error('core sent main a message that it does not know');
      return;
    }
    switch (message.data.type) {
      case 'ready':
        this.#becomeReady();
        break;
      case 'token_needed':
        this.#needs.tokenNeeded();
        break;
      case 'alerts':
        this.#needs.notifications.show(message.data.alerts);
        break;
      case 'unsent':
        this.#counts.get(message.data.id)?.(message.data.count);
        break;
    }
  }

  #becomeReady(): void {
    this.#ready = true;
    this.tellQuiet();
    this.#core?.send({ type: 'session', session: this.#session });
    // Who asked before core was there.
    for (const id of this.#counts.keys()) this.#core?.send({ type: 'count_unsent', id });
    const waiting = [...this.#windows];
    this.#windows.clear();
    for (const window of waiting) this.connect(window);
  }

  #ended(): void {
    this.#core = undefined;
    this.#ready = false;
    this.#stopped?.();
    if (this.#stopping) return;
    if (Date.now() - this.#startedAt > soundLife) this.#delay = firstDelay;
    console.error(`core ended unexpectedly; starting it again in ${this.#delay} ms`);
    setTimeout(() => {
      if (!this.#stopping) this.start();
    }, this.#delay);
    this.#delay = Math.min(this.#delay * 3, longestDelay);
  }

  #send(message: MainToCore): void {
    if (this.#ready) this.#core?.send(message);
  }
}
