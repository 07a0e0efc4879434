/** Consoles that follow the server: cores without a window, each a process with a profile of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';

const HEADLESS = join(import.meta.dirname, '../../electron/core/headless.ts');
/** A console that says nothing new for so long will not come any more, ms. */
const PATIENCE_MS = 120_000;
const PositionLine = z.object({ seq: z.number().int() });

export interface ConsoleOptions {
  number: number;
  profile: string;
  server: string;
  login: string;
  password: string;
}

export class FollowingConsole {
  readonly number: number;
  readonly login: string;
  readonly cacheFile: string;
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  readonly #gone: Promise<void>;
  #seq = -1;

  constructor({ number, profile, server, login, password }: ConsoleOptions) {
    this.number = number;
    this.login = login;
    this.cacheFile = join(profile, 'core', 'cache.db');
    const words = [HEADLESS, '--profile', profile, '--server', server, '--login', login];
    const child = spawn(process.execPath, words, {
      env: { ...process.env, GUICHET_PASSWORD: password },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#child = child;
    this.#gone = new Promise((resolve) => child.once('exit', () => resolve()));
    this.#lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  }

  /** Resolves when the console says that it has this position. @throws Error when it ends or falls silent before */
  async reached(seq: number): Promise<void> {
    while (this.#seq < seq) {
      const { value, done } = await this.#nextLine(seq);
      if (done) throw new Error(`Console ${this.number} ended at ${this.#seq}, before position ${seq}.`);
      this.#seq = PositionLine.parse(JSON.parse(value)).seq;
    }
  }

  async #nextLine(seq: number): Promise<IteratorResult<string>> {
    let timer: NodeJS.Timeout | undefined;
    const silence = new Promise<never>((_resolve, reject) => {
      const tooLong = () => reject(new Error(`Console ${this.number} stays at ${this.#seq} and does not come to position ${seq}.`));
      timer = setTimeout(tooLong, PATIENCE_MS);
    });
    try {
      return await Promise.race([this.#lines.next(), silence]);
    } finally {
      clearTimeout(timer);
    }
  }

  async stop(): Promise<void> {
    this.#child.kill('SIGTERM');
    await this.#gone;
  }
}
