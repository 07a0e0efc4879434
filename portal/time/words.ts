/** Instants and durations as the pages say them, in the zone of the ticket's site. */
import type { Language } from '#shared/domain/model.ts';
import { i18n } from '../i18n/index.ts';

export interface When {
  language: Language;
  /** IANA name. */
  timeZone: string;
  /** The server's time, ISO. */
  now: string;
}

const DAY = 24 * 3_600_000;

function format(instant: string, { language, timeZone }: When, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', { ...options, timeZone }).format(new Date(instant));
}
function say(key: string, { language }: Pick<When, 'language'>, values: Record<string, string | number> = {}): string {
  return i18n.t(`time.${key}`, { lng: language, ...values });
}

/** "9:20", "14:00": 24 hours in both languages, no leading zero. */
function timeOf(instant: string, when: When): string {
  return format(instant, when, { hour: 'numeric', minute: '2-digit', hourCycle: 'h23' })
    .replace(/^0(\d)/, '$1')
    .replace(' h ', ':');
}

/** Local calendar days from now: 0 today, 1 tomorrow. */
function daysAhead(instant: string, when: When): number {
  const dayNumber = (at: string) => {
    const [day, month, year] = format(at, { ...when, language: 'en' }, { day: '2-digit', month: '2-digit', year: 'numeric' }).split('/');
    return Date.UTC(Number(year), Number(month) - 1, Number(day));
  };
  return Math.round((dayNumber(instant) - dayNumber(when.now)) / DAY);
}

/** The day alone: "21 avril", "8 décembre 2025". */
export function dayWords(instant: string, when: When): string {
  const sameYear = format(instant, when, { year: 'numeric' }) === format(when.now, when, { year: 'numeric' });
  return format(instant, when, { day: 'numeric', month: 'long', ...(sameYear ? {} : { year: 'numeric' }) });
}

/** In a sentence: "aujourd’hui à 14:20", "demain à 9:20", "lundi 4 mai à 9:00", "21 avril à 9:00". */
export function instantWords(instant: string, when: When): string {
  const days = daysAhead(instant, when);
  const time = timeOf(instant, when);
  if (days === 0) return say('today', when, { time });
  if (days === 1) return say('tomorrow', when, { time });
  if (days === -1) return say('yesterday', when, { time });
  return say('day', when, { day: nearDay(instant, days, when), time });
}

/** After a preposition: "17:20" today, "demain 9:20", "lundi 15:30", "12 mai 9:00". */
export function shortWords(instant: string, when: When): string {
  const days = daysAhead(instant, when);
  const time = timeOf(instant, when);
  if (days === 0) return time;
  if (days === 1) return say('shortTomorrow', when, { time });
  const day = days > 1 && days < 7 ? format(instant, when, { weekday: 'long' }) : dayWords(instant, when);
  return say('shortDay', when, { day, time });
}

function nearDay(instant: string, days: number, when: When): string {
  if (Math.abs(days) >= 7) return dayWords(instant, when);
  return format(instant, when, { weekday: 'long', day: 'numeric', month: 'long' }).replace(/^(\w+),/, '$1');
}

/** Opening minutes: "15 minutes", "8 heures ouvrées", "1 h 30 ouvrées". */
export function durationWords(minutes: number, when: Pick<When, 'language'>): string {
  if (minutes < 60) return say('minutes', when, { count: minutes });
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return rest === 0 ? say('hours', when, { count: hours }) : say('hoursMinutes', when, { hours, minutes: String(rest).padStart(2, '0') });
}

export function hasPassed(instant: string, { now }: When): boolean {
  return Date.parse(instant) <= Date.parse(now);
}
