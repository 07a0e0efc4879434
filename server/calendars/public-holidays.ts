/** Public holidays of a country or a region, of any year, by the package date-holidays. Local dates. */
import Holidays from 'date-holidays';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** "FR" is a country, "FR-67" a region of it that has days of its own. */
function parts(region: string): [country: string, state: string | undefined] {
  const [country = '', state] = region.split('-');
  return [country, state];
}

export function isKnownRegion(region: string): boolean {
  const [country, state] = parts(region);
  const known = new Holidays();
  if (!Object.hasOwn(known.getCountries(), country)) return false;
  return state === undefined || Object.hasOwn(known.getStates(country) ?? {}, state);
}

/** In order. Days on which only the evening or the afternoon is free are none: a calendar is closed for a whole date or not at all. */
export function publicHolidays(region: string, year: number): string[] {
  const [country, state] = parts(region);
  const place = state === undefined ? new Holidays(country) : new Holidays(country, state);
  const dates = place.getHolidays(year).flatMap(({ type, date, start, end }) => {
    if (type !== 'public' || !date.startsWith('00:00:00', 11)) return [];
    const first = Date.parse(`${date.slice(0, 10)}T00:00:00Z`);
    // An hour more or less where clocks are changed.
    const days = Math.floor((end.getTime() - start.getTime() + HOUR_MS) / DAY_MS);
    return Array.from({ length: days }, (_, day) => new Date(first + day * DAY_MS).toISOString().slice(0, 10));
  });
  return [...new Set(dates)].sort();
}
