import { expect, test } from 'vitest';
import type { Calendar } from '#shared/domain/model.ts';
import { endsSoon, withListedHolidays } from '../../../server/calendars/listed-holidays.ts';

const at = (date: string) => new Date(`${date}T12:00:00Z`);
function calendar(holidays: Calendar['holidays'], dates: string[] = []): Pick<Calendar, 'schedule' | 'holidays'> {
  return { schedule: { timeZone: 'Europe/Paris', hours: {}, holidays: dates }, ...(holidays && { holidays }) };
}
const listed = (one: ReturnType<typeof calendar>, now: string) => withListedHolidays(one, at(now)).schedule.holidays;
const firstAndLast = (dates: string[]) => [dates[0], dates.at(-1)];

test('public holidays are listed for the years around now, without the ones that are worked, with the ones that were added', () => {
  const dates = listed(calendar({ region: 'FR', worked: ['2026-05-25'], added: ['2026-05-15', '2026-07-14'] }), '2026-11-26');
  expect(dates.filter((date) => date.startsWith('2026-05'))).toEqual(['2026-05-01', '2026-05-08', '2026-05-14', '2026-05-15']);
  expect(dates.filter((date) => date === '2026-07-14')).toHaveLength(1);
  expect(firstAndLast(dates)).toEqual(['2023-01-01', '2031-12-25']);
  expect(dates).toEqual([...dates].sort());
});

test('without a region only what was added is a holiday; dates that were written by hand stay', () => {
  expect(listed(calendar({ region: null, worked: [], added: ['2026-12-24'] }, ['2020-01-01']), '2026-11-26')).toEqual(['2026-12-24']);
  expect(listed(calendar(undefined, ['2020-01-01']), '2026-11-26')).toEqual(['2020-01-01']);
});

test('a list is listed further two years before it ends, and years that it had stay', () => {
  const first = withListedHolidays(calendar({ region: 'FR', worked: [], added: ['1999-06-01', '2040-06-01'] }), at('2026-11-26'));
  expect(endsSoon(first, at('2029-12-31'))).toBe(false);
  expect(endsSoon(first, at('2030-01-01'))).toBe(true);
  const further = withListedHolidays(first, at('2030-01-01'));
  expect(endsSoon(further, at('2030-01-01'))).toBe(false);
  const years = [...new Set(further.schedule.holidays.map((date) => date.slice(0, 4)))];
  expect(years).toEqual(['1999', ...Array.from({ length: 13 }, (_, i) => String(2023 + i)), '2040']);
  expect(endsSoon(calendar(undefined, ['2020-01-01']), at('2030-01-01'))).toBe(false);
  expect(endsSoon(calendar({ region: null, worked: [], added: [] }), at('2030-01-01'))).toBe(false);
});
