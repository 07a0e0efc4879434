/** Opening of a site now, for "open until 18:00". */
import type { TicketDetail } from '#shared/contract/core.ts';
import { instantOf, msOf } from '#shared/domain/instant.ts';
import type { Schedule } from '#shared/domain/model.ts';
import { isOpen, nextChangeMs } from '#shared/domain/sla/business-time.ts';

export function siteHours(schedule: Schedule, now: string): TicketDetail['siteHours'] {
  const at = msOf(now);
  const changes = nextChangeMs(schedule, at);
  return { timeZone: schedule.timeZone, openNow: isOpen(schedule, at), changesAt: changes === null ? null : instantOf(changes) };
}
