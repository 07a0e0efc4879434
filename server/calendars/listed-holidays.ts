/**
 * Consoles and clocks read a calendar's holidays as dates in its schedule. Here they are listed from what was chosen (a region, days that
 * are worked all the same, further days), for the years around now, and listed further as years pass.
 */
import type { Calendar } from '#shared/domain/model.ts';
import { publicHolidays } from './public-holidays.ts';

/** Tickets that are still running may have been opened then. */
const YEARS_BACK = 3;
const YEARS_AHEAD = 5;
/** A list that ends sooner is listed anew. */
const YEARS_LEFT = 2;

/**
 * The calendar with its dates listed, from the years that it lists already on: what was measured by them is measured by them again. Left as
 * it is where its dates were written by hand.
 */
export function withListedHolidays<T extends Pick<Calendar, 'schedule' | 'holidays'>>(calendar: T, now: Date): T {
  const { schedule, holidays } = calendar;
  if (holidays === undefined) return calendar;
  const year = now.getUTCFullYear();
  const [first = year] = yearsOf(listedHolidays(calendar));
  const dates = new Set(holidays.added);
  if (holidays.region !== null) {
    const worked = new Set(holidays.worked);
    for (let one = Math.min(first, year - YEARS_BACK); one <= year + YEARS_AHEAD; one += 1) {
      for (const date of publicHolidays(holidays.region, one)) if (!worked.has(date)) dates.add(date);
    }
  }
  return { ...calendar, schedule: { ...schedule, holidays: [...dates].sort() } };
}

/** Those of its dates that were listed by a region, or written by hand; not those that were added. */
export function listedHolidays({ schedule, holidays }: Pick<Calendar, 'schedule' | 'holidays'>): string[] {
  const added = new Set(holidays?.added);
  return schedule.holidays.filter((date) => !added.has(date));
}

/** Whether its list of public holidays ends too soon. */
export function endsSoon(calendar: Pick<Calendar, 'schedule' | 'holidays'>, now: Date): boolean {
  if (calendar.holidays === undefined || calendar.holidays.region === null) return false;
  const last = yearsOf(listedHolidays(calendar)).at(-1) ?? 0;
  return last < now.getUTCFullYear() + YEARS_LEFT;
}

function yearsOf(dates: readonly string[]): number[] {
  return dates.map((date) => Number(date.slice(0, 4))).sort((a, b) => a - b);
}
