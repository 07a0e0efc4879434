/** Lists the public holidays of calendars further before their lists end: a server runs for years. */

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

/** One round. Returns how many calendars it wrote. */
export async function extendHolidays({ database, desk, clock }: HolidayServices): Promise<number> {
  const found = await database.read((db) => desk.in(db));
  const ending = [...found.rows('calendar').values()].filter((calendar) => endsSoon(calendar, clock()));
  if (ending.length === 0) return 0;
  return database.write(async (tx) => {
    let written = 0;
    for (const calendar of (await desk.in(tx)).rows('calendar').values()) {
      if (!endsSoon(calendar, tx.now)) continue;
      const { revision: _revision, ...draft } = withListedHolidays(calendar, tx.now);
      if (await putCalendar(tx, draft)) written += 1;
    }
    return written;
  });
}
