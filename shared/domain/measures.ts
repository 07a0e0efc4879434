/** What clocks are measured by, without names and revisions: opening hours, targets, who is alerted. */
import { z } from 'zod';

const TimeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/);
const DayHours = z.array(z.tuple([TimeOfDay, TimeOfDay]));
/** Opening hours in local time; an absent weekday is closed; a holiday closes a whole local date. */
export const Schedule = z.strictObject({
  timeZone: z.string(),
  hours: z.strictObject({
    mon: DayHours.optional(),
    tue: DayHours.optional(),
    wed: DayHours.optional(),
    thu: DayHours.optional(),
    fri: DayHours.optional(),
    sat: DayHours.optional(),
    sun: DayHours.optional(),
  }),
  holidays: z.array(z.iso.date()),
});
export type Schedule = z.infer<typeof Schedule>;
/** Where a calendar's holidays come from. The server lists the dates in the schedule, for years to come, so that a console needs no library. */
export const Holidays = z.strictObject({
  /** Country, and region where it has days of its own ("FR", "FR-67" Alsace-Moselle); null: no public holidays. */
  region: z
    .string()
    .regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/)
    .nullable(),
  /** Public holidays on which one works all the same. */
  worked: z.array(z.iso.date()),
  /** Further days on which one does not. */
  added: z.array(z.iso.date()),
});
export type Holidays = z.infer<typeof Holidays>;
/** Minutes of open time for each clock. */
export const Targets = z.strictObject({
  takeCharge: z.number().int().positive(),
  contact: z.number().int().positive(),
  resolution: z.number().int().positive(),
});
export type Targets = z.infer<typeof Targets>;
/** Half of the minutes used up, 80 % of them, all of them. */
export const AlertMark = z.enum(['half', 'soon', 'breach']);
export type AlertMark = z.infer<typeof AlertMark>;
/** `team`: its technicians, while nobody holds the ticket. */
export const AlertReceiver = z.enum(['holder', 'team', 'lead']);
export type AlertReceiver = z.infer<typeof AlertReceiver>;
const AlertRule = z.strictObject({ notify: z.array(AlertReceiver), mail: z.array(AlertReceiver) });
export const AlertRules = z.strictObject({ half: AlertRule, soon: AlertRule, breach: AlertRule });
export type AlertRules = z.infer<typeof AlertRules>;
/** Business days after a resolve: on which it is spoken of once more, and at whose end it is closed, when nobody answers. */
export const AnswerRule = z.strictObject({
  remindAfterDays: z.number().int().positive().max(250),
  closeAfterDays: z.number().int().positive().max(250),
});
export type AnswerRule = z.infer<typeof AnswerRule>;
