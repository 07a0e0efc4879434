/** What an administrator reads and writes (role admin, online only): calendars, the calendar and closures of a site, the policy. */
import { z } from 'zod';
import { AlertRules, AnswerRule, Calendar, Holidays, Id, Policy, Schedule, Site } from '../domain/model.ts';

/** The one that was read; 0: there is none yet. Another one than the server's is refused (409 `stale`), and nothing is changed. */
const revision = z.number().int().nonnegative();

// GET /v1/admin/service-levels
export const ServiceLevels = z.strictObject({ calendars: z.array(Calendar), sites: z.array(Site), policy: Policy.nullable() });
export type ServiceLevels = z.infer<typeof ServiceLevels>;

/**
 * PUT /v1/admin/calendars/:calendarId. The dates of the schedule's holidays are listed by the server, from `holidays`. A calendar that becomes the
 * default one takes the place of the one that was; the default one cannot stop to be it by itself.
 */
export const CalendarParams = z.strictObject({ calendarId: Id });
export const CalendarChange = z.strictObject({
  revision,
  name: z.string().trim().min(1).max(200),
  timeZone: z.string().min(1).max(100),
  hours: Schedule.shape.hours,
  holidays: Holidays,
  isDefault: z.boolean(),
});
export type CalendarChange = z.infer<typeof CalendarChange>;

/** PUT /v1/admin/sites/:siteId. `calendarId` null: the default one. */
export const SiteParams = z.strictObject({ siteId: Id });
export const SiteChange = z.strictObject({ revision, calendarId: Id.nullable(), closures: z.array(z.iso.date()) });
export type SiteChange = z.infer<typeof SiteChange>;

// PUT /v1/admin/policy
/** Longer than any promise: a year round the clock. More is a slip of the hand, which every clock of every console would have to walk. */
const MAX_TARGET_MINUTES = 366 * 24 * 60;
const target = z.number().int().positive().max(MAX_TARGET_MINUTES);
const targets = z.strictObject({ takeCharge: target, contact: target, resolution: target });
const byUrgency = z.strictObject({ low: targets, medium: targets, high: targets });
export const PolicyChange = z.strictObject({
  revision,
  targets: z.strictObject({ incident: byUrgency, request: byUrgency }),
  alerts: AlertRules,
  /** Absent: as it is. */
  answer: AnswerRule.refine((one) => one.remindAfterDays <= one.closeAfterDays).optional(),
});
export type PolicyChange = z.infer<typeof PolicyChange>;
