/** What the SLA promises, as instants: for a ticket that is there, and for one that would be opened now. */
import type { z } from 'zod';
import type { Expected, ExpectedQuery, PortalTicket } from '#shared/contract/portal.ts';
import { instantOf, msOf } from '#shared/domain/instant.ts';
import type { Calendar, Instant, Ticket } from '#shared/domain/model.ts';
import { dueMs } from '#shared/domain/sla/business-time.ts';
import { slaClocks, targetsOf } from '#shared/domain/sla/clocks.ts';
import { urgencyOf } from '#shared/domain/urgency.ts';
import type { DeskSnapshot } from '../db/desk.ts';

const MINUTE_MS = 60_000;

/** Null: the calendar never opens that long. */
function after(calendar: Calendar, from: Instant | null, minutes: number): Instant | null {
  const due = from === null ? null : dueMs(calendar.schedule, msOf(from), minutes * MINUTE_MS);
  return due === null ? null : instantOf(due);
}

/** Somebody takes it in time and then calls in time: at the latest then. */
export function promisesOf(ticket: Ticket, desk: DeskSnapshot, now: Instant): PortalTicket['promises'] {
  const calendar = desk.calendar(ticket.siteId);
  const [takeCharge, contact, resolution] = slaClocks(ticket, desk.policy(), calendar, now);
  const dueOf = (clock: typeof contact) => (clock?.state === 'running' || clock?.state === 'missed' ? clock.dueAt : null);
  const isOver = ticket.resolvedAt !== null || ticket.sla.endedAt !== null;
  if (isOver) return { takeChargeBy: null, callBy: null, resolveBy: null };
  const takeChargeBy = takeCharge?.endedAt === null ? dueOf(takeCharge) : null;
  const waitsForHolder = contact?.state === 'pending' && takeChargeBy !== null;
  const callBy = waitsForHolder ? after(calendar, takeChargeBy, contact.targetMinutes) : contact?.endedAt === null ? dueOf(contact) : null;
  return { takeChargeBy, callBy, resolveBy: resolution?.endedAt === null ? dueOf(resolution) : null };
}

export function expectedOf(asked: z.output<typeof ExpectedQuery>, desk: DeskSnapshot, now: Instant): Expected {
  const urgency = urgencyOf(asked.importance, asked.relevance);
  const calendar = desk.calendar(asked.siteId);
  const targets = targetsOf({ kind: asked.kind, urgency }, desk.policy());
  const takeChargeBy = after(calendar, now, targets.takeCharge);
  return {
    urgency,
    takeChargeMinutes: targets.takeCharge,
    contactMinutes: targets.contact,
    takeChargeBy,
    callBy: after(calendar, takeChargeBy, targets.contact),
    timeZone: calendar.schedule.timeZone,
    serverTime: now,
  };
}
