/** Where what was acknowledged is noted, by a process that has no part in anything else. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FromLedger, LedgerLine, type ToLedger } from './ledger-line.ts';

const PROCESS = join(import.meta.dirname, 'ledger-process.ts');

export class Ledger {
  readonly #file: string;
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, { resolve(): void; reject(error: Error): void }>();
  #number = 0;

  constructor(file: string) {
    this.#file = file;
    this.#child = fork(PROCESS, [file], { execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    this.#child.on('message', ({ number }: FromLedger) => {
      this.#waiting.get(number)?.resolve();
      this.#waiting.delete(number);
    });
    this.#child.once('exit', (code) => {
      for (const { reject } of this.#waiting.values()) reject(new Error(`the ledger ended with ${code}`));
    });
  }

  /** Resolves when the line is on the disk. */
  note(line: LedgerLine): Promise<void> {
    const number = this.#number++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(number, { resolve, reject });
      this.#child.send({ number, line } satisfies ToLedger, (error) => {
        if (error) reject(error);
      });
    });
  }

  /** As it is on the disk, in the order in which it was told. */
  lines(): LedgerLine[] {
    const text = readFileSync(this.#file, 'utf8').trimEnd();
    return text === '' ? [] : text.split('\n').map((line) => LedgerLine.parse(JSON.parse(line)));
  }

  async close(): Promise<void> {
    if (!this.#child.connected) return;
    const gone = once(this.#child, 'exit');
    this.#child.disconnect();
    await gone;
  }
}
