/** Alerts as core tells them, of the clocks and of refusals: to main for the system's notifications, to the window for its banner. */
import { z } from 'zod';
import { AlertMark, Instant } from '../domain/model.ts';
import { ClockView } from './sla.ts';

export const AlertName = z.strictObject({ ticketId: z.string(), key: z.string().max(60) });
export type AlertName = z.infer<typeof AlertName>;

const told = {
  ...AlertName.shape,
  number: z.string().nullable(),
  title: z.string(),
  /** I hold the ticket. */
  mine: z.boolean(),
};
export const ClockAlert = z.strictObject({
  ...told,
  about: z.literal('clock'),
  clock: ClockView.shape.clock,
  mark: AlertMark,
  /** When the minutes are, or were, used up. */
  dueAt: Instant,
});
export type ClockAlert = z.infer<typeof ClockAlert>;
/** What I had resolved was refused, and is mine again. `by`: a name. */
export const RefusalAlert = z.strictObject({ ...told, about: z.literal('refusal'), by: z.string(), at: Instant });
export const AlertView = z.discriminatedUnion('about', [ClockAlert, RefusalAlert]);
export type AlertView = z.infer<typeof AlertView>;

/** How long a snoozed alert stays away. */
export const SNOOZE_MINUTES = 10;

const TimeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/);

/** When nothing is told; what comes then is told at the end of it. Local time of this machine. */
export const QuietTimes = z.strictObject({
  /** From one time of day to another, over midnight where `to` is the earlier; null: none. A breach of my own ticket is told all the same. */
  hours: z.strictObject({ from: TimeOfDay, to: TimeOfDay }).nullable(),
  /** Days on which the calendar of my site does not open; as with the hours. */
  closedDays: z.boolean(),
  /** While a call is in progress; without exception. */
  calls: z.boolean(),
});
export type QuietTimes = z.infer<typeof QuietTimes>;
