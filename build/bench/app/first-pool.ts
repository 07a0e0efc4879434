/**
 * `first-pool`: on a fresh profile, from Enter in the sign-in form to the frame with the first rows of the pool. Its limit is the same
 * without a console: sign-in and the first page of the rows over plain HTTP, and an empty window's key.
 */

import type { ServerProcess } from '../../../tests/e2e/server-process.ts';
import { BENCH_PASSWORD, benchPeople } from '../data-set.ts';
import { detail, type Figure, figure, median } from '../figures.ts';
import type { BenchStage } from '../measurement.ts';
import { HttpSession } from '../session.ts';
import { DeskWindow } from './desk-window.ts';
import type { EmptySamples } from './empty-window.ts';
import { keyToPaint } from './gauge.ts';

const ROUNDS = 5;

/** Runs in the page. */
const poolHasRows = () => document.querySelector('[role=listbox] [role=option]') !== null;

export async function measureFirstPool(stage: BenchStage, server: ServerProcess, empty: EmptySamples): Promise<Figure[]> {
  const samples: number[] = [];
  const plain: number[] = [];
  for (let round = 0; round < Math.min(ROUNDS, Math.ceil(stage.samples / 5)); round++) {
    plain.push(await plainSignIn(server));
    const window = await DeskWindow.open(stage, server, `first-${round}`);
    await window.typeCredentials();
    samples.push((await keyToPaint(window.page, 'Enter', poolHasRows, null)).ms);
    // The rest of the desk is still on its way; nobody waits for it.
    await window.launched.kill();
  }
  return [
    figure('first-pool', median(samples), median(plain) + median(empty.keys)),
    detail('first-pool-worst', Math.max(...samples), 'ms', 'higher', Math.max(...plain)),
  ];
}

async function plainSignIn(server: ServerProcess): Promise<number> {
  const session = new HttpSession(server.url);
  const from = performance.now();
  await session.signIn(benchPeople[0].id, BENCH_PASSWORD);
  const { status } = await session.get('/v1/bootstrap');
  const ms = performance.now() - from;
  session.close();
  if (status !== 200) throw new Error(`the bootstrap's first page: ${status}`);
  return ms;
}
