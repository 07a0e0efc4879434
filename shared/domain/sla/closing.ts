/**
 * When a solution that nobody answers is spoken of again, and when its ticket is closed. Days are business days: local dates on which the
 * ticket's calendar opens, the date of the resolve not counted (DESIGN section 2, auto_close).
 */
import { earlierOf, instantOf, msOf } from '../instant.ts';
import type { AnswerRule, Calendar, Instant, Policy, Resolution, Ticket } from '../model.ts';
import { hoursOf } from './hours.ts';

export const defaultAnswer: AnswerRule = { remindAfterDays: 3, closeAfterDays: 5 };
/** A calendar that has not opened so often by then never will. */
const HORIZON_DAYS = 20 * 366;

export function answerRule(policy: Policy): AnswerRule {
  return policy.answer ?? defaultAnswer;
}

/** The last closing of the last day on which an answer counts; null: the calendar does not open that often. */
export function closesAt({ at }: Pick<Resolution, 'at'>, policy: Policy, calendar: Calendar): Instant | null {
  const day = businessDay(at, answerRule(policy).closeAfterDays, calendar);
  return day === null ? null : instantOf(day.closing);
}

/** The first opening of the day of the reminder; null as above. Never later than the closing. */
export function remindsAt({ at }: Pick<Resolution, 'at'>, policy: Policy, calendar: Calendar): Instant | null {
  const day = businessDay(at, answerRule(policy).remindAfterDays, calendar);
  return day === null ? null : instantOf(day.opening);
}

/** When a ticket is to be looked at again, as far as its facts say: its reminder, or else its closing. Null: it waits for no answer. */
export function answerDueAt(
  { phase, resolvedAt }: Pick<Ticket, 'phase' | 'resolvedAt'>,
  policy: Policy,
  calendar: Calendar,
): Instant | null {
  if (phase !== 'resolved' || resolvedAt === null) return null;
  const closing = closesAt({ at: resolvedAt }, policy, calendar);
  return closing && earlierOf(closing, remindsAt({ at: resolvedAt }, policy, calendar));
}

/** The nth one after an instant's own local date: its first opening and its last closing, ms since 1970. */
function businessDay(after: Instant, nth: number, { schedule }: Calendar): { opening: number; closing: number } | null {
  const hours = hoursOf(schedule);
  if (hours.never) return null;
  const first = hours.dayAt(msOf(after)) + 1;
  let left = nth;
  for (let number = first; number < first + HORIZON_DAYS; number += 1) {
    const { open } = hours.day(number);
    if (open.length === 0) continue;
    left -= 1;
    if (left === 0) return { opening: open[0] as number, closing: open.at(-1) as number };
  }
  return null;
}
