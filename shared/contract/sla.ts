/** Clocks and deadlines as core tells them to a window. */
import { z } from 'zod';
import { Instant, WaitReason } from '../domain/model.ts';

/** When something is due, ready to be ticked by the window's one clock. */
export const Due = z.discriminatedUnion('state', [
  /** `soonAt`: 80 % of the minutes are used. Compare with server time. */
  z.strictObject({ state: z.literal('running'), clock: z.enum(['takeCharge', 'contact', 'resolution']), dueAt: Instant, soonAt: Instant }),
  z.strictObject({ state: z.literal('paused'), remainingMs: z.number() }),
  z.strictObject({ state: z.literal('none') }),
]);
export type Due = z.infer<typeof Due>;

export const ClockView = z.strictObject({
  clock: z.enum(['takeCharge', 'contact', 'resolution']),
  /**
   * pending: not started; ended: stopped unjudged; waived: resolved unreached before the deadline; missed with `endedAt` null:
   * late and not done yet.
   */
  state: z.enum(['pending', 'running', 'paused', 'met', 'missed', 'waived', 'ended']),
  targetMinutes: z.number(),
  /** Open time used at `asOf`, in ms; it goes on growing while `open`. */
  usedMs: z.number(),
  asOf: Instant,
  /** The calendar is open at `asOf` and the clock runs. */
  open: z.boolean(),
  dueAt: Instant.nullable(),
  soonAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  /** When its deadline passed, whatever came after. */
  breachedAt: Instant.nullable(),
  /** Met, but told only after the deadline had passed: the breach stays. */
  reportedLate: z.boolean(),
});
export type ClockView = z.infer<typeof ClockView>;

/** Why the deadline is where it is; the open parts up to the deadline sum to the target. */
export const Explanation = z.strictObject({
  clock: ClockView.shape.clock,
  targetMinutes: z.number(),
  dueAt: Instant.nullable(),
  segments: z.array(
    z.strictObject({
      from: Instant,
      to: Instant,
      kind: z.enum(['open', 'closed', 'holiday', 'pause', 'resolved']),
      reason: WaitReason.nullable(),
      /** Open time within it; counted where the kind is `open`, kept out of the count where it is a pause or resolved. */
      openMs: z.number(),
    }),
  ),
});
export type Explanation = z.infer<typeof Explanation>;

/** An explanation in short, for one sentence: what was counted from when, and what was not. */
export const WhySummary = z.strictObject({
  targetMinutes: z.number(),
  /** When the clock started. */
  from: Instant,
  /** Open time that pauses, and times as resolved, kept out of the count, ms. */
  pausedMs: z.number(),
  resolvedMs: z.number(),
  /** Where each holiday in between begins. */
  holidays: z.array(Instant),
});
export type WhySummary = z.infer<typeof WhySummary>;
