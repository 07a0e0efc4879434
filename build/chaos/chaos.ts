/**
 * People work, the network cuts and stalls, consoles and servers are killed; then everything heals and the verdict is spoken. Consoles,
 * servers and the ledger are processes of their own; this one is the people, the network and the killer.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drawFor } from '../../server/demo/draw.ts';
import { PASSWORD } from '../../tests/server/desk-content.ts';
import { Session, type State } from '../replay/holdings.ts';
import { prepareDesk, requesters, type WhereData } from './desk.ts';
import { consoleEvidence, serverEvidence } from './evidence.ts';
import { killInTurn } from './killer.ts';
import type { Ledger } from './ledger.ts';
import type { MortalConsole } from './mortal-console.ts';
import type { MortalServer } from './mortal-server.ts';
import { Stage } from './stage.ts';
import { type Evidence, type Verdict, verdictOf } from './verdict.ts';

export interface ChaosOptions {
  kills: number;
  seed: number;
  /** The servers' DATABASE_URL. */
  databaseUrl?: string | undefined;
  /** More than one only on one database that several can use. */
  servers: number;
  /** Tickets that were there before. */
  oldTickets: number;
  /** What runs as a server, from the project's root. */
  serverScript: string;
  /** A line for whoever watches. */
  say(line: string): void;
  /** Ends it at once; everything is stopped and removed all the same. */
  signal?: AbortSignal;
}

export interface ChaosResult {
  kills: number;
  /** Kills that hit work in flight. */
  inFlight: number;
  /** Acknowledged. */
  operations: number;
  verdict: Verdict;
  /** Databases, profiles and the ledger; null: all is well and they are removed. */
  folder: string | null;
}

/** Of the kills, so many must have hit work in flight. */
const IN_FLIGHT_SHARE = 0.8;
/** A console that is not in step by then never is, ms. */
const HEALING_MS = 300_000;

export function isWell({ kills, inFlight, verdict }: Omit<ChaosResult, 'folder'>, asked: number): boolean {
  return kills >= asked && inFlight >= kills * IN_FLIGHT_SHARE && Object.values(verdict).every((findings) => findings.length === 0);
}

export async function chaos(options: ChaosOptions): Promise<ChaosResult> {
  const { signal = new AbortController().signal } = options;
  signal.throwIfAborted();
  const folder = mkdtempSync(join(tmpdir(), 'guichet-chaos-'));
  let isKept = false;
  try {
    const result = await inFolder(options, folder, signal);
    isKept = !isWell(result, options.kills);
    return { ...result, folder: isKept ? folder : null };
  } catch (error) {
    // Whatever failed then, this is why.
    signal.throwIfAborted();
    isKept = true;
    throw new Error(`${error instanceof Error ? error.message : String(error)} (everything is in ${folder})`, { cause: error });
  } finally {
    if (!isKept) rmSync(folder, { recursive: true, force: true });
  }
}

async function inFolder(options: ChaosOptions, folder: string, signal: AbortSignal): Promise<Omit<ChaosResult, 'folder'>> {
  const where: WhereData = { dataDir: join(folder, 'server'), databaseUrl: options.databaseUrl ?? null };
  const drawOf = (what: string) => drawFor(`chaos/${options.seed}/${what}`);
  await prepareDesk(where, options.oldTickets);
  const stage = new Stage(folder, drawOf);
  const { shift, consoles, servers } = stage;
  try {
    await stage.set(options, where);
    const addresses = servers.map((one) => one.url).join(' and ');
    options.say(`${consoles.length} consoles and ${requesters.length} requesters work on ${addresses}`);
    // Who fails ends it for all.
    const failed = new AbortController();
    const day = stage.begin(signal);
    day.catch((error: unknown) => failed.abort(error));
    const killing = { kills: options.kills, consoles, servers, draw: drawOf('killer'), say: options.say };
    const killed = await killInTurn({ ...killing, signal: AbortSignal.any([signal, failed.signal]) });

    options.say('everything heals');
    stage.heal();
    await day;
    const states = await inStep(consoles, servers, signal);
    await stage.close({ atOnce: false });
    const evidence = await gather(shift.ledger, where, consoles, states);
    const operations = evidence.ledger.filter(({ kind }) => kind === 'queued' || kind === 'answered').length;
    return { ...killed, operations, verdict: verdictOf(evidence) };
  } finally {
    await stage.close({ atOnce: true });
  }
}

/** What the server has for each technician, when every console says that it has that too, or never will. */
async function inStep(
  consoles: readonly MortalConsole[],
  servers: readonly MortalServer[],
  signal: AbortSignal,
): Promise<Map<string, State>> {
  const [server] = servers;
  if (!server) throw new Error('there is no server');
  const until = AbortSignal.any([signal, AbortSignal.timeout(HEALING_MS)]);
  // First everybody has said everything, then everybody has heard it.
  await Promise.all(consoles.map((one) => one.isInStep(null, until)));
  const states = new Map<string, State>();
  for (const { login } of consoles) states.set(login, await (await Session.open(server.url, login, PASSWORD)).state());
  await Promise.all(consoles.map((one) => one.isInStep(states.get(one.login)?.seq ?? null, until)));
  signal.throwIfAborted();
  return states;
}

async function gather(
  ledger: Ledger,
  where: WhereData,
  consoles: readonly MortalConsole[],
  states: ReadonlyMap<string, State>,
): Promise<Evidence> {
  const server = await serverEvidence(where);
  const told = ledger.lines();
  const ids = [...server.operations.map(({ id }) => id), ...told.flatMap((line) => ('id' in line ? [line.id] : []))];
  const all = consoles.map((one) => {
    const expected = states.get(one.login);
    if (!expected) throw new Error(`Nobody asked what ${one.login} should have.`);
    return consoleEvidence(one, expected, ids);
  });
  return { ledger: told, server, consoles: await Promise.all(all) };
}
