/** What a window shows of the time, on a device whose own clock is wrong, jumps, or stood still: the real core, on such a device. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { SyncStatus } from '#shared/contract/core.ts';
import { type Core, startCore } from '../../../electron/core/core.ts';
import { type Machine, thisMachine } from '../../../electron/core/machine.ts';
import { SyncError } from '../../../electron/core/sync/sync-error.ts';
import { startDesk, type TestDesk } from '../../server/desk.ts';

const HOUR_MS = 3_600_000;
const YEAR_MS = 365 * 24 * HOUR_MS;
/** A window is right to the second; what a check of the clock, a report and a busy machine add is no part of it. */
const RIGHT_MS = 1_000;

/** How far the device is from the truth, which is the server's time. */
let wrong = 0;
/** Slept so far: the world went on, the device's monotonic clock did not. */
let slept = 0;
let isOnline = true;
let asked: string[] = [];
let desk: TestDesk;
let profile: string;
let running: Core[] = [];

const trueNow = () => Date.now() + slept;
const machine: Machine = {
  ...thisMachine,
  wallClock: () => trueNow() + wrong,
  monotonic: () => performance.now(),
  sinceBoot: () => performance.now() + slept + 5 * HOUR_MS,
  every: (ms, work) => thisMachine.every(Math.min(ms, 20), work),
  transport: {
    ask: (request) => {
      if (!isOnline) throw new SyncError('no_answer', 'no network');
      asked.push(request.path);
      return thisMachine.transport.ask(request);
    },
    stream: (request) => {
      if (!isOnline) throw new SyncError('no_answer', 'no network');
      return thisMachine.transport.stream(request);
    },
  },
};

beforeEach(async () => {
  [wrong, slept, isOnline, asked] = [0, 0, true, []];
  profile = mkdtempSync(join(tmpdir(), 'guichet-clock-'));
  desk = await startDesk({ clock: () => new Date(trueNow()) });
});
afterEach(async () => {
  for (const core of running) await core.stop();
  running = [];
  await desk.close();
  rmSync(profile, { recursive: true, force: true });
});

/** A window: anchored at each report, then carried by its own monotonic clock (renderer/time/now.ts). */
class TestWindow {
  status: SyncStatus | undefined;
  #anchor = { server: 0, monotonic: 0 };
  #sleptThen = 0;

  constructor(core: Core) {
    const port = core.connect((message) => this.#take(message as { value: SyncStatus }));
    port.receive({ type: 'watch', id: 1, name: 'sync', input: undefined });
  }
  #take({ value }: { value: SyncStatus }): void {
    this.status = value;
    this.#anchor = { server: machine.wallClock() + value.offsetMs, monotonic: performance.now() };
    this.#sleptThen = slept;
  }
  /** How far its countdowns are from the truth, ms. */
  error(): number {
    return Math.abs(this.#anchor.server + (performance.now() - this.#anchor.monotonic) - trueNow());
  }
  /** Since the machine slept last. */
  wasTold(): boolean {
    return this.#sleptThen === slept;
  }
  async is(state: SyncStatus['state']): Promise<void> {
    await vi.waitFor(() => expect(this.status?.state).toBe(state), 10_000);
  }
  async isRight(): Promise<void> {
    await vi.waitFor(() => expect(this.error()).toBeLessThan(RIGHT_MS), 10_000);
  }
}

async function start(): Promise<{ core: Core; window: TestWindow }> {
  const signIn = async () => {
    const { accessToken, accessExpiresAt, person } = (await desk.signIn('amira')).tokens;
    return { server: desk.url, accessToken, accessExpiresAt, personId: person.id, login: 'amira' };
  };
  const core = startCore({
    profile,
    machine,
    toMain: ({ type }) => {
      if (type === 'token_needed' && isOnline) void signIn().then((session) => core.setSession(session));
    },
  });
  running.push(core);
  await core.setSession(await signIn());
  return { core, window: new TestWindow(core) };
}

/** Online once, until everything is there. */
async function startInStep() {
  const started = await start();
  await started.window.is('up_to_date');
  await started.window.isRight();
  return started;
}

test('a device whose clock is wrong by a year, and then set right while it runs, shows right countdowns', async () => {
  wrong = -YEAR_MS;
  const { window } = await startInStep();
  expect(window.status?.offsetMs).toBeCloseTo(YEAR_MS, -4);
  wrong = 0;
  // What it had was right and goes on by itself: nothing is shown wrong meanwhile.
  expect(window.error()).toBeLessThan(RIGHT_MS);
  await vi.waitFor(() => expect(Math.abs(window.status?.offsetMs ?? YEAR_MS)).toBeLessThan(RIGHT_MS), 10_000);
  await window.isRight();
});

test('after a night’s sleep without network the window is right, by what the machine itself knows of its sleep', async () => {
  const { window } = await startInStep();
  isOnline = false;
  slept += 9 * HOUR_MS;
  await window.isRight();
  expect(window.wasTold()).toBe(true);
  // The device's own clock went on in its sleep: it is as far from the server's as before.
  expect(Math.abs(window.status?.offsetMs ?? YEAR_MS)).toBeLessThan(RIGHT_MS);
  expect(window.status?.sleeps).toBe(1);
});

test('after a sleep the server is asked at once: the line may be dead, and what happened meanwhile is not known', async () => {
  const { window } = await startInStep();
  asked = [];
  slept += 9 * HOUR_MS;
  await window.isRight();
  await vi.waitFor(() => expect(asked.some((path) => path.startsWith('/v1/feed'))).toBe(true), 10_000);
});

test('a clock that is set while offline is no sleep', async () => {
  const { window } = await startInStep();
  isOnline = false;
  for (const jump of [YEAR_MS, -3 * HOUR_MS]) {
    wrong += jump;
    await vi.waitFor(() => expect(window.status?.offsetMs).toBeCloseTo(-wrong, -4), 10_000);
    await window.isRight();
  }
  expect(window.status?.sleeps).toBe(0);
});

test('started again without network, a device that is wrong by a year is right: by what it knew, and by how its clock was set since', async () => {
  wrong = YEAR_MS;
  const first = await startInStep();
  isOnline = false;
  await first.core.stop();
  const second = await start();
  await second.window.isRight();
  wrong = 2 * YEAR_MS;
  await vi.waitFor(() => expect(second.window.status?.offsetMs).toBeCloseTo(-wrong, -4), 10_000);
  await second.window.isRight();
  await second.core.stop();
  const third = await start();
  await third.window.isRight();
});
