import { afterEach, expect, test, vi } from 'vitest';
import { thisMachine } from '../../../electron/core/machine.ts';
import { ServerClock } from '../../../electron/core/sync/server-clock.ts';

afterEach(() => {
  vi.useRealTimers();
});
function fakeTime() {
  vi.useFakeTimers({ toFake: ['Date', 'performance'], now: Date.parse('2026-05-04T09:00:00.000Z') });
}
const server = (ms: number) => new Date(Date.parse('2026-05-04T12:00:00.000Z') + ms).toISOString();

test('it ticks on the monotonic clock: a jump of the device clock changes nothing but the reported offset', () => {
  fakeTime();
  const clock = new ServerClock(0);
  const at = performance.now();
  clock.sample(server(0), at - 10, at + 10);
  expect(clock.now()).toBe(server(0));
  expect(clock.offsetMs()).toBe(3 * 3_600_000);
  vi.advanceTimersByTime(5_000);
  expect(clock.now()).toBe(server(5_000));
  vi.setSystemTime(Date.parse('2031-01-01T00:00:00.000Z'));
  expect(Math.abs(clock.nowMs() - Date.parse(server(5_000)))).toBeLessThan(1);
  expect(Date.now() + clock.offsetMs()).toBeCloseTo(Date.parse(server(5_000)), 0);
});

test('of several samples the one with the lowest round trip counts', () => {
  fakeTime();
  const clock = new ServerClock(0);
  const at = performance.now();
  clock.sample(server(-900), at - 1_000, at);
  clock.sample(server(0), at - 20, at);
  clock.sample(server(-250), at - 600, at);
  expect(clock.now()).toBe(server(10));
});

test('after a sleep of the machine, in which its monotonic clock stood still, the old samples are forgotten', () => {
  fakeTime();
  const clock = new ServerClock(0);
  const at = performance.now();
  clock.sample(server(0), at - 2, at);
  clock.sample(server(8 * 3_600_000), at - 50, at);
  expect(clock.now()).toBe(server(8 * 3_600_000 + 25));
});

test('before the first sample the last known offset is believed', () => {
  fakeTime();
  const clock = new ServerClock(-60_000);
  expect(clock.now()).toBe('2026-05-04T08:59:00.000Z');
  expect(clock.hasSample()).toBe(false);
});

/** A machine whose three clocks are moved by hand. */
function handMachine() {
  const at = { wall: Date.parse('2026-05-04T09:00:00.000Z'), monotonic: 1_000, boot: 500_000 };
  const machine = { ...thisMachine, wallClock: () => at.wall, monotonic: () => at.monotonic, sinceBoot: () => at.boot };
  const awake = (ms: number) => {
    at.wall += ms;
    at.monotonic += ms;
    at.boot += ms;
  };
  const asleep = (ms: number) => {
    at.wall += ms;
    at.boot += ms;
  };
  return { at, machine, awake, asleep };
}

test('what the machine slept is added, with samples and without; a clock that was set is not', () => {
  const { at, machine, awake, asleep } = handMachine();
  const clock = new ServerClock(3 * 3_600_000, machine);
  asleep(8 * 3_600_000);
  expect(clock.now()).toBe(server(8 * 3_600_000));
  clock.sample(server(8 * 3_600_000), at.monotonic, at.monotonic);
  awake(60_000);
  at.wall -= 86_400_000;
  expect(clock.now()).toBe(server(8 * 3_600_000 + 60_000));
  // Both at once: the clock is set in the BIOS, say.
  asleep(3_600_000);
  at.wall += 86_400_000;
  expect(clock.now()).toBe(server(9 * 3_600_000 + 60_000));
  expect(clock.sleeps()).toBe(2);
});

test('an answer to what was asked before a sleep says nothing: how old it is nobody knows', () => {
  const { at, machine, asleep, awake } = handMachine();
  const clock = new ServerClock(0, machine);
  clock.sample(server(0), at.monotonic, at.monotonic);
  const sentAt = at.monotonic;
  awake(5);
  asleep(3_600_000);
  awake(5);
  clock.sample(server(5), sentAt, at.monotonic);
  expect(clock.now()).toBe(server(3_600_010));
});

test('a nap that is too short to be told from a clock that was set is found by the next answer', () => {
  const { at, machine, asleep } = handMachine();
  const clock = new ServerClock(0, machine);
  clock.sample(server(0), at.monotonic, at.monotonic);
  asleep(1_500);
  expect(clock.now()).toBe(server(0));
  clock.sample(server(1_500), at.monotonic, at.monotonic);
  expect(clock.now()).toBe(server(1_500));
});
