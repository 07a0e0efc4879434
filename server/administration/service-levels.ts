/** Reads and writes calendars, sites and the policy for an administrator. Each write names the revision that it is made on. */
import type { CalendarChange, PolicyChange, ServiceLevels, SiteChange } from '#shared/contract/administration.ts';
import type { Calendar, Policy, Site } from '#shared/domain/model.ts';
import { listedHolidays, withListedHolidays } from '../calendars/listed-holidays.ts';
import type { DeskSnapshot } from '../db/desk.ts';
import { putCalendar, putPolicy, putSite } from '../db/directory.ts';
import { type AdministrationServices, type Changed, changeMeasures } from './change-measures.ts';
import { calendarProblems, problem } from './checks.ts';

export async function readServiceLevels({ database, desk }: AdministrationServices): Promise<ServiceLevels> {
  const found = await database.read((db) => desk.in(db));
  return {
    calendars: [...found.rows('calendar').values()],
    sites: [...found.rows('site').values()],
    policy: policyOf(found) ?? null,
  };
}

/** Revision 0 makes a calendar. */
export function writeCalendar(
  services: AdministrationServices,
  actorId: string,
  id: string,
  change: CalendarChange,
): Promise<Changed<Calendar>> {
  return changeMeasures(services, actorId, 'calendar_changed', async (tx, desk) => {
    const calendars = desk.rows('calendar');
    const before = calendars.get(id);
    if (before === undefined && change.revision > 0) return { kind: 'not_found' };
    if ((before?.revision ?? 0) !== change.revision) return { kind: 'stale' };
    const others = [...calendars.values()].filter((one) => one.id !== id);
    const problems = calendarProblems(change, others);
    if (problems !== undefined) return { kind: 'invalid', problems };
    const { name, timeZone, hours, holidays, isDefault } = change;
    // From the first year on that it lists already.
    const listed = before === undefined ? [] : listedHolidays(before);
    const schedule = { timeZone, hours, holidays: listed };
    const differs = await putCalendar(tx, withListedHolidays({ id, name, schedule, holidays, isDefault }, tx.now));
    for (const { revision: _revision, ...other } of isDefault ? others : []) await putCalendar(tx, { ...other, isDefault: false });
    return { id, before, differs, read: (after) => stored(after.rows('calendar').get(id)) };
  });
}

export function writeSite(services: AdministrationServices, actorId: string, id: string, change: SiteChange): Promise<Changed<Site>> {
  return changeMeasures(services, actorId, 'site_changed', async (tx, desk) => {
    const before = desk.site(id);
    if (before === undefined) return { kind: 'not_found' };
    if (before.revision !== change.revision) return { kind: 'stale' };
    const { calendarId } = change;
    if (calendarId !== null && !desk.rows('calendar').has(calendarId))
      return { kind: 'invalid', problems: problem('calendarId', 'calendar') };
    const closures = [...new Set(change.closures)].sort();
    const { revision: _revision, ...site } = before;
    const differs = await putSite(tx, { ...site, calendarId, closures });
    return { id, before, differs, read: (after) => stored(after.site(id)) };
  });
}

export function writePolicy(services: AdministrationServices, actorId: string, change: PolicyChange): Promise<Changed<Policy>> {
  return changeMeasures(services, actorId, 'policy_changed', async (tx, desk) => {
    const before = policyOf(desk);
    if ((before?.revision ?? 0) !== change.revision) return { kind: 'stale' };
    const id = before?.id ?? 'policy';
    const { alerts, targets } = change;
    const answer = change.answer ?? before?.answer;
    const differs = await putPolicy(tx, { id, alerts, ...(answer && { answer }), targets });
    return { id, before, differs, read: (after) => after.policy() };
  });
}

function policyOf(desk: DeskSnapshot): Policy | undefined {
  return desk.rows('policy').values().next().value;
}

/** What was just written is there. */
function stored<Row>(row: Row | undefined): Row {
  if (row === undefined) throw new Error('A row that was written is not in the directory.');
  return row;
}
