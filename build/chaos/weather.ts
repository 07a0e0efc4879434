/** What the network does to each request, and when it goes away altogether; drawn, so that a seed has its own. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Draw } from '../../server/demo/draw.ts';
import type { Fate, Line } from '../../tests/electron/core/line.ts';

/** Of ten requests one fails: a round of a console is several, and must get through often enough for work to be on its way. */
const fates = { pass: 40, delay: 40, stall: 5, lose_request: 3, lose_answer: 5, cut_answer: 2, repeat: 5 } as const;

export function flaky(draw: Draw): Line['fate'] {
  return ({ path }): Fate => {
    if (path.startsWith('/v1/events')) return draw.chance(0.2) ? 'lose_request' : 'pass';
    const fate = draw.weighted(fates);
    if (fate === 'delay') return { delay: draw.between(1, 60) };
    // Longer than anybody waits for it is what a timeout ends; shorter is what it must survive.
    if (fate === 'stall') return { stall: draw.between(50, 1_500) };
    return fate;
  };
}

/** Now and then every connection is cut, and no new one comes about for a while. Ends with the line up. */
export async function storms(line: Line, draw: Draw, calm: AbortSignal): Promise<void> {
  while (await passed(draw.between(500, 6_000), calm)) {
    await line.down();
    await passed(draw.between(0, 2_500), calm);
    await line.up();
  }
}

/** False: it was called off before. */
export async function passed(ms: number, off: AbortSignal): Promise<boolean> {
  try {
    await sleep(ms, undefined, { signal: off });
    return true;
  } catch (error) {
    if (off.aborted) return false;
    throw error;
  }
}
