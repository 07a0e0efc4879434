/** What the record says of an operation that its author wants to take back. */
import type { Resolution, Ticket } from '#shared/domain/model.ts';
import type { Change, UndoTarget } from '#shared/domain/operation.ts';
import type { ReadDb } from '../db/database.ts';
import type { Work } from './work.ts';

/** Kept with an operation for as long as it might be undone. */
export interface BeforeImage {
  ticket: Ticket;
  resolution: { id: string; row: Resolution | null } | null;
}

/** The rows that a change is about to replace; null for a ticket that it makes. */
export function beforeImage(work: Work, ticketBefore: Ticket | undefined, change: Change): BeforeImage | null {
  if (!ticketBefore) return null;
  const { resolution } = change;
  const row = resolution && { id: resolution.id, row: work.resolution(ticketBefore.id, resolution.id) ?? null };
  return { ticket: ticketBefore, resolution: row ?? null };
}

/** Undefined: no such operation on this ticket, or it was imported, or taken back already. */
export async function undoTarget(db: ReadDb, ticket: Ticket, operationId: string): Promise<UndoTarget | undefined> {
  const row = await db
    .selectFrom('operation')
    .select(['id', 'name', 'author_id', 'applied_at', 'seq', 'before', 'status'])
    .where('id', '=', operationId)
    .where('ticket_id', '=', ticket.id)
    .where('status', 'in', ['applied', 'kept'])
    .where('undone', '=', 0)
    .where('imported', '=', 0)
    .executeTakeFirst();
  if (!row) return undefined;
  const followers = await db
    .selectFrom('operation')
    .select(['name', 'status'])
    .where('ticket_id', '=', ticket.id)
    .where('seq', '>', row.seq)
    .where('status', 'in', ['applied', 'kept'])
    .where('undone', '=', 0)
    .where('name', '!=', 'undo')
    .execute();
  const left = await db
    .selectFrom('mail')
    .select('id')
    .where('operation_id', '=', operationId)
    .where('state', 'in', ['leaving', 'sent'])
    .limit(1)
    .executeTakeFirst();
  // Without a before image it is of a kind that cannot be undone, and the rule says so before it looks at `before`.
  const image = row.before === null ? { ticket, resolution: null } : (JSON.parse(row.before) as BeforeImage);
  return {
    operationId: row.id,
    // A resolve that was kept as a proposal is, for whoever undoes, a note.
    name: row.status === 'kept' ? 'note' : row.name,
    authorId: row.author_id,
    appliedAt: row.applied_at,
    before: image.ticket,
    resolutionBefore: image.resolution,
    followedBy: followers.map((one) => (one.status === 'kept' && one.name === 'resolve' ? 'note' : one.name)),
    mailLeft: left !== undefined,
  };
}
