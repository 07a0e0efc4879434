/** Kills consoles and servers at moments that are drawn, and has each started again after a while. */
import type { Draw } from '../../server/demo/draw.ts';
import { type MortalConsole, requestsOf } from './mortal-console.ts';
import type { MortalServer } from './mortal-server.ts';
import type { Pulse } from './pulse.ts';
import { passed } from './weather.ts';

/** How a moment is chosen: so much of the victim's work later, whatever it does, or while a console fills its cache or follows the feed. */
const moments = { work: 75, any: 5, bootstrap: 10, pull: 10 } as const;
const requestOf = { bootstrap: 'GET /v1/bootstrap', pull: 'GET /v1/feed' } as const;
const SERVER_SHARE = 0.3;
/** Of the cores that are started again, those that find no cache. */
const WITHOUT_CACHE = 0.3;
/** After the answer or the request with which a moment begins, ms. */
const LATER_MS = 12;
/** How long a moment is waited for, and how often it is looked for, ms. */
const PATIENCE_MS = 10_000;
const LOOK_EVERY_MS = 2;
/** Moments in a row that did not come. */
const MOST_MISSED = 50;

/** What can be killed, and started again. */
interface Mortal {
  readonly name: string;
  isUp(): boolean;
  /** Beats with what it does. */
  readonly pulse: Pulse;
  /** How many beats there may be before it is killed. */
  readonly stride: { least: number; most: number };
  /** What it was in the middle of, in words. */
  kill(): Promise<string[]>;
  start(how: { withoutCache: boolean }): Promise<void>;
}

export interface Killing {
  kills: number;
  consoles: readonly MortalConsole[];
  servers: readonly MortalServer[];
  draw: Draw;
  say(line: string): void;
  signal: AbortSignal;
}

/** How many there were, and how many of them hit work in flight; everything is up again. */
export async function killInTurn(killing: Killing): Promise<{ kills: number; inFlight: number }> {
  const { kills, draw, say, signal } = killing;
  const restarts: Promise<void>[] = [];
  let failed: { error: unknown } | undefined;
  const later = (ms: number, restart: () => Promise<void>) => {
    const restarted = passed(ms, signal)
      .then((goesOn) => (goesOn ? restart() : undefined))
      .catch((error: unknown) => {
        failed ??= { error };
      });
    restarts.push(restarted);
  };
  let done = 0;
  let inFlight = 0;
  let missed = 0;
  while (done < kills && failed === undefined && (await passed(draw.between(0, 300), signal))) {
    const victim = await nextVictim(killing);
    missed = victim ? 0 : missed + 1;
    if (missed > MOST_MISSED) failed = { error: new Error('Nobody works any more.') };
    if (!victim) continue;
    const found = await victim.kill();
    done += 1;
    if (found.length > 0) inFlight += 1;
    say(`kill ${done}: ${victim.name}, ${found.length > 0 ? `in flight: ${counted(found)}` : 'nothing in flight'}`);
    const withoutCache = draw.chance(WITHOUT_CACHE);
    later(draw.between(0, 800), () => victim.start({ withoutCache }));
  }
  await Promise.all(restarts);
  if (failed) throw failed.error;
  signal.throwIfAborted();
  return { kills: done, inFlight };
}

/** Undefined: nobody is up, or the moment did not come. */
async function nextVictim({ consoles, servers, draw, signal }: Killing): Promise<Mortal | undefined> {
  const moment = draw.weighted(moments);
  const off = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
  if (moment === 'work') {
    const all: readonly Mortal[] = draw.chance(SERVER_SHARE) ? servers : consoles;
    const victim = pick(all, draw);
    if (!victim) return undefined;
    const worked = await victim.pulse.after(draw.between(victim.stride.least, victim.stride.most), off);
    if (!worked) return undefined;
    await passed(draw.between(0, LATER_MS), signal);
    return victim;
  }
  if (moment === 'any') return pick(consoles, draw);
  const request = requestOf[moment];
  while (await passed(LOOK_EVERY_MS, off)) {
    const busy = consoles.filter(({ line }) => requestsOf([line]).includes(request));
    const victim = pick(busy, draw);
    if (victim) return victim;
  }
  return undefined;
}

function pick<T extends Mortal>(all: readonly T[], draw: Draw): T | undefined {
  const some = all.filter((one) => one.isUp());
  return some.length > 0 ? draw.of(some) : undefined;
}

/** "perform note, POST /v1/operations ×2" */
function counted(words: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].map(([word, count]) => (count > 1 ? `${word} ×${count}` : word)).join(', ');
}
