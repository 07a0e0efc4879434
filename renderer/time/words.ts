/** Durations and instants as people say them. Instants are ms since 1970 or ISO strings; the zone is the machine's unless one is given. */
import type { Due } from '#shared/contract/sla.ts';
import type { Language } from '#shared/domain/model.ts';
import { say as sayIn } from '../i18n/index.ts';
import { remembered } from '../i18n/remembered.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export interface Saying {
  language: Language;
  /** IANA name; the machine's when absent. */
  timeZone?: string | undefined;
}

const ms = (instant: number | string) => (typeof instant === 'number' ? instant : Date.parse(instant));

function say(key: string, { language }: Saying, values: Record<string, string | number> = {}): string {
  return sayIn(`shell:time.${key}`, language, values);
}

const formats = new Map<string, Intl.DateTimeFormat>();
/** Making one is slow: each is made once. */
export function format({ language, timeZone }: Saying, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return remembered(
    formats,
    JSON.stringify([language, timeZone, options]),
    () => new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', { ...options, ...(timeZone ? { timeZone } : {}) }),
  );
}

/** Whole minutes of at least `length` ms: "8 min", "1 h 05", "3 h"; from two days on "3 d". Never below one minute. */
export function durationWords(length: number, saying: Saying): string {
  const minutes = Math.max(1, Math.ceil(length / MINUTE - 1e-9));
  if (minutes < 60) return say('minutes', saying, { n: minutes });
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return rest === 0 ? say('hours', saying, { n: hours }) : say('hoursMinutes', saying, { h: hours, m: String(rest).padStart(2, '0') });
}

/** A running call or a wait: "0:42", "12:05", "1:02:05". */
export function clockWords(length: number): string {
  const seconds = Math.max(0, Math.floor(length / 1000));
  const two = (n: number) => String(n).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** "9:20", "14:00": 24 hours in both languages, no leading zero. */
export function timeWords(instant: number | string, saying: Saying): string {
  return format(saying, { hour: 'numeric', minute: '2-digit', hourCycle: 'h23' })
    .format(ms(instant))
    .replace(/^0(\d)/, '$1')
    .replace(' h ', ':');
}

const dayNumbers = new Map<string, number>();
/** Local calendar days from one instant to another: 0 the same day, 1 tomorrow. */
export function daysBetween(from: number | string, to: number | string, saying: Saying): number {
  // A local day begins with a minute.
  const day = (instant: number) =>
    remembered(dayNumbers, `${Math.floor(instant / MINUTE)} ${saying.timeZone ?? ''}`, () => dayNumber(instant));
  const dayNumber = (instant: number) => {
    const parts = format({ ...saying, language: 'en' }, { year: 'numeric', month: 'numeric', day: 'numeric' }).formatToParts(instant);
    const part = (type: string) => Number(parts.find((p) => p.type === type)?.value);
    return Date.UTC(part('year'), part('month') - 1, part('day'));
  };
  return Math.round((day(ms(to)) - day(ms(from))) / DAY);
}

/** The day alone: "aujourd’hui", "demain", "hier", "mer.", "12 mars", "8 déc. 2025". */
export function dayWords(instant: number | string, now: number, saying: Saying): string {
  const at = ms(instant);
  const days = daysBetween(now, at, saying);
  if (days === 0) return say('today', saying);
  if (days === 1) return say('tomorrow', saying);
  if (days === -1) return say('yesterday', saying);
  if (Math.abs(days) < 7) return format(saying, { weekday: 'short' }).format(at);
  const sameYear = format(saying, { year: 'numeric' }).format(at) === format(saying, { year: 'numeric' }).format(now);
  return format(saying, { day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }) }).format(at);
}

/** An instant near now: "9:20" today, "demain 9:20", "mer. 9:00", "12 mars 9:00". */
export function instantWords(instant: number | string, now: number, saying: Saying): string {
  const at = ms(instant);
  const time = timeWords(at, saying);
  return daysBetween(now, at, saying) === 0 ? time : say('dayAndTime', saying, { day: dayWords(at, now, saying), time });
}

/** A heading for a day: "Aujourd’hui, lundi 4 mai", "Demain, mardi 5 mai", "Jeudi 7 mai". */
export function dayHeading(instant: number | string, now: number, saying: Saying): string {
  const at = ms(instant);
  const days = daysBetween(now, at, saying);
  const date = format(saying, { weekday: 'long', day: 'numeric', month: 'long' })
    .format(at)
    .replace(/^(\w+),/, '$1');
  const near = days === 0 ? say('today', saying) : days === 1 ? say('tomorrow', saying) : days === -1 ? say('yesterday', saying) : '';
  const text = near ? `${near}, ${date}` : date;
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}

/** The exact instant, for a tooltip: "lundi 4 mai 2026 à 11:15". */
export function exactWords(instant: number | string, saying: Saying): string {
  return remembered(exact, `${saying.language} ${saying.timeZone ?? ''} ${instant}`, () => makeExact(ms(instant), saying));
}
const exact = new Map<string, string>();
function makeExact(at: number, saying: Saying): string {
  const date = format(saying, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
    .format(at)
    .replace(/^(\w+),/, '$1');
  return say('exact', saying, { date, time: timeWords(at, saying) });
}

export interface DueWords {
  tone: 'ok' | 'soon' | 'late' | 'paused' | 'none';
  text: string;
  /** Which clock and when exactly; what screen readers and the tooltip say. */
  title: string;
}

/**
 * What a row says of its deadline: the time left today ("1 h 05"), the day and hour after that ("demain 9:20"), the delay once it
 * is past ("retard 12 min"), and what remains while paused ("reste 2 h 10", never a deadline).
 */
export function dueWords(due: Due, now: number, saying: Saying): DueWords {
  if (due.state === 'none') return { tone: 'none', text: '', title: '' };
  if (due.state === 'paused') {
    const over = due.remainingMs < 0;
    const text = say(over ? 'over' : 'left', saying, { duration: durationWords(Math.abs(due.remainingMs), saying) });
    return { tone: 'paused', text, title: say('pausedTitle', saying, { text }) };
  }
  const at = ms(due.dueAt);
  const title = say(`clockTitle.${due.clock}`, saying, { exact: exactWords(at, saying) });
  if (now >= at) return { tone: 'late', text: lateWords(now - at, saying), title };
  const near = at - now <= 4 * HOUR || daysBetween(now, at, saying) === 0;
  const text = near ? durationWords(at - now, saying) : instantWords(at, now, saying);
  return { tone: now >= ms(due.soonAt) ? 'soon' : 'ok', text, title };
}

/** "retard 12 min", "en retard" in the first minute, "retard 3 j" from two days on. */
export function lateWords(length: number, saying: Saying): string {
  if (length < MINUTE) return say('justLate', saying);
  const whole = Math.floor(length / MINUTE) * MINUTE;
  const duration = whole >= 2 * DAY ? say('days', saying, { n: Math.floor(whole / DAY) }) : durationWords(whole, saying);
  return say('late', saying, { duration });
}
