/** A server that may be killed at any moment, and is started again on the same port with the same data. */

import { type ServerProcess, serverProcess } from '../../tests/e2e/server-process.ts';
import type { Line } from '../../tests/electron/core/line.ts';
import { requestsOf } from './mortal-console.ts';
import { Pulse } from './pulse.ts';

export class MortalServer {
  readonly name: string;
  /** The lines that lead to it. */
  readonly lines: Line[] = [];
  /** Of the requests that reach it. */
  readonly pulse = new Pulse();
  readonly stride = { least: 10, most: 150 };
  readonly #process: ServerProcess;
  #isUp = true;

  private constructor(name: string, process: ServerProcess) {
    this.name = name;
    this.#process = process;
  }

  static async first(name: string, script: string, environment: Record<string, string>): Promise<MortalServer> {
    return new MortalServer(name, await serverProcess(script, environment));
  }

  get url(): string {
    return this.#process.url;
  }
  isUp(): boolean {
    return this.#isUp;
  }

  /** In the middle of whatever it does; the requests that it was answering. */
  async kill(): Promise<string[]> {
    this.#isUp = false;
    const requests = requestsOf(this.lines, { atServer: true });
    await this.#process.kill();
    return requests;
  }

  /** Once more. */
  async start(): Promise<void> {
    await this.#process.start();
    this.#isUp = true;
  }

  /** Lets it end by itself, or not. */
  async stop({ atOnce }: { atOnce: boolean }): Promise<void> {
    if (atOnce && this.#isUp) await this.kill();
    this.#isUp = false;
    await this.#process.stop();
  }
}
