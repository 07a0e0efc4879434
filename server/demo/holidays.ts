/** Public holidays by year: fixed dates, those that move with Easter, and those of a weekday. Local dates. */
export type Region = 'france' | 'belgium' | 'geneva' | 'england' | 'quebec';

const DAY = 86_400_000;
const dateOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** Easter Sunday (anonymous Gregorian rule), as UTC midnight. */
export function easter(year: number): number {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const e = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - d - (c % 4)) % 7;
  const f = d + e - 7 * Math.floor((a + 11 * d + 22 * e) / 451) + 114;
  return Date.UTC(year, Math.floor(f / 31) - 1, (f % 31) + 1);
}

/** The n-th weekday (1 Monday) of a month (1 January); n = -1: the last one. */
function weekday(year: number, month: number, day: number, n: number): number {
  if (n < 0) {
    const last = Date.UTC(year, month, 0);
    return last - ((new Date(last).getUTCDay() - day + 7) % 7) * DAY;
  }
  const first = Date.UTC(year, month - 1, 1);
  return first + (((day - new Date(first).getUTCDay() + 7) % 7) + (n - 1) * 7) * DAY;
}
/** On the next working day when it falls on a weekend. */
function substitute(ms: number): number {
  const day = new Date(ms).getUTCDay();
  return ms + (day === 6 ? 2 : day === 0 ? 1 : 0) * DAY;
}

/** Two days off from 25 December on, moved past the weekend. */
function christmasDays(year: number): number[] {
  const days = [25, 26, 27, 28].map((day) => Date.UTC(year, 11, day));
  return days.filter((ms) => ![0, 6].includes(new Date(ms).getUTCDay())).slice(0, 2);
}

export function holidaysOf(region: Region, year: number): string[] {
  const on = (month: number, day: number) => Date.UTC(year, month - 1, day);
  const sunday = easter(year);
  const after = (days: number) => sunday + days * DAY;
  const days: Record<Region, readonly number[]> = {
    france: [on(1, 1), after(1), on(5, 1), on(5, 8), after(39), after(50), on(7, 14), on(8, 15), on(11, 1), on(11, 11), on(12, 25)],
    belgium: [on(1, 1), after(1), on(5, 1), after(39), after(50), on(7, 21), on(8, 15), on(11, 1), on(11, 11), on(12, 25)],
    // The Genevan fast: the Thursday after the first Sunday of September.
    geneva: [on(1, 1), after(-2), after(1), after(39), after(50), on(8, 1), weekday(year, 9, 0, 1) + 4 * DAY, on(12, 25), on(12, 31)],
    england: [
      substitute(on(1, 1)),
      after(-2),
      after(1),
      weekday(year, 5, 1, 1),
      weekday(year, 5, 1, -1),
      weekday(year, 8, 1, -1),
      ...christmasDays(year),
    ],
    quebec: [
      on(1, 1),
      after(-2),
      // The Monday before 25 May.
      on(5, 24) - ((new Date(on(5, 24)).getUTCDay() + 6) % 7) * DAY,
      substitute(on(6, 24)),
      substitute(on(7, 1)),
      weekday(year, 9, 1, 1),
      weekday(year, 10, 1, 2),
      on(12, 25),
    ],
  };
  return [...new Set(days[region].map(dateOf))].sort();
}
