import { describe, expect, test } from 'vitest';
import { isKnownRegion, publicHolidays } from '../../../server/calendars/public-holidays.ts';

/** As the French administration publishes them (service-public.fr): Easter Monday, Ascension, Whit Monday and, in the east, Good Friday. */
const easter: Record<number, { monday: string; ascension: string; whit: string; friday: string }> = {
  2019: { friday: '04-19', monday: '04-22', ascension: '05-30', whit: '06-10' },
  2023: { friday: '04-07', monday: '04-10', ascension: '05-18', whit: '05-29' },
  2024: { friday: '03-29', monday: '04-01', ascension: '05-09', whit: '05-20' },
  2025: { friday: '04-18', monday: '04-21', ascension: '05-29', whit: '06-09' },
  2026: { friday: '04-03', monday: '04-06', ascension: '05-14', whit: '05-25' },
  2027: { friday: '03-26', monday: '03-29', ascension: '05-06', whit: '05-17' },
  // Ascension on the day of Victory: ten dates, not eleven.
  2008: { friday: '03-21', monday: '03-24', ascension: '05-01', whit: '05-12' },
  2038: { friday: '04-23', monday: '04-26', ascension: '06-03', whit: '06-14' },
};
const fixed = ['01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25'];
const years = Object.keys(easter).map(Number);
const dates = (year: number, days: string[]) => [...new Set(days)].sort().map((day) => `${year}-${day}`);

describe('France', () => {
  test.each(years)('has its eleven public holidays in %i', (year) => {
    const { monday = '', ascension = '', whit = '' } = easter[year] ?? {};
    expect(publicHolidays('FR', year)).toEqual(dates(year, [...fixed, monday, ascension, whit]));
  });

  test.each(years)('Alsace and Moselle have Good Friday and 26 December as well in %i', (year) => {
    const { friday = '', monday = '', ascension = '', whit = '' } = easter[year] ?? {};
    const expected = dates(year, [...fixed, friday, monday, ascension, whit, '12-26']);
    for (const region of ['FR-57', 'FR-67', 'FR-68']) expect(publicHolidays(region, year)).toEqual(expected);
  });
});

test('what one celebrates without being off (Mother’s day) is no public holiday, nor is an evening that is free', () => {
  expect(publicHolidays('FR', 2026)).not.toContain('2026-05-31');
  // From seven in the evening on.
  expect(publicHolidays('AU-NT', 2026)).not.toContain('2026-12-24');
});

test('a holiday of several days is each of them', () => {
  expect(publicHolidays('AM', 2026)).toEqual(expect.arrayContaining(['2026-01-01', '2026-01-02']));
});

test('regions are known by their code, in capital letters', () => {
  expect(['FR', 'FR-57', 'BE', 'CH-GE', 'GB-ENG', 'CA-QC'].filter((region) => !isKnownRegion(region))).toEqual([]);
  // Paris has no days of its own, and is none.
  expect(['XX', 'FR-75', 'FR-', 'fr', 'GB-eng', 'toString', 'FR-constructor'].filter(isKnownRegion)).toEqual([]);
});
