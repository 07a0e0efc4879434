/**
 * Plays a log through a real server while consoles follow it live, and has both checked at every checkpoint and at the end. The
 * server, each console and the checker are processes of their own; this one is the importer.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ServerProcess, serverProcess } from '../../tests/e2e/server-process.ts';
import { FollowingConsole } from './consoles.ts';
import { deskOf, EVERYWHERE, loginOfConsole, teamsOfLogin, writeDesk } from './desk.ts';
import { type Checkpoint, readCheckpoints, readEvents, readFinalStates } from './log.ts';
import { Player } from './player.ts';
import { askChecker, type CheckTask, type Mismatch, shownMismatches } from './verdict.ts';

export interface ReplayOptions {
  /** Files of the log. */
  events: string;
  final: string;
  /** Undefined: only the end is checked. */
  checkpoints: string | undefined;
  /** How many follow; the second and every second one after it sees half of the teams. */
  consoles: number;
  /** The server's DATABASE_URL. */
  databaseUrl?: string | undefined;
  /** What runs as the server, from the project's root; a test puts a worse one here. */
  serverScript?: string;
  /** A line for whoever watches. */
  say(line: string): void;
  /** Ends the replay at once; everything is stopped and removed all the same. */
  signal?: AbortSignal;
}

export interface ReplayResult {
  tickets: number;
  /** Imported. */
  operations: number;
  mismatches: number;
  /** The first ones. */
  shown: Mismatch[];
  /** Without the time of the checks. */
  operationsPerSecond: number;
}

/** @throws LogError when a file is not what it should be */
export async function replay(options: ReplayOptions): Promise<ReplayResult> {
  const { databaseUrl, say, signal = new AbortController().signal } = options;
  const events = readEvents(options.events);
  const tickets = readFinalStates(options.final).length;
  const checkpoints = options.checkpoints === undefined ? [] : readCheckpoints(options.checkpoints);
  const desk = deskOf(events);
  const password = randomBytes(24).toString('base64url');
  const folder = mkdtempSync(join(tmpdir(), 'guichet-replay-'));
  const consoles: FollowingConsole[] = [];
  let server: ServerProcess | undefined;
  const stop = async () => {
    await Promise.all(consoles.map((one) => one.stop()));
    await server?.stop();
  };
  let stopping: Promise<void> | undefined;
  // Whoever waits for one of them is told that it is gone.
  const stopNow = () => {
    stopping = stop();
  };
  signal.addEventListener('abort', stopNow);
  try {
    signal.throwIfAborted();
    const dataDir = join(folder, 'server');
    const begun = await writeDesk(desk, { dataDir, databaseUrl }, password);
    const environment = { DATA_DIR: dataDir, ALLOW_IMPORT: '1', ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }) };
    server = await serverProcess(options.serverScript ?? 'server/main.ts', environment);
    signal.throwIfAborted();
    for (let number = 1; number <= options.consoles; number++) {
      const profile = join(folder, `console-${number}`);
      consoles.push(new FollowingConsole({ number, profile, server: server.url, login: loginOfConsole(number), password }));
    }
    await Promise.all(consoles.map((one) => one.reached(begun)));
    say(`${tickets} tickets, ${desk.people.length} people, ${desk.teams.length} teams; ${consoles.length} consoles follow ${server.url}`);

    const player = new Player(server.url, password, consoles);
    const taskAt = checkTasks(options, server.url, password, consoles, desk.teams);
    const shown: Mismatch[] = [];
    let mismatches = 0;
    let next = 0;
    for (const checkpoint of [...checkpoints, undefined]) {
      const later = checkpoint ? events.findIndex(({ t }) => t > checkpoint.instant) : -1;
      const end = later === -1 ? events.length : later;
      const notTaken = await player.play(events.slice(next, end), signal);
      next = end;
      const checked = await askChecker(taskAt(checkpoint), signal);
      const found = notTaken.length + checked.mismatches;
      mismatches += found;
      shown.push(...notTaken, ...checked.shown);
      const when = checkpoint?.instant.slice(0, 16) ?? 'the end';
      say(`${when}: ${player.operations} operations, position ${player.seq}, ${player.rate()} operations/s, ${found} mismatches`);
    }
    const { operations } = player;
    return { tickets, operations, mismatches, shown: shownMismatches(shown), operationsPerSecond: player.rate() };
  } catch (error) {
    // Whatever failed then, this is why.
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', stopNow);
    await stopping;
    await stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the checker has to know, for each checkpoint and (undefined) the end. */
function checkTasks(
  { final, checkpoints }: ReplayOptions,
  server: string,
  password: string,
  consoles: readonly FollowingConsole[],
  teams: readonly string[],
): (checkpoint: Checkpoint | undefined) => CheckTask {
  const sights = consoles.map(({ number, login, cacheFile }) => ({
    number,
    login,
    teams: login === EVERYWHERE ? null : teamsOfLogin(login, teams),
    cacheFile,
  }));
  return (checkpoint) => {
    const at = checkpoint && checkpoints !== undefined ? { file: checkpoints, instant: checkpoint.instant } : null;
    return { final, at, server, login: EVERYWHERE, password, consoles: sights };
  };
}
