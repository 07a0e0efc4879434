/** A console: the real core on real files, on a machine whose time, chance and line are the simulation's; with what main does for it. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { SessionTokens } from '#shared/contract/api.ts';
import type { CoreCallName, CoreCalls, CoreFailure, Watches, WatchName } from '#shared/contract/core.ts';
import { type Core, startCore } from '../../electron/core/core.ts';
import type { Machine } from '../../electron/core/machine.ts';
import type { CorePort } from '../../electron/core/port/window-port.ts';
import type { Chance } from './chance.ts';
import { START } from './desk.ts';
import { copyDatabase } from './files.ts';
import { type House, SERVER } from './house.ts';
import type { End, Line } from './line.ts';
import type { VirtualTime } from './virtual-time.ts';

const RENEW_AGAIN_MS = 4_000;
const databases = ['cache.db', 'cache.next.db', 'outbox.db'];

export type Result<K extends CoreCallName> = { value: z.output<CoreCalls[K]['output']> } | { failure: CoreFailure };

interface Life extends End {
  core: Core;
  port: CorePort;
  folder: string;
  answers: Map<number, (message: { value?: unknown; failure?: CoreFailure }) => void>;
  next: number;
}

export class Device {
  readonly personId: string;
  readonly line: Line;
  readonly #time: VirtualTime;
  readonly #house: House;
  readonly #chance: Chance;
  readonly #folder: string;
  #profile: string;
  #lives = 0;
  #life: Life | undefined;
  /** Kept by main, on the disk. */
  #refreshToken: string | undefined;
  #renewing = false;
  #burials: Promise<void>[] = [];
  /** The device's clock minus the true one, ms. */
  skew = 0;
  /** Each position that core told of. */
  onPosition: (cursor: string) => void = () => undefined;
  /** Changes the machine before core gets it, for consoles that are broken on purpose. */
  wrap: (machine: Machine) => Machine = (machine) => machine;

  constructor(options: { personId: string; time: VirtualTime; house: House; line: Line; chance: Chance; folder: string }) {
    this.personId = options.personId;
    this.#time = options.time;
    this.#house = options.house;
    this.line = options.line;
    this.#chance = options.chance;
    this.#folder = join(options.folder, options.personId);
    this.#profile = this.#nextProfile();
  }
  #nextProfile(): string {
    const folder = join(this.#folder, String(this.#lives++));
    mkdirSync(join(folder, 'core'), { recursive: true });
    return folder;
  }

  get isUp(): boolean {
    return this.#life !== undefined;
  }
  /** Files of the console lie here. */
  get folder(): string {
    return join(this.#profile, 'core');
  }
  /** Whether what this process wrote is still anybody's. */
  owns(file: string): boolean {
    return this.#life !== undefined && file.startsWith(join(this.#life.folder, 'core'));
  }
  get core(): Core {
    if (!this.#life) throw new Error(`the console of ${this.personId} is off`);
    return this.#life.core;
  }

  start(): void {
    const life = { isDead: false, onDeath: new Set(), folder: this.#profile, answers: new Map(), next: 1 } as unknown as Life;
    this.#life = life;
    life.core = startCore({
      profile: life.folder,
      machine: this.wrap(this.#machine(life)),
      toMain: (message) => {
        if (message.type === 'token_needed') this.#renew(life);
      },
      onPosition: (cursor) => {
        if (!life.isDead) this.onPosition(cursor);
      },
    });
    life.port = life.core.connect((message) => {
      const { id, ...rest } = message as { id: number; value?: unknown; failure?: CoreFailure };
      if (!life.isDead) life.answers.get(id)?.(rest);
    });
    // As main does at a start: who it is, before there is a token.
    this.#tell(life, '', new Date(0).toISOString());
    this.#renew(life);
  }
  #tell(life: Life, accessToken: string, accessExpiresAt: string): void {
    void life.core.setSession({ server: SERVER, accessToken, accessExpiresAt, personId: this.personId, login: this.personId });
  }

  #machine(life: Life): Machine {
    const bornAt = this.#time.now;
    const mortal = (begin: (work: () => void) => () => void) => (work: () => void) => {
      if (life.isDead) return () => undefined;
      let end = () => {};
      const die = () => end();
      life.onDeath.add(die);
      const stop = begin(() => {
        if (!life.isDead) work();
      });
      end = stop;
      return () => {
        life.onDeath.delete(die);
        stop();
      };
    };
    return {
      wallClock: () => START + this.#time.now + this.skew,
      monotonic: () => this.#time.now - bornAt + 1_000,
      sinceBoot: () => this.#time.now + 60_000,
      after: (ms, work) => mortal((alive) => this.#time.after(ms, alive))(work),
      every: (ms, work) => mortal((alive) => this.#time.every(ms, alive))(work),
      turn: this.#time.turn,
      random: () => this.#chance.next(),
      newId: () => this.#chance.uuid(),
      transport: this.line.transport(life),
      // A kill is no power cut: what was written is there.
      toDisk: async () => undefined,
    };
  }

  /** At this instant: what is in the files now is all that remains. `without`: what happens to one of them meanwhile. */
  kill(without?: 'cache.db'): void {
    const life = this.#life;
    if (!life) return;
    this.#profile = this.#nextProfile();
    for (const name of databases) if (name !== without) copyDatabase(join(life.folder, 'core'), this.folder, name);
    this.#end(life);
  }
  #end(life: Life): void {
    this.#life = undefined;
    this.#renewing = false;
    life.isDead = true;
    for (const die of [...life.onDeath]) die();
    // The process that goes on here is nobody's any more: nothing that it does is heard, its files are thrown away.
    this.#burials.push(life.core.stop().then(() => rmSync(life.folder, { recursive: true, force: true })));
  }

  /** As a window asks. Never answers when the console dies meanwhile. */
  call<K extends CoreCallName>(name: K, input: z.input<CoreCalls[K]['input']>): Promise<Result<K>> {
    return new Promise((resolve) => {
      const life = this.#life;
      if (!life) return;
      const id = life.next++;
      life.answers.set(id, (message) => {
        life.answers.delete(id);
        resolve(message as Result<K>);
      });
      life.port.receive({ type: 'call', id, name, input });
    });
  }
  /** What a watch answers now. */
  look<K extends WatchName>(name: K, input: z.input<Watches[K]['input']>): z.output<Watches[K]['output']> {
    const life = this.#life;
    if (!life) throw new Error(`the console of ${this.personId} is off`);
    const id = life.next++;
    let seen: unknown;
    life.answers.set(id, ({ value }) => {
      seen = value;
    });
    life.port.receive({ type: 'watch', id, name, input });
    life.port.receive({ type: 'unwatch', id });
    life.answers.delete(id);
    return seen as z.output<Watches[K]['output']>;
  }

  /** One exchange at a time; the successor is kept before its access token is used. */
  #renew(life: Life): void {
    if (this.#renewing || life.isDead) return;
    this.#renewing = true;
    const again = () => {
      this.#renewing = false;
      this.#time.after(RENEW_AGAIN_MS, () => this.#renew(life));
    };
    this.#exchange(life).then((tokens) => {
      if (life.isDead) return;
      if (!tokens) return again();
      this.#refreshToken = tokens.refreshToken;
      this.#renewing = false;
      this.#tell(life, tokens.accessToken, tokens.accessExpiresAt);
    }, again);
  }
  /** Undefined: try again later. */
  async #exchange(life: Life): Promise<Pick<SessionTokens, 'refreshToken' | 'accessToken' | 'accessExpiresAt'> | undefined> {
    const { line } = this;
    if (this.#refreshToken !== undefined) {
      const body = { refreshToken: this.#refreshToken };
      const answer = await line.transport(life).ask({ server: SERVER, method: 'POST', path: '/v1/session/refresh', body });
      const tokens = SessionTokens.safeParse(answer.data);
      if (tokens.success) return tokens.data;
      if (answer.status === 401) this.#refreshToken = undefined;
      return undefined;
    }
    return line.isOpen && this.#house.isUp ? this.#house.signIn(this.personId) : undefined;
  }

  async close(): Promise<void> {
    if (this.#life) this.#end(this.#life);
    await Promise.all(this.#burials);
  }
}
