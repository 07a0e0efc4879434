import { expect, test } from 'vitest';
import { neverQuiet, quietAt } from '../../../electron/core/alerts/quiet.ts';

const day: [string, string][] = [['08:00', '18:00']];
const schedule = { timeZone: 'UTC', hours: { mon: day, tue: day }, holidays: ['2026-05-05'] };
/** Local time of the machine, as quiet hours are. */
const at = (date: string, time: string) => new Date(`${date}T${time}:00`).getTime();
const night = { ...neverQuiet, hours: { from: '18:00', to: '08:00' } };
const lunch = { ...neverQuiet, hours: { from: '12:00', to: '13:00' } };

test.each([
  ['over midnight: in the evening', night, '18:00', 'others'],
  ['over midnight: in the small hours', night, '07:59', 'others'],
  ['over midnight: at its end', night, '08:00', 'no'],
  ['within a day', lunch, '12:30', 'others'],
  ['within a day: at its end', lunch, '13:00', 'no'],
  ['none', neverQuiet, '03:00', 'no'],
] as const)('quiet hours %s', (_, times, time, quiet) => {
  expect(quietAt(times, { nowMs: at('2026-05-04', time), onCall: false, schedule })).toBe(quiet);
});

test.each([
  ['a Monday with hours', '2026-05-04T12:00:00Z', 'no'],
  ['a holiday', '2026-05-05T12:00:00Z', 'others'],
  ['a Sunday', '2026-05-10T12:00:00Z', 'others'],
] as const)('closed days: %s', (_, instant, quiet) => {
  expect(quietAt({ ...neverQuiet, closedDays: true }, { nowMs: Date.parse(instant), onCall: false, schedule })).toBe(quiet);
});

test('a call keeps everything, if it is to', () => {
  const moment = { nowMs: at('2026-05-04', '10:00'), onCall: true, schedule };
  expect(quietAt({ ...neverQuiet, calls: true }, moment)).toBe('all');
  expect(quietAt(neverQuiet, moment)).toBe('no');
});
