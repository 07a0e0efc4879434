import { describe, expect, test } from 'vitest';
import { rowSchemas } from '#shared/domain/model.ts';
import { holidaysOf } from '../../../server/demo/holidays.ts';
import { calendarsFrom, sites, teams } from '../../../server/demo/house.ts';
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
    const calendars = calendarsFrom(2026);
    for (const calendar of calendars) rowSchemas.calendar.parse({ ...calendar, revision: 0 });
    expect(new Set(calendars.map((one) => one.schedule.timeZone)).size).toBe(5);
    expect(calendars.filter((one) => one.isDefault)).toHaveLength(1);
    for (const site of sites) expect(calendars.map((one) => one.id)).toContain(site.calendarId);
  });

  // service-public.fr, gov.uk, ge.ch and cnesst.gouv.qc.ca.
  test('know the holidays that move', () => {
    expect(holidaysOf('france', 2026)).toEqual(expect.arrayContaining(['2026-04-06', '2026-05-14', '2026-05-25', '2026-07-14']));
    expect(holidaysOf('england', 2027)).toEqual(expect.arrayContaining(['2027-03-26', '2027-05-31', '2027-12-27', '2027-12-28']));
    expect(holidaysOf('geneva', 2026)).toContain('2026-09-10');
    expect(holidaysOf('quebec', 2026)).toContain('2026-05-18');
  });
});
