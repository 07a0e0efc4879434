/** Lists the public holidays of calendars further before their lists end: a server runs for years. */
import { SYSTEM_ACTOR } from '#shared/domain/access.ts';
import { changeMeasures } from '../administration/change-measures.ts';
import { endsSoon, withListedHolidays } from '../calendars/listed-holidays.ts';
import type { GuichetDatabase } from '../db/database.ts';
import type { DeskCache } from '../db/desk.ts';
import { putCalendar } from '../db/directory.ts';

export const EXTEND_HOLIDAYS_EVERY_MS = 3_600_000;

interface HolidayServices {
  database: GuichetDatabase;
  desk: DeskCache;
  clock: () => Date;
}

/** One round. Returns how many calendars it listed further. */
export async function extendHolidays(services: HolidayServices): Promise<number> {
  const { database, desk, clock } = services;
  const found = await database.read((db) => desk.in(db));
  const ending = [...found.rows('calendar').values()].filter((calendar) => endsSoon(calendar, clock()));
  for (const { id } of ending) {
    await changeMeasures(services, SYSTEM_ACTOR, 'calendar_changed', async (tx, { rows }) => {
      const before = rows('calendar').get(id);
      if (before === undefined) return { kind: 'not_found' };
      const { revision: _revision, ...calendar } = withListedHolidays(before, tx.now);
      return { id, before, differs: await putCalendar(tx, calendar), read: (after) => after.rows('calendar').get(id) ?? before };
    });
  }
  return ending.length;
}
