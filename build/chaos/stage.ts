/** Everything and everybody that takes part: servers, a line for each who works, consoles, people, the ledger. */
import { join } from 'node:path';
import type { Draw } from '../../server/demo/draw.ts';
import { Line } from '../../tests/electron/core/line.ts';
import { requesters, technicians, type WhereData } from './desk.ts';
import { Ledger } from './ledger.ts';
import { MortalConsole } from './mortal-console.ts';
import { MortalServer } from './mortal-server.ts';
import { Requester } from './requester.ts';
import { Shift } from './shift.ts';
import { Technician } from './technician.ts';
import { flaky, storms } from './weather.ts';

export class Stage {
  readonly shift: Shift;
  readonly servers: MortalServer[] = [];
  readonly consoles: MortalConsole[] = [];
  readonly #folder: string;
  readonly #drawOf: (what: string) => Draw;
  readonly #lines: Line[] = [];
  readonly #people: { work(): Promise<void> }[] = [];
  #day: Promise<unknown> = Promise.resolve();

  /** `drawOf`: the draws of a part, by its name. */
  constructor(folder: string, drawOf: (what: string) => Draw) {
    this.#folder = folder;
    this.#drawOf = drawOf;
    this.shift = new Shift(new Ledger(join(folder, 'ledger.ndjson')));
  }

  /** Everybody is there, and nothing has gone wrong yet. */
  async set({ servers, serverScript }: { servers: number; serverScript: string }, { dataDir, databaseUrl }: WhereData): Promise<void> {
    const environment = { DATA_DIR: dataDir, ...(databaseUrl !== null && { DATABASE_URL: databaseUrl }) };
    for (let number = 1; number <= servers; number++) {
      const name = servers === 1 ? 'server' : `server ${number}`;
      this.servers.push(await MortalServer.first(name, serverScript, environment));
    }
    for (const login of technicians) {
      const console = new MortalConsole({ login, profile: join(this.#folder, login), line: await this.#newLine() });
      const hands = [this.#drawOf(`${login}, one hand`), this.#drawOf(`${login}, the other hand`)];
      this.consoles.push(console);
      this.#people.push(new Technician(console, hands, this.shift));
    }
    for (const [number, login] of requesters.entries()) {
      const requester = new Requester(login, await this.#newLine(), this.#drawOf(`${login} ${number}`), this.shift);
      await requester.begin();
      this.#people.push(requester);
    }
    await Promise.all(this.consoles.map((one) => one.start()));
  }

  /** People work and the weather turns; resolves when the shift is over, fails when one of them does. */
  begin(signal: AbortSignal): Promise<unknown> {
    const calm = AbortSignal.any([this.shift.over.signal, signal]);
    const weather = this.#lines.map((line, number) => {
      line.fate = flaky(this.#drawOf(`line ${number}`));
      return storms(line, this.#drawOf(`storms ${number}`), calm);
    });
    const parts = [...weather, ...this.#people.map((one) => one.work())];
    this.#day = Promise.allSettled(parts);
    return Promise.all(parts);
  }

  /** Nobody begins anything, and the lines are as they should be. */
  heal(): void {
    this.shift.over.abort();
    for (const line of this.#lines) line.fate = () => 'pass';
  }

  /** `atOnce`: nobody is asked to end, whoever is busy or hangs; what they leave behind is of no use. */
  async close({ atOnce }: { atOnce: boolean }): Promise<void> {
    this.shift.over.abort();
    this.shift.closed.abort(new Error('it was called off'));
    await Promise.all(this.consoles.map((one) => one.stop({ atOnce })));
    await Promise.all(this.servers.map((one) => one.stop({ atOnce })));
    await this.#day;
    for (const line of this.#lines) await line.down();
    await this.shift.ledger.close();
  }

  /** Lines lead to the servers in turn. */
  async #newLine(): Promise<Line> {
    const server = this.servers[this.#lines.length % this.servers.length];
    if (!server) throw new Error('There is no server for a line to lead to.');
    const line = new Line(() => {
      server.pulse.beat();
      return server.url;
    });
    await line.up();
    this.#lines.push(line);
    server.lines.push(line);
    return line;
  }
}
