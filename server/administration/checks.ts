/** What a schema cannot see of a calendar. */
import type { z } from 'zod';
import type { CalendarChange } from '#shared/contract/administration.ts';
import type { Calendar, Language } from '#shared/domain/model.ts';
import type { FieldProblem } from '#shared/domain/refusal.ts';
import { isKnownRegion } from '../calendars/public-holidays.ts';

type Problem = z.infer<typeof FieldProblem>;
/** Field by field, in both languages. */
export type Problems = Record<Language, Problem[]>;

const words = {
  time_zone: {
    fr: 'Ce fuseau horaire est inconnu (exemple : Europe/Paris).',
    en: 'This time zone is not known (for example Europe/Paris).',
  },
  hours: {
    fr: 'Les plages d’un jour se suivent, sans se chevaucher, et chacune finit après avoir commencé.',
    en: 'The hours of a day follow each other without overlapping, and each ends after it begins.',
  },
  region: {
    fr: 'Ce pays ou cette région est inconnu (exemples : FR, FR-67).',
    en: 'This country or region is not known (for example FR, FR-67).',
  },
  default_needed: {
    fr: 'Il faut un calendrier par défaut : désignez-en d’abord un autre.',
    en: 'There has to be a default calendar: make another one the default first.',
  },
  calendar: { fr: 'Ce calendrier n’existe pas.', en: 'There is no such calendar.' },
} as const satisfies Record<string, Record<Language, string>>;

export function problem(path: string, what: keyof typeof words): Problems {
  return { fr: [{ path, message: words[what].fr }], en: [{ path, message: words[what].en }] };
}

/** `others`: every other calendar of the desk. Undefined: nothing is wrong. */
export function calendarProblems(change: CalendarChange, others: readonly Calendar[]): Problems | undefined {
  const found: Problems[] = [];
  if (!isTimeZone(change.timeZone)) found.push(problem('timeZone', 'time_zone'));
  for (const [day, pieces] of Object.entries(change.hours)) {
    if (!areInOrder(pieces ?? [])) found.push(problem(`hours.${day}`, 'hours'));
  }
  const { region } = change.holidays;
  if (region !== null && !isKnownRegion(region)) found.push(problem('holidays.region', 'region'));
  if (!change.isDefault && !others.some((one) => one.isDefault)) found.push(problem('isDefault', 'default_needed'));
  if (found.length === 0) return undefined;
  return { fr: found.flatMap((one) => one.fr), en: found.flatMap((one) => one.en) };
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** "HH:MM" of one length, so that text order is time order. */
function areInOrder(pieces: readonly (readonly [string, string])[]): boolean {
  return pieces.every(([from, to], index) => from < to && (index === 0 || (pieces[index - 1]?.[1] ?? '') <= from));
}
