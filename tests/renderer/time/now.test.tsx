import { act } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { serverNow, setServerOffset } from '../../../renderer/time/now.ts';
import { DueTime } from '../../../renderer/ui/DueTime.tsx';
import { show } from '../show.tsx';
import { plain } from '../ticket/pane.tsx';

const SERVER = Date.parse('2026-05-04T09:00:00.000Z');
const HOUR_MS = 3_600_000;
const YEAR_MS = 365 * 24 * HOUR_MS;
const iso = (ms: number) => new Date(ms).toISOString();

/** The device's clock is behind the server's by so much. */
function onDevice(behind: number): void {
  vi.setSystemTime(SERVER - behind);
  setServerOffset(behind);
}
function showDue(afterMs: number): () => string {
  show(<DueTime due={{ state: 'running', clock: 'contact', dueAt: iso(SERVER + afterMs), soonAt: iso(SERVER + afterMs) }} />);
  return () => plain(document.querySelector('[data-tone]')?.textContent);
}
const pass = (ms: number) => act(() => vi.advanceTimersByTime(ms));

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'performance', 'setInterval', 'clearInterval'] });
});
afterEach(() => {
  vi.useRealTimers();
  setServerOffset(0);
});

test.each([
  ['behind', YEAR_MS],
  ['ahead', -YEAR_MS],
])('on a device that is a year %s a countdown is right, and goes on so', (_, behind) => {
  onDevice(behind);
  const shown = showDue(90 * 60_000);
  expect(shown()).toBe('1 h 30');
  pass(60_000);
  expect(shown()).toBe('1 h 29');
});

test('a device clock that is set while the window runs moves no countdown, before core has told of it nor after', () => {
  onDevice(0);
  const shown = showDue(90 * 60_000);
  vi.setSystemTime(Date.now() + YEAR_MS);
  pass(60_000);
  expect(shown()).toBe('1 h 29');
  act(() => setServerOffset(-YEAR_MS));
  expect(shown()).toBe('1 h 29');
});

test('after a sleep, in which the window’s clock stood still, the next report sets it, though it brings the same offset', () => {
  onDevice(YEAR_MS);
  const shown = showDue(90 * 60_000);
  // Timers and `performance` stand still, the device's own clock does not.
  vi.setSystemTime(Date.now() + HOUR_MS);
  act(() => setServerOffset(YEAR_MS));
  expect(serverNow()).toBe(SERVER + HOUR_MS);
  expect(shown()).toBe('30 min');
  pass(30 * 60_000);
  expect(shown()).toBe('en retard');
});

test('one timer ticks for all countdowns, and none when there is none', () => {
  onDevice(0);
  const before = vi.getTimerCount();
  const dues = [30, 60, 90].map((minutes) => iso(SERVER + minutes * 60_000));
  const all = dues.map((dueAt) => <DueTime key={dueAt} due={{ state: 'running', clock: 'contact', dueAt, soonAt: dueAt }} />);
  const { unmount } = show(all);
  expect(vi.getTimerCount()).toBe(before + 1);
  pass(60_000);
  expect([...document.querySelectorAll('[data-tone]')].map((one) => plain(one.textContent))).toEqual(['29 min', '59 min', '1 h 29']);
  unmount();
  expect(vi.getTimerCount()).toBe(before);
});
