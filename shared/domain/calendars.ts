/** Which calendar holds for a site: its own, else the default one, without the days on which the site is closed. */
import type { Calendar, Site } from './model.ts';

/** Answers undefined where there is no calendar at all. Keeps what it found: ask for another one when a site or a calendar changed. */
export function calendarFinder(
  sites: ReadonlyMap<string, Site>,
  calendars: ReadonlyMap<string, Calendar>,
): (siteId: string) => Calendar | undefined {
  const known = new Map<string, Calendar | undefined>();
  const all = [...calendars.values()];
  const fallback = all.find((calendar) => calendar.isDefault) ?? all[0];
  return (siteId) => {
    if (!known.has(siteId)) {
      const site = sites.get(siteId);
      const own = site?.calendarId == null ? undefined : calendars.get(site.calendarId);
      known.set(siteId, closedOn(own ?? fallback, site?.closures ?? []));
    }
    return known.get(siteId);
  };
}

function closedOn(calendar: Calendar | undefined, dates: readonly string[]): Calendar | undefined {
  if (calendar === undefined || dates.length === 0) return calendar;
  const { schedule } = calendar;
  return { ...calendar, schedule: { ...schedule, holidays: [...new Set([...schedule.holidays, ...dates])].sort() } };
}
