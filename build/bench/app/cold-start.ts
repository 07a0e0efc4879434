/**
 * `cold-start`: from the start of Electron's process to the frame with the first row of the pool, on a profile that has the whole desk,
 * with the server up. `cold-start-over-empty`: beside an empty window with the same libraries, started the same way, in turns.
 *
 * Playwright would hold the main process until it is attached, so these starts are spawned by hand, with no debugger: a module that
 * Electron loads before the app adds a preload that watches for the row (start-mark.cjs). Both sides carry it. Both clocks are the
 * machine's: Date.now() before the spawn, and the page's time origin with its monotonic time. Files are in the system's cache and the
 * pages' code in Chromium's on both sides: a technician's start of the day, not the first one after a reboot.
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { appCommand, type LaunchOptions } from '../../../tests/e2e/launch.ts';
import { detail, type Figure, figure, median } from '../figures.ts';
import type { BenchStage } from '../measurement.ts';
import type { EmptyWindow } from './empty-window.ts';

const STARTS = 7;
/** Chromium keeps a page's compiled code from its second start on. */
const WARM_UP = 3;
const PATIENCE_MS = 60_000;

/** ms since 1970. */
const Mark = z.strictObject({ page: z.number(), firstPaint: z.number(), row: z.number() });

interface Start {
  /** ms from the spawn: the page begins to load, shows something, shows its first row. */
  page: number;
  firstPaint: number;
  row: number;
}

export async function startOnce(options: LaunchOptions & { userData: string }): Promise<Start> {
  const { executablePath, args, cwd, env } = appCommand(options);
  const from = Date.now();
  const child = spawn(executablePath, ['-r', `${import.meta.dirname}/start-mark.cjs`, ...args], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const gone = new Promise<void>((settle) => child.once('exit', () => settle()));
  try {
    const mark = await new Promise<z.output<typeof Mark>>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('no row was painted')), PATIENCE_MS);
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`it ended with ${code} before a row was painted`)));
      createInterface({ input: child.stdout }).on('line', (line) => {
        if (!line.startsWith('start-mark ')) return;
        clearTimeout(timer);
        resolve(Mark.parse(JSON.parse(line.slice('start-mark '.length))));
      });
    });
    return { page: mark.page - from, firstPaint: mark.firstPaint - from, row: mark.row - from };
  } finally {
    // As a session's end does it: the app quits, its core closes its files.
    child.kill('SIGTERM');
    await gone;
  }
}

export async function measureColdStart(
  stage: BenchStage,
  app: LaunchOptions & { userData: string },
  empty: EmptyWindow,
): Promise<Figure[]> {
  const console: Start[] = [];
  const window: Start[] = [];
  const starts = Math.min(STARTS, Math.ceil(stage.samples / 5));
  const warmUp = Math.min(WARM_UP, starts);
  for (let i = 0; i < warmUp + starts; i++) {
    const both = [await startOnce(app), await startOnce(empty.options)] as const;
    if (i < warmUp) continue;
    console.push(both[0]);
    window.push(both[1]);
  }
  const of = (starts: readonly Start[], name: keyof Start) => median(starts.map((one) => one[name]));
  const rows = of(console, 'row');
  const limit = of(window, 'row');
  return [
    figure('cold-start', rows, limit),
    figure('cold-start-over-empty', rows / limit, null),
    detail('cold-start-page', of(console, 'page'), 'ms', 'higher', of(window, 'page')),
    detail('cold-start-first-paint', of(console, 'firstPaint'), 'ms', 'higher', of(window, 'firstPaint')),
  ];
}
