/** The explanation of a deadline as a bar and as a ledger; pure. */
import type { ClockView, Explanation, WhySummary } from '#shared/contract/sla.ts';
import { daysBetween, dayWords, durationWords, format, type Saying, timeWords } from '../../time/words.ts';
import { listWords, sentence, type Words } from '../say.ts';

/** `over`: open time after the deadline. */
export type BarKind = 'counted' | 'over' | 'coming' | 'pause' | 'closed' | 'holiday';
export interface BarPiece {
  kind: BarKind;
  /** Pixels of a bar that is `BAR_WIDTH` wide, gaps included in the whole. */
  left: number;
  width: number;
  from: number;
}
export interface LedgerRow {
  key: string;
  day: string;
  hours: string;
  what: string;
  duration: string;
  counted: boolean;
}
export interface Ledger {
  past: LedgerRow[];
  coming: LedgerRow[];
  usedMs: number;
  leftMs: number;
}

export const BAR_WIDTH = 540;
const GAP = 2;
const DAY_MS = 86_400_000;

interface Piece {
  kind: BarKind;
  from: number;
  to: number;
  openMs: number;
  reason: string | null;
  resolved: boolean;
}

/** Segments cut at `now`; neighbours that do not count for the same cause become one. */
function pieces({ segments, dueAt }: Explanation, now: number): Piece[] {
  const made: Piece[] = [];
  const due = dueAt === null ? Number.POSITIVE_INFINITY : Date.parse(dueAt);
  for (const segment of segments) {
    const from = Date.parse(segment.from);
    const to = Date.parse(segment.to);
    if (to <= from) continue;
    if (segment.kind === 'open') {
      const base = { reason: null, resolved: false };
      if (from < now)
        made.push({ ...base, kind: from >= due ? 'over' : 'counted', from, to: Math.min(to, now), openMs: Math.min(to, now) - from });
      if (to > now && from < due) made.push({ ...base, kind: 'coming', from: Math.max(from, now), to, openMs: to - Math.max(from, now) });
      continue;
    }
    const kind = segment.kind === 'closed' || segment.kind === 'holiday' ? segment.kind : 'pause';
    made.push({ kind, from, to, openMs: segment.openMs, reason: segment.reason, resolved: segment.kind === 'resolved' });
  }
  return made;
}

/** Counted and coming pieces by their minutes; pauses and closed spans in a slot of their own. */
export function barOf(explanation: Explanation, now: number): BarPiece[] {
  const all = pieces(explanation, now);
  const isScaled = ({ kind }: Piece) => kind === 'counted' || kind === 'over' || kind === 'coming';
  const slots = { pause: 26, closed: 18, holiday: 40, counted: 0, over: 0, coming: 0 } as const;
  const asked = all.reduce((sum, piece) => sum + slots[piece.kind], 0);
  const room = BAR_WIDTH - GAP * Math.max(0, all.length - 1);
  const shrink = asked > room * 0.5 ? (room * 0.5) / asked : 1;
  const minutes = all.filter(isScaled).reduce((sum, piece) => sum + piece.openMs, 0);
  const scale = minutes > 0 ? (room - asked * shrink) / minutes : 0;
  let left = 0;
  return all.map((piece) => {
    const width = Math.max(2, isScaled(piece) ? piece.openMs * scale : slots[piece.kind] * shrink);
    const placed = { kind: piece.kind, left, width, from: piece.from };
    left += width + GAP;
    return placed;
  });
}

export function ledgerOf(explanation: Explanation, now: number, words: Words): Ledger {
  const all = pieces(explanation, now);
  const rows = (list: Piece[]): LedgerRow[] => {
    const made: LedgerRow[] = [];
    let shownDay = '';
    for (let index = 0; index < list.length; index++) {
      const piece = list[index];
      if (!piece) continue;
      const isClosed = piece.kind === 'closed' || piece.kind === 'holiday';
      let to = piece.to;
      let hasHoliday = piece.kind === 'holiday';
      if (isClosed)
        for (let next = list[index + 1]; next && (next.kind === 'closed' || next.kind === 'holiday'); next = list[index + 1]) {
          to = next.to;
          hasHoliday ||= next.kind === 'holiday';
          index++;
        }
      const day = datedDay(piece.from, words);
      made.push({
        key: `${piece.kind}${piece.from}`,
        day: day === shownDay ? '' : day,
        hours: hoursOf(piece.from, to, words),
        what: whatOf(piece, { hasHoliday, isLong: to - piece.from > DAY_MS }, words),
        duration: durationOf(piece, words),
        counted: piece.kind === 'counted' || piece.kind === 'over' || piece.kind === 'coming',
      });
      shownDay = day;
    }
    return made;
  };
  const past = all.filter((piece) => piece.from < now);
  const usedMs = past.filter(({ kind }) => kind === 'counted' || kind === 'over').reduce((sum, piece) => sum + piece.openMs, 0);
  return {
    past: rows(past),
    coming: rows(all.filter((piece) => piece.from >= now)),
    usedMs,
    leftMs: explanation.targetMinutes * 60_000 - usedMs,
  };
}

function hoursOf(from: number, to: number, { say, saying }: Words): string {
  if (daysBetween(from, to, saying) === 0) return `${timeWords(from, saying)} – ${timeWords(to, saying)}`;
  return say('explain.until', { time: say('explain.dayAndTime', { day: weekday(to, saying), time: timeWords(to, saying) }) });
}

/** A day that is the same whenever it is read: "lun. 4". A ledger is copied, and read tomorrow. */
export function datedDay(instant: number, { say, saying }: Words): string {
  return say('explain.datedDay', { weekday: weekday(instant, saying), day: new Date(instant).getDate() });
}

function weekday(instant: number, saying: Saying): string {
  return format(saying, { weekday: 'short' }).format(instant);
}

function whatOf(piece: Piece, { hasHoliday, isLong }: { hasHoliday: boolean; isLong: boolean }, { say }: Words): string {
  switch (piece.kind) {
    case 'counted':
      return say('explain.counted');
    case 'over':
      return say('explain.counting');
    case 'coming':
      return say('explain.toCount');
    case 'pause':
      if (piece.resolved) return say('explain.resolved');
      return piece.reason ? say('explain.suspendedFor', { reason: say(`wait.${piece.reason}`) }) : say('explain.suspended');
    case 'closed':
    case 'holiday':
      if (isLong) return say(hasHoliday ? 'explain.nightsHoliday' : 'explain.nights');
      return say(hasHoliday ? 'explain.holiday' : 'explain.closed');
  }
}

function durationOf(piece: Piece, { saying }: Words): string {
  if (piece.kind === 'closed' || piece.kind === 'holiday') return '–';
  const duration = durationWords(piece.openMs, saying);
  return piece.kind === 'pause' ? `(${duration})` : duration;
}

/** One sentence: the target, since when, and what does not count. */
export function whyWords(why: WhySummary, clock: ClockView, now: number, words: Words): string {
  const { say, saying, language } = words;
  const target = durationWords(why.targetMinutes * 60_000, saying);
  const parts = [say('why.from', { target, day: sinceWords(Date.parse(why.from), now, words) })];
  const holidays = why.holidays.map((day) => say('why.date', { day: longDay(Date.parse(day), words) }));
  const list = [
    ...new Set(holidays),
    ...(why.pausedMs >= 60_000 ? [say('why.pause', { duration: durationWords(why.pausedMs, saying) })] : []),
    ...(why.resolvedMs >= 60_000 ? [say('why.resolved', { duration: durationWords(why.resolvedMs, saying) })] : []),
  ];
  if (list.length > 0) parts.push(sentence(say('why.notCounted', { count: list.length, list: listWords(list, language) })));
  if (clock.state === 'paused') parts.push(say('why.done'));
  return parts.join(' ');
}

/** "10:44" the same day, "hier", "jeudi", "le 12 mars". */
function sinceWords(instant: number, now: number, words: Words): string {
  const days = daysBetween(instant, now, words.saying);
  if (days === 0) return timeWords(instant, words.saying);
  if (days >= 7) return words.say('why.date', { day: longDay(instant, words) });
  if (days < 2) return dayWords(instant, now, words.saying);
  return format(words.saying, { weekday: 'long' }).format(instant);
}

/** "1er mai", "1 May". */
function longDay(instant: number, { language, saying }: Words): string {
  const text = format(saying, { day: 'numeric', month: 'long' }).format(instant);
  return language === 'fr' ? text.replace(/^1 /, '1er ') : text;
}

/** The ledger as text, for a mail or a chat. */
export function ledgerText(title: string, ledger: Ledger): string {
  const line = (row: LedgerRow) => [row.day, row.hours, row.what, row.duration].join('\t');
  return [title, ...ledger.past.map(line), ...ledger.coming.map(line)].join('\n');
}
