/** One simulation: a desk, a plan from a seed, and what is found wrong whenever everything has come to rest. */
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { act } from './acts.ts';
import { ask } from './asks.ts';
import { onCommit } from './commits.ts';
import type { Template } from './desk.ts';
import type { Device } from './device.ts';
import { fault, restoreRoles } from './faults.ts';
import { newFolder } from './files.ts';
import { violations } from './invariants.ts';
import { planOf, type Step } from './plan.ts';
import { CachedRevisions } from './state.ts';
import { type Tamper, World } from './world.ts';

/** How long it may take until everybody is in step once nothing goes wrong any more: the longest wait that core has, and then some. */
const REST_MS = 2 * 3_600_000;

export interface Outcome {
  seed: number;
  operations: number;
  faults: number;
  /** Empty: everything holds. */
  violations: string[];
  trace: readonly string[];
  /** Of the trace: the same for the same seed. */
  digest: string;
}
/** Which one a violation is of. */
export function invariantOf(violation: string): string {
  return violation.split(': ')[0] ?? '';
}

export interface SimulationOptions {
  template: Template;
  plan?: readonly Step[];
  tamper?: Tamper;
}

export async function simulate(seed: number, { template, plan = planOf(seed), tamper }: SimulationOptions): Promise<Outcome> {
  const folder = newFolder();
  const world = new World(seed, folder, template);
  const found: string[] = [];
  const endCommits = onCommit((file) => world.committed(file));
  const restoreConsole = listenToErrors(found);
  const watching = world.devices.map((device) => watchRevisions(world, device, found));
  try {
    tamper?.(world);
    await world.house.start();
    for (const device of world.devices) device.start();
    await rest(world, found);
    for (const step of plan) {
      if (found.length > 0) break;
      await world.time.pass(step.gap);
      if (step.kind === 'act') act(world, step);
      else if (step.kind === 'ask') await ask(world, step);
      else if (step.kind === 'fault') fault(world, step);
      else await rest(world, found);
    }
  } catch (error) {
    found.push(`the simulation failed: ${error instanceof Error ? error.stack : String(error)}`);
  } finally {
    for (const end of watching) end();
    await world.close();
    endCommits();
    restoreConsole();
    rmSync(folder, { recursive: true, force: true });
  }
  const digest = createHash('sha256').update(world.trace.join('\n')).digest('hex');
  return { seed, operations: world.ledger.operations, faults: world.ledger.faults, violations: found, trace: world.trace, digest };
}

/** Everything heals; all come in step; everything is compared; a backup is made. */
async function rest(world: World, found: string[]): Promise<void> {
  const { time, house, devices } = world;
  world.heal();
  await house.start();
  await restoreRoles(world);
  for (const device of devices) if (!device.isUp) device.start();
  world.say('rest');
  const isCalm = await time.pass(REST_MS, steady(world));
  world.say(isCalm ? 'calm' : 'no calm');
  if (!isCalm) {
    for (const device of devices) {
      const invariant = device.core.unsent() > 0 ? 'the queue drains' : 'everybody comes in step';
      if (!isInStep(world, device)) found.push(`${invariant}: ${device.personId} ${stateOf(device)}`);
    }
  }
  if (found.length === 0) found.push(...(await violations(world)));
  world.backups.push({ file: await house.backUp(), portal: new Set(world.ledger.portal.keys()) });
}

/** Nothing changes any more, for a minute: what a timer still had in store has come. */
function steady(world: World): () => boolean {
  let since: number | undefined;
  let asked = Number.NEGATIVE_INFINITY;
  return () => {
    const { now } = world.time;
    if (now - asked < 500) return false;
    asked = now;
    if (!world.devices.every((device) => isInStep(world, device))) since = undefined;
    else since ??= now;
    return since !== undefined && now - since > 5_000;
  };
}
function isInStep({ house }: World, device: Device): boolean {
  if (!house.isUp || !device.isUp || device.core.unsent() > 0) return false;
  const { state, position } = device.look('sync', undefined);
  return state === 'up_to_date' && position !== null && position.startsWith(house.position);
}
function stateOf(device: Device): string {
  const { state, position, waiting, detail } = device.look('sync', undefined);
  return `is ${state} at ${position}, ${waiting} waiting, ${detail}`;
}

/** At each move of its position no console knows less of a row than before. */
function watchRevisions(world: World, device: Device, found: string[]): () => void {
  let epoch = '';
  let folder = '';
  let cache: CachedRevisions | undefined;
  const known = new Map<string, number>();
  device.onPosition = (cursor) => {
    world.say(`${device.personId} at ${cursor.split(':')[1]}`);
    if (folder !== device.folder) {
      cache?.close();
      folder = device.folder;
      cache = new CachedRevisions(folder);
    }
    const [its = ''] = cursor.split(':');
    if (its !== epoch) known.clear();
    epoch = its;
    for (const [id, revision] of cache?.now() ?? []) {
      const before = known.get(id) ?? 0;
      if (before > revision) found.push(`revisions never go back: ${device.personId} ${id} ${before} → ${revision}`);
      known.set(id, revision);
    }
  };
  return () => cache?.close();
}

/** Core says there what it did not expect. */
function listenToErrors(found: string[]): () => void {
  const { error } = console;
  console.error = (...words: unknown[]) => found.push(`core does not fail: ${words.map(said).join(' ')}`);
  return () => {
    console.error = error;
  };
}
function said(word: unknown): string {
  return word instanceof Error ? (word.stack ?? word.message) : String(word);
}
