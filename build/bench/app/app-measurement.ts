/** Everything that is measured in the built app: one server and one profile, filled once by a first sign-in, for all of it. */
import type { LaunchedApp } from '../../../tests/e2e/launch.ts';
import type { ServerProcess } from '../../../tests/e2e/server-process.ts';
import type { Figure, FigureName } from '../figures.ts';
import type { BenchStage, Measurement } from '../measurement.ts';
import { HoldUps, signInWatched, workWatched } from './blocked.ts';
import { measureClaim } from './claim-optimistic.ts';
import { measureColdStart } from './cold-start.ts';
import { DeskWindow, profileFolder } from './desk-window.ts';
import { type EmptyWindow, emptyKeys, emptyWindow } from './empty-window.ts';
import { measureFirstPool } from './first-pool.ts';
import { measureKeyToPaint } from './key-to-paint.ts';
import { measureSearch } from './search.ts';
import { measureSeenElsewhere, plainPokes } from './seen-elsewhere.ts';
import { measureTick } from './tick.ts';

const names = [
  'key-to-paint',
  'claim-optimistic',
  'search',
  'first-pool',
  'blocked',
  'cold-start',
  'cold-start-over-empty',
  'seen-elsewhere',
  'tick',
] as const satisfies readonly FigureName[];
const PROFILE = 'measured';

/** `wanted`: those that are asked for, empty for all; the first sign-in is part of each but `first-pool`. */
async function run(stage: BenchStage, wanted: readonly string[]): Promise<Figure[]> {
  const wants = (...any: (typeof names)[number][]) => wanted.length === 0 || any.some((name) => wanted.includes(name));
  const figures: Figure[] = [];
  const measured = async (what: string, work: Promise<Figure[]>) => {
    const from = performance.now();
    figures.push(...(await work));
    stage.say(`  ${what}: ${((performance.now() - from) / 1000).toFixed(1)} s`);
  };
  const empty = await emptyWindow(stage);
  const server = await stage.startServer();
  const idle = await empty.open();
  const limits = await emptyKeys(idle, stage.samples);
  const plain = wants('seen-elsewhere') ? await plainPokes(stage, server) : [];
  if (wants('first-pool')) await measured('first-pool', measureFirstPool(stage, server, limits));
  await measured('blocked', fillProfile(stage, server, idle, wants('blocked')));
  await idle.close();

  const window = await DeskWindow.open(stage, server, PROFILE);
  await window.hasEverything();
  await window.console.closeWarning();
  if (wants('key-to-paint')) await measured('key-to-paint', measureKeyToPaint(stage, window, limits));
  if (wants('search')) await measured('search', measureSearch(stage, window, PROFILE, limits));
  if (wants('seen-elsewhere')) await measured('seen-elsewhere', measureSeenElsewhere(stage, window, server, plain));
  if (wants('claim-optimistic')) await measured('claim-optimistic', measureClaim(stage, window, PROFILE, limits));
  await window.launched.close();
  if (wants('cold-start', 'cold-start-over-empty')) await measured('cold-start', coldStart(stage, server, empty));
  // Last, since it fills the pool.
  if (wants('tick')) await measured('tick', ticking(stage, server));
  return figures;
}

/** The first sign-in of the profile that all others use. */
async function fillProfile(stage: BenchStage, server: ServerProcess, idle: LaunchedApp, wanted: boolean): Promise<Figure[]> {
  const window = await DeskWindow.open(stage, server, PROFILE);
  const holdUps = await HoldUps.watch(window.launched, idle);
  await signInWatched(window, holdUps);
  if (wanted) await workWatched(stage, window, server, holdUps);
  await window.launched.close();
  return wanted ? holdUps.figures() : [];
}

function coldStart(stage: BenchStage, server: ServerProcess, empty: EmptyWindow): Promise<Figure[]> {
  return measureColdStart(stage, { userData: profileFolder(stage, PROFILE), server: server.url, lang: 'fr' }, empty);
}

async function ticking(stage: BenchStage, server: ServerProcess): Promise<Figure[]> {
  const window = await DeskWindow.open(stage, server, PROFILE);
  const figures = await measureTick(stage, window, server, PROFILE);
  await window.launched.close();
  return figures;
}

export const appMeasurement: Measurement = { names, run };
