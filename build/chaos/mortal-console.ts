/** A console that may be killed at any moment: a core in a process of its own, on a profile that stays. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { SessionTokens } from '#shared/contract/api.ts';
import { CoreFailure } from '#shared/contract/core.ts';
import { Outbox } from '../../electron/core/storage/outbox.ts';
import { CoreEnded, TestConsole } from '../../tests/electron/core/console.ts';
import type { Line } from '../../tests/electron/core/line.ts';
import { PASSWORD } from '../../tests/server/desk-content.ts';
import { HttpSession } from '../bench/session.ts';
import { Pulse } from './pulse.ts';
import { passed } from './weather.ts';

const LOOK_EVERY_MS = 500;

export class MortalConsole {
  readonly login: string;
  readonly name: string;
  readonly profile: string;
  readonly line: Line;
  readonly cacheFile: string;
  readonly outboxFile: string;
  /** Of the work that it answers for. */
  readonly pulse = new Pulse();
  /** Between two moments at which it may be killed. */
  readonly stride = { least: 1, most: 12 };
  #core: TestConsole | undefined;
  #tokens: SessionTokens | undefined;
  /** Work that was asked for and not answered, in words. */
  readonly #open = new Map<object, string>();

  constructor(options: { login: string; profile: string; line: Line }) {
    this.login = options.login;
    this.name = `core of ${options.login}`;
    this.profile = options.profile;
    this.line = options.line;
    this.cacheFile = join(options.profile, 'core', 'cache.db');
    this.outboxFile = join(options.profile, 'core', 'outbox.db');
  }

  isUp(): boolean {
    return this.#core !== undefined;
  }

  /** With the token that it had: it outlives the process. `withoutCache`: as if the disposable file had been disposed of. */
  async start({ withoutCache = false } = {}): Promise<void> {
    if (withoutCache) for (const suffix of ['', '-wal', '-shm']) rmSync(this.cacheFile + suffix, { force: true });
    const core = await TestConsole.start(this.profile);
    this.#tokens ??= await this.#signIn();
    let known: SessionTokens | undefined = this.#tokens;
    await core.signIn(this.line.url, async () => {
      // Asked a second time, core has no use for the one that it has.
      this.#tokens = known ?? (await this.#signIn());
      known = undefined;
      return this.#tokens;
    });
    this.#core = core;
  }

  /** As `ask`, of something that a kill could lose: "perform note". */
  async work<T>(words: string, question: (core: TestConsole) => Promise<T>): Promise<T | undefined> {
    const asked = {};
    if (this.#core) this.#open.set(asked, words);
    try {
      const answer = await this.ask(question);
      if (answer !== undefined) this.pulse.beat();
      return answer;
    } finally {
      this.#open.delete(asked);
    }
  }

  /** The answer; undefined: there is no core, it was killed before it answered, or it has not got its desk yet. */
  async ask<T>(question: (core: TestConsole) => Promise<T>): Promise<T | undefined> {
    const core = this.#core;
    if (!core) return undefined;
    try {
      return await question(core);
    } catch (error) {
      if (error instanceof CoreEnded && this.#core !== core) return undefined;
      const failure = error instanceof Error ? CoreFailure.safeParse(error.cause).data : undefined;
      if (failure?.kind === 'not_ready') return undefined;
      throw error;
    }
  }

  /** Tries until everything is acknowledged and, if a position is given, it has that; false: not in time. */
  async isInStep(seq: number | null, off: AbortSignal): Promise<boolean> {
    for (;;) {
      const status = await this.ask(async (core) => {
        await core.call('retryNow', undefined);
        return core.now('sync', undefined);
      });
      const position = Number(status?.position?.split(':')[1]);
      if (status?.state === 'up_to_date' && status.waiting === 0 && (seq === null || position === seq)) return true;
      if (!(await passed(LOOK_EVERY_MS, off))) return false;
    }
  }

  /** In the middle of whatever it does; what that was, in words. */
  async kill(): Promise<string[]> {
    const core = this.#core;
    if (!core || core.hasEnded()) throw new Error(`The core of ${this.login} had ended by itself.`);
    this.#core = undefined;
    const calls = [...this.#open.values()];
    const requests = requestsOf([this.line]);
    await core.kill();
    const unacknowledged = this.unacknowledged();
    return [...calls, ...(unacknowledged > 0 ? [`${unacknowledged} not acknowledged`] : []), ...requests];
  }

  /** Operations that are on its disk and have no answer from the server. */
  unacknowledged(): number {
    const outbox = new Outbox(this.outboxFile, { readonly: true });
    try {
      return outbox.pendingCount(this.login);
    } finally {
      outbox.close();
    }
  }

  /** Lets it end by itself, or not. */
  async stop({ atOnce }: { atOnce: boolean }): Promise<void> {
    const core = this.#core;
    this.#core = undefined;
    await (atOnce ? core?.kill() : core?.stop());
  }

  async #signIn(): Promise<SessionTokens> {
    const session = new HttpSession(this.line.url);
    try {
      return await session.signIn(this.login, PASSWORD);
    } finally {
      session.close();
    }
  }
}

/** "POST /v1/operations" of each request on the lines that was not answered to its end; a stream of positions never is. */
export function requestsOf(lines: readonly Line[], { atServer = false } = {}): string[] {
  const all = lines.flatMap((line) => [...line.underWay]);
  return all
    .filter((one) => one.what !== 'GET /v1/events' && (!atServer || one.atServer))
    .map((one) => one.what.replace(/[0-9a-f-]{36}/, ':id'));
}
