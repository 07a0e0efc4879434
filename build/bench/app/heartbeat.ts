/**
 * How long an event loop was held up.
 *
 * In main: a timer of a few ms that notes how late it comes. In the page: the longest task, as the browser reports those of 50 ms and
 * more; while it reports none, how late the page's timer came, 50 ms at most. The timer alone would say too much there: it waits behind
 * every input and every frame, which the browser serves first, however short each of them is. Its lateness is told beside.
 *
 * Both have what the loop itself did and what the machine's other processes took from it meanwhile: that is what a person at the keyboard
 * has, too. An idle window watched at the same time tells the second part.
 */
import type { ElectronApplication } from '@playwright/test';
import type { LaunchedApp } from '../../../tests/e2e/launch.ts';

const BEAT_MS = 4;
const LONG_TASK_MS = 50;

/** The longest since the last call, ms. */
interface Beats {
  late: number;
  /** 0: no long one. */
  task: number;
}
declare global {
  var takeBeats: (() => Beats) | undefined;
}

/** Runs in the page, and in main. */
function beatThere(beat: number): void {
  let worst: Beats = { late: 0, task: 0 };
  let last = performance.now();
  const note = (tasks: readonly { duration: number }[]) => {
    for (const { duration } of tasks) worst.task = Math.max(worst.task, duration);
  };
  const noteLate = () => {
    worst.late = Math.max(worst.late, performance.now() - last - beat);
  };
  const onBeat = () => {
    noteLate();
    last = performance.now();
    setTimeout(onBeat, beat);
  };
  setTimeout(onBeat, beat);
  const reports = PerformanceObserver.supportedEntryTypes.includes('longtask');
  const observer = reports ? new PerformanceObserver((list) => note(list.getEntries())) : undefined;
  observer?.observe({ type: 'longtask' });
  globalThis.takeBeats = () => {
    note(observer?.takeRecords() ?? []);
    // A beat that is overdue right now.
    noteLate();
    const taken = worst;
    worst = { late: 0, task: 0 };
    return taken;
  };
}

export interface Held {
  main: number;
  renderer: number;
  /** Lateness of the page's timer. */
  timer: number;
}

/** Stops with the app. */
export async function startHeartbeat({ app, page }: LaunchedApp): Promise<void> {
  await inMain(app, `(${beatThere})(${BEAT_MS})`);
  await page.evaluate(beatThere, BEAT_MS);
}

/** The longest hold-ups since the last call or the start, ms. */
export async function takeHeld({ app, page }: LaunchedApp): Promise<Held> {
  const main = await inMain<Beats>(app, 'globalThis.takeBeats()');
  const { late, task } = await page.evaluate(() => globalThis.takeBeats?.() ?? { late: Number.NaN, task: 0 });
  return { main: main.late, renderer: task > 0 ? task : Math.min(late, LONG_TASK_MS), timer: late };
}

/** As a text, by a debugger's own evaluation. */
function inMain<T = void>(app: ElectronApplication, script: string): Promise<T> {
  // biome-ignore lint/security/noGlobalEval: a text of this file
  return app.evaluate((_electron, text) => globalThis.eval(text) as T, script);
}
