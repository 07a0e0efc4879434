/** A server in a process of its own, which can be stopped in the middle and started again where it was. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { projectRoot } from './launch.ts';
import { within } from './within.ts';

/** A server that also makes a desk takes a while on a busy machine. */
const START_MS = 90_000;

export interface ServerProcess {
  readonly url: string;
  /** Lines printed after the address. */
  readonly lines: readonly string[];
  /** A line to the script, which knows what to make of it. */
  tell(line: string): void;
  stop(): Promise<void>;
  /** At once, in the middle of whatever it does. @throws Error when it had ended by itself */
  kill(): Promise<void>;
  /** On the same port, with the same data. */
  start(): Promise<void>;
}

/**
 * Runs a script that prints `Guichet server listening on URL`, then, when `readyLine` is given, a line that fits it.
 * The port of the first start is kept for later ones.
 */
export async function serverProcess(script: string, env: Record<string, string>, readyLine?: RegExp): Promise<ServerProcess> {
  let child: ChildProcess | undefined;
  let url = '';
  let port = '0';
  const lines: string[] = [];

  async function start(): Promise<void> {
    const started = spawn(process.execPath, [script], {
      cwd: projectRoot,
      // The database of whoever runs this is not for tests: one that is to be used is named.
      env: { ...process.env, DATABASE_URL: undefined, HOST: '127.0.0.1', LOG_LEVEL: 'error', ...env, PORT: port },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    child = started;
    const ready = new Promise<void>((resolve, reject) => {
      let listening = false;
      started.once('exit', (code) => reject(new Error(`${script} ended with ${code} before it was ready`)));
      createInterface({ input: started.stdout }).on('line', (line) => {
        const address = /Guichet server listening on (\S+)/.exec(line)?.[1];
        if (address) {
          listening = true;
          url = address.replace(/\/$/, '');
          port = new URL(url).port;
        } else lines.push(line);
        if (listening && (readyLine === undefined || readyLine.test(line))) resolve();
      });
    });
    await within(START_MS, `the start of ${script}`, ready);
  }

  await start();
  return {
    get url() {
      return url;
    },
    lines,
    start,
    tell(line) {
      child?.stdin?.write(`${line}\n`);
    },
    async stop() {
      const stopping = child;
      child = undefined;
      if (stopping && !hasEnded(stopping)) await end(stopping, 'SIGTERM');
    },
    async kill() {
      const killed = child;
      child = undefined;
      if (!killed || hasEnded(killed)) throw new Error(`${script} had ended by itself, with ${killed?.exitCode ?? killed?.signalCode}`);
      await end(killed, 'SIGKILL');
    },
  };
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const gone = new Promise<void>((done) => child.once('exit', () => done()));
  child.kill(signal);
  await gone;
}
