/** One SLA clock as it is shown now; pure, so that the ticking text can be computed without rendering anything else. */
import type { ClockView } from '#shared/contract/sla.ts';
import { daysBetween, dayWords, durationWords, exactWords, instantWords, lateWords } from '../../time/words.ts';
import { sentence, type Words } from '../say.ts';

export type ClockTone = 'ok' | 'soon' | 'late' | 'met' | 'paused' | 'quiet';

export interface ClockShown {
  tone: ClockTone;
  value: string;
  /** The deadline, or the target; empty while paused (never a deadline then). */
  end: string;
  /** Part of the target that is used, 0–1. */
  share: number;
  title: string;
}

/** Open time used at `now`, in ms: it grows while the calendar is open, at most until `closesAt`. */
export function usedAt(clock: ClockView, now: number, closesAt: number | null): number {
  if (clock.state !== 'running' || !clock.open) return clock.usedMs;
  const until = closesAt !== null && closesAt > Date.parse(clock.asOf) ? Math.min(now, closesAt) : now;
  return clock.usedMs + Math.max(0, until - Date.parse(clock.asOf));
}

/** "14:53", "demain 8:40"; the day alone would not say when. */
function endWords(dueAt: string | null, now: number, words: Words): string {
  return dueAt ? instantWords(dueAt, now, words.saying) : '';
}

export function clockShown(clock: ClockView, now: number, closesAt: number | null, words: Words): ClockShown {
  const { say, saying } = words;
  const target = clock.targetMinutes * 60_000;
  const used = usedAt(clock, now, closesAt);
  const share = target > 0 ? Math.min(1, Math.max(0, used / target)) : 0;
  const of = say('clock.of', { duration: shortTarget(clock.targetMinutes, words) });
  const spent = durationWords(used, saying);
  // The words agree with the clock's own name, which is feminine or masculine in French.
  const agreed = (key: string) => say(key, { context: clock.clock });
  switch (clock.state) {
    case 'pending':
      return { tone: 'quiet', value: durationWords(target, saying), end: say('clock.pending'), share: 0, title: say('clock.pending') };
    case 'met':
      return {
        tone: 'met',
        value: used <= 0 ? '0 min' : spent,
        end: of,
        share,
        title: say(clock.reportedLate ? 'clock.metLate' : 'clock.metIn', { duration: used <= 0 ? '0 min' : spent }),
      };
    case 'missed':
      // Not done yet: how late, as in the list.
      if (clock.endedAt === null && clock.dueAt) return running(clock, now, { left: 0, share: 1 }, words);
      return {
        tone: 'late',
        value: agreed('clock.missed'),
        end: of,
        share: 1,
        title: sentence(`${agreed('clock.missed')}${say('clock.usedInstead', { duration: spent, target: durationWords(target, saying) })}`),
      };
    case 'waived':
      return { tone: 'quiet', value: say('clock.waived'), end: of, share, title: say('clock.waived') };
    case 'ended':
      return { tone: 'quiet', value: agreed('clock.ended'), end: of, share, title: agreed('clock.ended') };
    case 'paused': {
      const over = used > target;
      const value = say(over ? 'clock.late' : 'clock.left', { duration: durationWords(Math.abs(target - used), saying) });
      return { tone: 'paused', value, end: '', share, title: say('clock.paused') };
    }
    case 'running':
      return running(clock, now, { left: target - used, share }, words);
  }
}

/** A clock that nothing has stopped yet: what is left of it, or how late it is, as the list says it. */
function running(clock: ClockView, now: number, { left, share }: { left: number; share: number }, words: Words): ClockShown {
  const { say, saying } = words;
  // A new target makes nobody late before it was set.
  const due = Date.parse(clock.breachedAt ?? clock.dueAt ?? '') || Number.POSITIVE_INFINITY;
  const title = clock.dueAt ? say('clock.dueAt', { time: exactWords(clock.dueAt, saying) }) : '';
  const end = endWords(clock.dueAt, now, words);
  if (now >= due) {
    // Days later the hour is for the tooltip only.
    const since = daysBetween(due, now, saying) === 0 ? end : dayWords(due, now, saying);
    return { tone: 'late', value: lateWords(now - due, saying), end: since, share: 1, title };
  }
  const soon = clock.soonAt !== null && now >= Date.parse(clock.soonAt);
  return { tone: soon ? 'soon' : 'ok', value: durationWords(left, saying), end, share, title };
}

/** "sur 15", "sur 6 h": minutes go without their unit beside a value that has it. */
function shortTarget(minutes: number, { saying }: Words): string {
  return minutes < 60 ? String(minutes) : durationWords(minutes * 60_000, saying);
}
