/** A ticket with everything of it that its requesters' pages are made from. */
import type { Entry, Resolution, Ticket } from '#shared/domain/model.ts';
import type { Actor, HeldSubject, OperationContext } from '#shared/domain/operation.ts';
import { type OperationName, offerOf } from '#shared/domain/ticket/registry.ts';
import type { ReadDb } from '../db/database.ts';
import type { DeskSnapshot } from '../db/desk.ts';

export interface TicketFacts {
  subject: HeldSubject;
  /** Everything, undone or not, oldest first. */
  resolutions: readonly Resolution[];
  entries: readonly Entry[];
}

/** Of these, whoever may see them: asked for somebody, the caller looks first. `entries`: whether the timeline is wanted. */
export async function ticketFacts(
  db: ReadDb,
  ticketIds: readonly string[],
  { entries: wantsEntries }: { entries: boolean },
): Promise<TicketFacts[]> {
  if (ticketIds.length === 0) return [];
  const tickets = await db.selectFrom('ticket').select(['id', 'doc']).where('id', 'in', ticketIds).execute();
  const resolutions = await db.selectFrom('resolution').select('doc').where('ticket_id', 'in', ticketIds).orderBy('at').execute();
  const holders = await db.selectFrom('past_holder').selectAll().where('ticket_id', 'in', ticketIds).execute();
  const entries = wantsEntries
    ? await db.selectFrom('entry').select('doc').where('ticket_id', 'in', ticketIds).orderBy('at').orderBy('id').execute()
    : [];
  const parsedResolutions = resolutions.map((row) => JSON.parse(row.doc) as Resolution);
  const parsedEntries = entries.map((row) => JSON.parse(row.doc) as Entry);
  return tickets.map((row) => {
    const ticket = JSON.parse(row.doc) as Ticket;
    const own = parsedResolutions.filter((one) => one.ticketId === ticket.id);
    const pastHolders = holders.filter((one) => one.ticket_id === ticket.id).map((one) => one.person_id);
    return {
      subject: { ticket, resolution: own.filter((one) => !one.undone).at(-1), pastHolders },
      resolutions: own,
      entries: parsedEntries.filter((one) => one.ticketId === ticket.id),
    };
  });
}

/** Whether the actor may do this on the ticket now. */
export function mayDo(name: OperationName, { subject }: TicketFacts, actor: Actor, desk: DeskSnapshot, now: string): boolean {
  const context: OperationContext = {
    actor,
    now,
    occurredAt: now,
    operationId: '',
    ticketId: subject.ticket.id,
    offline: false,
    imported: false,
    desk,
  };
  return offerOf(name, subject, context).offered;
}
