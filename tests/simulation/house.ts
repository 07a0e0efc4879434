/** The server: the real one, on a real file, asked without a network. It can be killed at any instant and put back to a backup. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildServer, type GuichetServer } from '../../server/app.ts';
import { openSession, type Tokens } from '../../server/auth/sessions.ts';
import { backUp, restore } from '../../server/db/copies.ts';
import { readPosition } from '../../server/db/database.ts';
import { readSettings } from '../../server/settings.ts';
import { START } from './desk.ts';
import { copyDatabase } from './files.ts';
import type { VirtualTime } from './virtual-time.ts';

export const SERVER = 'https://desk.example.org';
const DATABASE = 'guichet.db';
/** A server's jobs look every second or so: that often is not needed to find what they do. Its heart beats as always. */
const HEARTBEAT_MS = 15_000;
const SLOWER = 6;

export interface HouseRequest {
  method: 'GET' | 'POST' | 'PUT';
  path: string;
  token?: string | undefined;
  body?: unknown;
}
export interface HouseAnswer {
  status: number;
  text: string;
  retryAfter: string | undefined;
}
/** `refused`: nobody listens. `reset`: it died while it was asked. */
export class NoHouse extends Error {
  readonly how: 'refused' | 'reset';
  constructor(how: 'refused' | 'reset') {
    super(how);
    this.how = how;
  }
}
export interface HouseStream {
  status: number;
  /** Of an answer that is no stream. */
  text: string;
  close(): void;
}

interface Life {
  server: GuichetServer;
  folder: string;
  isDead: boolean;
  ends: Set<() => void>;
}

export class House {
  readonly #time: VirtualTime;
  readonly #folder: string;
  #life: Life | undefined;
  #lives = 0;
  #isStarting = false;
  #data: string;
  #burials: Promise<void>[] = [];
  #backups = 0;
  /** What the server should never say. */
  readonly faults: string[] = [];
  /** Replaces what is built, for servers that are broken on purpose. */
  wrap: (server: GuichetServer) => GuichetServer = (server) => server;

  constructor(time: VirtualTime, folder: string, template: string) {
    this.#time = time;
    this.#folder = folder;
    this.#data = this.#nextFolder();
    copyDatabase(template, this.#data, DATABASE);
  }
  #nextFolder(): string {
    const folder = join(this.#folder, `server-${this.#lives++}`);
    mkdirSync(folder, { recursive: true });
    return folder;
  }

  get isUp(): boolean {
    return this.#life !== undefined;
  }
  get database(): GuichetServer['database'] {
    if (!this.#life) throw new Error('the server is down');
    return this.#life.server.database;
  }
  /** "epoch:seq:" of its feed. */
  position = '';
  /** Files of the server that runs lie here. */
  get folder(): string {
    return this.#data;
  }

  async start(): Promise<void> {
    if (this.#life || this.#isStarting) return;
    this.#isStarting = true;
    await this.#time.during(async () => {
      const life: Life = { server: undefined as unknown as GuichetServer, folder: this.#data, isDead: false, ends: new Set() };
      const settings = readSettings({ PORT: '0', DATA_DIR: this.#data, LOG_LEVEL: 'silent' });
      const built = await buildServer(settings, {
        clock: () => new Date(START + this.#time.now),
        every: (ms, work) => {
          const end = this.#time.every(ms < HEARTBEAT_MS ? Math.min(ms * SLOWER, HEARTBEAT_MS) : ms, work);
          life.ends.add(end);
          return end;
        },
      });
      life.server = this.wrap(built);
      this.#life = life;
      const { epoch, seq } = await built.database.read(readPosition);
      this.position = `${epoch}:${seq}:`;
      built.database.onPosition((moved) => {
        if (!life.isDead) this.position = `${moved.epoch}:${moved.seq}:`;
      });
    });
    this.#isStarting = false;
  }

  /** At this instant: what is on the disk now is all that remains. */
  kill(): void {
    const life = this.#life;
    if (!life) return;
    this.#data = this.#nextFolder();
    copyDatabase(life.folder, this.#data, DATABASE);
    this.#end(life);
  }
  #end(life: Life): void {
    this.#life = undefined;
    life.isDead = true;
    for (const end of life.ends) end();
    // The process that goes on here is nobody's any more: what it writes and answers is seen by no one.
    this.#burials.push(life.server.close().then(() => rmSync(life.folder, { recursive: true, force: true })));
  }

  /** One consistent state, to put back later. */
  async backUp(): Promise<string> {
    const file = join(this.#folder, `backup-${this.#backups++}.db`);
    await this.#time.during(() => backUp(this.#data, file));
    return file;
  }
  /** The server dies, and what comes back is the backup. */
  restore(file: string): void {
    this.kill();
    restore(this.#data, file, new Date(START + this.#time.now));
  }

  async handle(request: HouseRequest): Promise<HouseAnswer> {
    const life = this.#life;
    if (!life) throw new NoHouse('refused');
    const answer = await this.#time.during(() => life.server.inject(injected(request)));
    if (life.isDead) throw new NoHouse('reset');
    if (answer.statusCode >= 500) this.faults.push(`${request.method} ${request.path}: ${answer.statusCode} ${answer.body}`);
    return { status: answer.statusCode, text: answer.body, retryAfter: answer.headers['retry-after'] as string | undefined };
  }

  /** Server-sent events; `onEnd` also when the server dies. */
  async listen(request: HouseRequest, onText: (text: string) => void, onEnd: () => void): Promise<HouseStream> {
    const life = this.#life;
    if (!life) throw new NoHouse('refused');
    const answer = await this.#time.during(() => life.server.inject({ ...injected(request), payloadAsStream: true }));
    if (life.isDead) throw new NoHouse('reset');
    const body = answer.stream();
    let text = '';
    let isOpen = true;
    const ended = () => {
      if (!isOpen) return;
      isOpen = false;
      life.ends.delete(ended);
      onEnd();
    };
    life.ends.add(ended);
    body.on('data', (chunk: Buffer) => {
      if (answer.statusCode !== 200) text += String(chunk);
      else if (isOpen) onText(String(chunk));
    });
    body.on('end', ended);
    body.on('error', ended);
    if (answer.statusCode !== 200) await this.#time.during(() => new Promise((resolve) => body.once('close', resolve)));
    return {
      status: answer.statusCode,
      text,
      close: () => {
        isOpen = false;
        life.ends.delete(ended);
        answer.raw.res.destroy();
      },
    };
  }

  /** As after a password: sessions are opened without one here, which would cost more than all the rest. */
  signIn(personId: string): Promise<Tokens> {
    return this.#time.during(() => this.database.write((tx) => openSession(tx, personId, 'simulated')));
  }

  async close(): Promise<void> {
    if (this.#life) this.#end(this.#life);
    await Promise.all(this.#burials);
  }
}

function injected({ method, path, token, body }: HouseRequest) {
  return {
    method,
    url: path,
    headers: { 'guichet-protocol': '1', ...(token !== undefined && { authorization: `Bearer ${token}` }) },
    ...(body !== undefined && { payload: body as object }),
  };
}
