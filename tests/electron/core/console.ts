/** A real core in a process of its own, with this test as its main and its window. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { z } from 'zod';
import type { AlertView } from '#shared/contract/alerts.ts';
import { type CoreCallName, type CoreCalls, CoreFailure, coreCalls, type Watches, type WatchName, watches } from '#shared/contract/core.ts';

const entry = join(import.meta.dirname, '../../../electron/core/index.ts');
const PATIENCE_MS = 30_000;

export interface Credentials {
  accessToken: string;
  accessExpiresAt: string;
  person: { id: string };
}

type Output<K extends WatchName> = z.output<Watches[K]['output']>;

/** There is no answer, and there will be none. */
export class CoreEnded extends Error {
  constructor() {
    super('core ended before it answered');
  }
}

export class TestConsole {
  readonly profile: string;
  #child: ChildProcess;
  #calls = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  #watches = new Map<number, { take(value: unknown): void; reject(error: Error): void }>();
  #next = 1;
  /** What core asked of main. */
  readonly asked: string[] = [];
  /** What core gave main for the system's notifications, a message each. */
  readonly alerts: AlertView[][] = [];
  #session: { server: string; renew(): Promise<Credentials> } | undefined;
  #unsent: ((count: number) => void)[] = [];
  private constructor(profile: string, child: ChildProcess) {
    this.profile = profile;
    this.#child = child;
    child.on('message', (message) => this.#receive(message));
    child.once('exit', () => {
      for (const one of [...this.#calls.values(), ...this.#watches.values()]) one.reject(new CoreEnded());
      this.#calls.clear();
      this.#watches.clear();
    });
  }

  /** `under`: words for Node itself, `env`: beside this process's own. */
  static async start(
    profile: string,
    { under = [], env = {} }: { under?: string[]; env?: Record<string, string> } = {},
  ): Promise<TestConsole> {
    const child = fork(entry, ['--profile', profile], {
      execArgv: under,
      env: { ...process.env, ...env },
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const started = new TestConsole(profile, child);
    const gone = new AbortController();
    child.once('exit', (code, signal) => gone.abort(new Error(`core ended with ${code ?? signal} before it was ready`)));
    const [message] = (await once(child, 'message', { signal: gone.signal }).catch((error: Error) => {
      throw error.cause ?? error;
    })) as [{ type: string }];
    if (message.type !== 'ready') throw new Error(`core said ${message.type} before it was ready`);
    started.send({ connect: 1 });
    return started;
  }

  /** As main does: hands over a token, and another one whenever core asks. */
  async signIn(server: string, renew: () => Promise<Credentials>): Promise<void> {
    this.#session = { server, renew };
    this.#sendSession(server, await renew());
  }
  /** As main does at a start without network: who it is, no token yet. */
  signInLater(server: string, personId: string, renew: () => Promise<Credentials>): void {
    this.#session = { server, renew };
    this.#sendSession(server, { accessToken: '', accessExpiresAt: new Date(0).toISOString(), person: { id: personId } });
  }
  #sendSession(server: string, { accessToken, accessExpiresAt, person }: Credentials): void {
    this.send({ type: 'session', session: { server, accessToken, accessExpiresAt, personId: person.id, login: person.id } });
  }
  signOut(): void {
    this.#session = undefined;
    this.send({ type: 'session', session: null });
  }
  /** A raw message from main. One that is killed meanwhile is told to whoever waits for an answer by its end, and to nobody by this. */
  send(message: object): void {
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }
  /** A raw message from the window. */
  post(data: unknown): void {
    this.send({ port: 1, data });
  }

  call<K extends CoreCallName>(name: K, input: z.input<CoreCalls[K]['input']>): Promise<z.output<CoreCalls[K]['output']>> {
    return this.answerTo({ type: 'call', name, input }).then(
      (value) => coreCalls[name].output.parse(value) as z.output<CoreCalls[K]['output']>,
    );
  }
  /** The result of any message with an id; rejects with the failure as its cause. */
  answerTo(message: object): Promise<unknown> {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      if (this.hasEnded()) reject(new CoreEnded());
      this.#calls.set(id, { resolve, reject });
      this.post({ ...message, id });
    });
  }
  perform(name: string, ticketId: string, input: Record<string, unknown> = {}, draft: string | null = null) {
    return this.call('perform', { name, ticketId, input, draft });
  }

  /** The watch's answer as soon as it satisfies; asked anew each time, so that it knows of every call answered before. */
  async until<K extends WatchName>(
    name: K,
    input: z.input<Watches[K]['input']>,
    satisfies: (value: Output<K>) => boolean,
  ): Promise<Output<K>> {
    const id = this.#next++;
    let last: unknown;
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise<Output<K>>((resolve, reject) => {
        if (this.hasEnded()) reject(new CoreEnded());
        timer = setTimeout(() => {
          reject(new Error(`${name} ${JSON.stringify(input)} stayed ${JSON.stringify(last)?.slice(0, 2_000)}`));
        }, PATIENCE_MS);
        const take = (raw: unknown) => {
          last = raw;
          try {
            const value = watches[name].output.parse(raw) as Output<K>;
            if (satisfies(value)) resolve(value);
          } catch (error) {
            reject(error);
          }
        };
        this.#watches.set(id, { take, reject });
        this.post({ type: 'watch', id, name, input });
      });
    } finally {
      clearTimeout(timer);
      this.#watches.delete(id);
      this.post({ type: 'unwatch', id });
    }
  }
  now<K extends WatchName>(name: K, input: z.input<Watches[K]['input']>): Promise<Output<K>> {
    return this.until(name, input, () => true);
  }
  /** Nothing unsent, and the feed followed to the end. */
  inStep(): Promise<unknown> {
    return this.until('sync', undefined, (status) => status.state === 'up_to_date' && status.waiting === 0);
  }
  countUnsent(): Promise<number> {
    return new Promise((resolve) => {
      this.#unsent.push(resolve);
      this.send({ type: 'count_unsent', id: 1 });
    });
  }

  /** Resolves when the process is gone, however it ended. */
  async ended(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, 'exit');
  }
  async kill(): Promise<void> {
    await this.#end(() => this.#child.kill('SIGKILL'));
  }
  async stop(): Promise<void> {
    await this.#end(() => this.send({ type: 'stop' }));
  }
  async #end(how: () => void): Promise<void> {
    if (this.hasEnded()) return;
    const exit = once(this.#child, 'exit');
    how();
    await exit;
  }

  hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  #receive(message: unknown): void {
    const data = message as { port?: number; data?: unknown; type?: string; count?: number };
    if (data.port === 1) this.#fromCore(data.data as { type: string; id: number; value?: unknown; failure?: unknown });
    else if (data.type === 'alerts') this.alerts.push((data as unknown as { alerts: AlertView[] }).alerts);
    else if (data.type === 'unsent') this.#unsent.shift()?.(data.count ?? -1);
    else if (data.type === 'token_needed') {
      this.asked.push('token');
      const session = this.#session;
      // Main tries again by itself; here core's next question does.
      session?.renew().then(
        (credentials) => this.#sendSession(session.server, credentials),
        () => undefined,
      );
    }
  }
  #fromCore(message: { type: string; id: number; value?: unknown; failure?: unknown }): void {
    if (message.type === 'update') {
      this.#watches.get(message.id)?.take(message.value);
      return;
    }
    const waiting = this.#calls.get(message.id);
    this.#calls.delete(message.id);
    if (message.type === 'result') waiting?.resolve(message.value);
    else {
      const failure = CoreFailure.parse(message.failure);
      waiting?.reject(new Error(`${failure.kind}: ${failure.message}`, { cause: failure }));
    }
  }
}

/** A list query with nothing narrowed. */
export function listOf(view: z.input<Watches['list']['input']>['view'], more: Partial<z.input<Watches['list']['input']>> = {}) {
  return { view, text: '', sort: 'due' as const, teamIds: [], siteIds: [], kinds: [], offset: 0, limit: 100, ...more };
}
