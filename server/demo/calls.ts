/** The log has no calls. These are made up beside it: a first try soon after somebody holds the ticket, another when promised. */
import type { CallOutcome, Instant } from '#shared/domain/model.ts';
import type { Draw } from './draw.ts';

export interface PlannedCall {
  /** Minutes after the opening. */
  minute: number;
  outcome: CallOutcome;
  /** Seconds. */
  duration: number;
  /** Minutes after the opening; null: none promised. */
  callback: number | null;
}

const DAY = 1440;
const MORNING = 8 * 60 + 30;
const EVENING = 18 * 60;

/** Moves a promised attempt into the next working hours. `openedMinute`: minutes of the local week at the opening. */
export function inWorkingHours(minute: number, openedMinute: number): number {
  let local = openedMinute + minute;
  for (;;) {
    const weekday = Math.floor(local / DAY) % 7;
    const time = local % DAY;
    if (weekday > 4) local += DAY - time + MORNING;
    else if (time < MORNING) local += MORNING - time;
    else if (time > EVENING) local += DAY - time + MORNING + 30;
    else return local - openedMinute;
  }
}

/** The minute at which so many working minutes (9 h 30 a day) have passed since another. Minutes after the opening. */
export function afterWork(from: number, minutes: number, openedMinute: number): number {
  let at = inWorkingHours(from, openedMinute);
  let left = minutes;
  for (;;) {
    const today = EVENING - ((openedMinute + at) % DAY);
    if (left <= today) return at + left;
    left -= today;
    at = inWorkingHours(at + today + 1, openedMinute);
  }
}

function seconds(draw: Draw, outcome: CallOutcome): number {
  if (outcome === 'reached') return draw.between(70, 560);
  return outcome === 'voicemail' ? draw.between(20, 45) : 0;
}

/**
 * The attempts of one round, from the minute at which somebody took it up to (not including) the minute at which it ends;
 * the last one reaches somebody, unless the round is over before.
 */
export function planCalls(draw: Draw, from: number, end: number, openedMinute: number): PlannedCall[] {
  const calls: PlannedCall[] = [];
  let minute = inWorkingHours(from + draw.between(2, 45), openedMinute);
  // What is solved at once is called at once, or not at all.
  if (minute >= end) minute = from + Math.floor((end - from) / 2);
  for (let attempt = 0; minute >= from && minute < end && attempt < 4; attempt++) {
    const outcome = draw.weighted<CallOutcome>(
      attempt === 0
        ? { reached: 0.44, no_answer: 0.3, voicemail: 0.18, busy: 0.05, wrong_number: 0.03 }
        : { reached: 0.6, no_answer: 0.22, voicemail: 0.18 },
    );
    if (outcome === 'reached') {
      calls.push({ minute, outcome, duration: seconds(draw, outcome), callback: null });
      return calls;
    }
    const promised = Math.ceil((inWorkingHours(minute + draw.between(60, 700), openedMinute) + openedMinute) / 15) * 15 - openedMinute;
    const callback = draw.chance(0.85) ? promised : null;
    calls.push({ minute, outcome, duration: seconds(draw, outcome), callback });
    minute = promised + draw.between(-6, 24);
  }
  return calls;
}

/** "2026-05-04T09:26:00.000Z" */
export function instantWords(ms: number): Instant {
  return new Date(ms).toISOString();
}
