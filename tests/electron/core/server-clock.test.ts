import { afterEach, expect, test, vi } from 'vitest';
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
