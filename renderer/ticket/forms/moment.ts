/** A day and a time as people choose and type them; in the machine's zone. */
import { dayHeading, type Saying } from '../../time/words.ts';

/** "9", "9:00", "9h30", "14.30", "0930" as minutes of the day; null when it is no time. */
export function minutesOf(typed: string): number | null {
  const match = /^\s*(\d{1,2})\s*(?:[:h.]\s*(\d{2})?|(\d{2}))?\s*$/i.exec(typed);
  if (!match) return null;
  const hours = Number(match[1]);
  const minutes = Number(match[2] ?? match[3] ?? 0);
  return hours < 24 && minutes < 60 ? hours * 60 + minutes : null;
}

/** Midnight of the day, so many days on. */
export function dayAt(instant: number, days = 0): number {
  const day = new Date(instant);
  day.setHours(0, 0, 0, 0);
  day.setDate(day.getDate() + days);
  return day.getTime();
}

export function momentOf(day: number, minutes: number): string {
  const at = new Date(day);
  at.setHours(Math.floor(minutes / 60), minutes % 60, 0, 0);
  return at.toISOString();
}

/** The days to choose from: today and those that follow. */
export function daysFrom(now: number, count: number, saying: Saying): { id: string; label: string }[] {
  return Array.from({ length: count }, (_, index) => {
    const day = dayAt(now, index);
    return { id: String(day), label: dayHeading(day, now, saying) };
  });
}
