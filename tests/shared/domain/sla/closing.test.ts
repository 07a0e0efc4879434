import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Calendar, Policy, Schedule } from '#shared/domain/model.ts';
import { closesAt, defaultAnswer, remindsAt } from '#shared/domain/sla/closing.ts';
import { calendar, policy } from '../desk.ts';

const weekday: [string, string][] = [
  ['08:00', '12:00'],
  ['13:00', '18:00'],
];
const workdays = { mon: weekday, tue: weekday, wed: weekday, thu: weekday, fri: weekday };
const open = (more: Partial<Schedule>): Calendar => ({
  ...calendar,
  schedule: { timeZone: 'Europe/Paris', hours: workdays, holidays: [], ...more },
});
const after = (answer: { remindAfterDays: number; closeAfterDays: number }): Policy => ({ ...policy, answer });

describe('a solution that nobody answers is closed at the last closing of the fifth business day', () => {
  // what, the resolve, the calendar, when it is closed
  const cases: [string, string, Calendar, string | null][] = [
    ['the day of the resolve is not counted, the weekend neither', '2026-05-18T07:00:00.000Z', open({}), '2026-05-25T16:00:00.000Z'],
    ['a holiday is no business day', '2026-05-18T07:00:00.000Z', open({ holidays: ['2026-05-25'] }), '2026-05-26T16:00:00.000Z'],
    ['resolved on a Saturday', '2026-05-16T10:00:00.000Z', open({}), '2026-05-22T16:00:00.000Z'],
    ['the date is the local one', '2026-05-17T22:30:00.000Z', open({}), '2026-05-25T16:00:00.000Z'],
    ['across the change to winter time', '2026-10-22T08:00:00.000Z', open({}), '2026-10-29T17:00:00.000Z'],
    ['on the other side of the world', '2026-05-18T01:00:00.000Z', open({ timeZone: 'Pacific/Auckland' }), '2026-05-25T06:00:00.000Z'],
    ['open till midnight', '2026-05-18T07:00:00.000Z', open({ hours: { mon: [['20:00', '24:00']] } }), '2026-06-22T22:00:00.000Z'],
    ['a calendar that never opens closes nothing', '2026-05-18T07:00:00.000Z', open({ hours: {} }), null],
  ];
  test.each(cases)('%s', (_what, at, by, expected) => {
    expect(closesAt({ at }, policy, by)).toBe(expected);
  });
});

test('how many days is the policy’s', () => {
  const at = '2026-05-18T07:00:00.000Z';
  expect(closesAt({ at }, after({ remindAfterDays: 1, closeAfterDays: 2 }), open({}))).toBe('2026-05-20T16:00:00.000Z');
  expect(remindsAt({ at }, after({ remindAfterDays: 1, closeAfterDays: 2 }), open({}))).toBe('2026-05-19T06:00:00.000Z');
  expect(remindsAt({ at }, policy, open({}))).toBe('2026-05-21T06:00:00.000Z');
});

test('it is what somebody finds who walks from day to day with the calendar in his hand', () => {
  const DAY_MS = 86_400_000;
  const names = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
  const dayName = fc.constantFrom(...names);
  const zone = fc.constantFrom('Europe/Paris', 'America/New_York', 'Pacific/Auckland', 'Asia/Kolkata', 'UTC', 'America/Santiago');
  const date = (ms: number, timeZone: string) =>
    new Intl.DateTimeFormat('en-CA', { dateStyle: 'short', timeZone }).format(new Date(ms)).slice(0, 10);
  const time = (ms: number, timeZone: string) => new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone }).format(new Date(ms));
  fc.assert(
    fc.property(
      fc.record({
        at: fc.integer({ min: Date.parse('2026-01-01T00:00:00Z'), max: Date.parse('2028-01-01T00:00:00Z') }),
        timeZone: zone,
        openOn: fc.uniqueArray(dayName, { minLength: 1 }),
        off: fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { maxLength: 12 }),
        days: fc.integer({ min: 1, max: 9 }),
      }),
      ({ at, timeZone, openOn, off, days }) => {
        const resolvedOn = date(at, timeZone);
        const noon = Date.parse(`${resolvedOn}T12:00:00Z`);
        const onDay = (number: number) => new Date(noon + number * DAY_MS);
        const isoOf = (day: Date) => day.toISOString().slice(0, 10);
        const holidays = off.map((number) => isoOf(onDay(number)));
        const hours = Object.fromEntries(openOn.map((name) => [name, weekday]));
        // Naive: date by date, looking into the lists.
        let [day, left] = [noon, days];
        while (left > 0) {
          day += DAY_MS;
          const one = new Date(day);
          if (openOn.includes(names[one.getUTCDay()] as (typeof names)[number]) && !holidays.includes(isoOf(one))) left -= 1;
        }
        const found = closesAt(
          { at: new Date(at).toISOString() },
          after({ ...defaultAnswer, closeAfterDays: days }),
          open({ timeZone, hours, holidays }),
        );
        const ms = Date.parse(found ?? '');
        expect([date(ms, timeZone), time(ms, timeZone)]).toEqual([isoOf(new Date(day)), '18:00']);
      },
    ),
  );
});
