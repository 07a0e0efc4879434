import { describe, expect, test } from 'vitest';
import { rowSchemas } from '#shared/domain/model.ts';
import { calendarsAt, sites, teams } from '../../../server/demo/house.ts';
import { makePeople, memberships, REQUESTERS, staff } from '../../../server/demo/people.ts';

/** Kept for fiction by ARCEP (France), Ofcom (London) and NANPA (North America). */
const fiction = /^\+33(?:19900|26191|35301|46571|53649)\d{4}$|^\+442079460\d{3}$|^\+1\d{3}55501\d{2}$/;

describe('the people of the demo desk', () => {
  const population = makePeople();
  const everybody = [...population.staff, ...population.others, ...population.requesters.map((one) => one.person)];

  test('are 25 technicians and 3 leads in 5 teams on 12 sites, and their requesters', () => {
    expect(staff.filter((one) => one.role === 'technician')).toHaveLength(25);
    expect(staff.filter((one) => one.role === 'lead')).toHaveLength(3);
    expect(teams).toHaveLength(5);
    expect(sites).toHaveLength(12);
    expect(population.requesters).toHaveLength(REQUESTERS);
    expect(new Set(everybody.map((one) => one.id)).size).toBe(everybody.length);
  });

  test('have numbers that are kept for fiction, each its own, and that can be dialled', () => {
    const numbers = everybody.flatMap((one) => (one.phone ? [one.phone.e164] : []));
    expect(numbers.filter((one) => one === null || !fiction.test(one))).toEqual([]);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(population.requesters.every((one) => one.person.phone !== null)).toBe(true);
  });

  test('speak French and English, and are the same every time', () => {
    const english = population.requesters.filter((one) => one.person.language === 'en').length;
    expect(english).toBeGreaterThan(60);
    expect(english).toBeLessThan(200);
    expect(makePeople()).toEqual(population);
  });

  test('have every team led and staffed', () => {
    for (const team of teams) {
      const roles = memberships.filter((one) => one.teamId === team.id).map((one) => one.role);
      expect(roles).toContain('lead');
      expect(roles.filter((role) => role === 'technician').length).toBeGreaterThanOrEqual(3);
    }
  });
});

describe('the calendars of the demo desk', () => {
  test('are of several time zones and fit their schema', () => {
    const calendars = calendarsAt(new Date('2026-11-26T12:00:00Z'));
    for (const calendar of calendars) rowSchemas.calendar.parse({ ...calendar, revision: 0 });
    expect(new Set(calendars.map((one) => one.schedule.timeZone)).size).toBe(5);
    expect(calendars.filter((one) => one.isDefault)).toHaveLength(1);
    for (const site of sites) expect(calendars.map((one) => one.id)).toContain(site.calendarId);
  });

  // By the rules that stood here before a library did; weekends, on which no site of the house opens, are left out.
  test.each([
    ['france', '01-01 04-06 05-01 05-08 05-14 05-25 07-14 11-11 12-25'],
    ['belgium', '01-01 04-06 05-01 05-14 05-25 07-21 11-11 12-25'],
    ['geneva', '01-01 04-03 04-06 05-14 05-25 09-10 12-25 12-31'],
    ['london', '01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28'],
    ['montreal', '01-01 04-03 05-18 06-24 07-01 09-07 10-12 12-25'],
  ])('%s is closed in 2026 on its public holidays', (id, days) => {
    const calendar = calendarsAt(new Date('2026-11-26T12:00:00Z')).find((one) => one.id === id);
    const closed = calendar?.schedule.holidays.filter((date) => date.startsWith('2026') && ![0, 6].includes(new Date(date).getUTCDay()));
    expect(closed?.map((date) => date.slice(5)).join(' ')).toBe(days);
  });
});
