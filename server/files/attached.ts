/** Uploads as tickets know them: which may be attached, which is, and who may have its bytes. */
import { mayReadEntry } from '#shared/domain/access.ts';
import type { AttachedFile, Entry } from '#shared/domain/model.ts';
import type { Actor } from '#shared/domain/operation.ts';
import type { ReadDb, WriteTx } from '../db/database.ts';
import { sightOfRow } from '../feed/sight.ts';
import type { FileFolder } from './folder.ts';

/** A finished upload of this person's that is not attached yet, and whose bytes are there. */
export async function attachableUpload(db: ReadDb, files: FileFolder, personId: string, id: string): Promise<AttachedFile | undefined> {
  const row = await db
    .selectFrom('upload')
    .select(['id', 'name', 'size', 'type', 'stored_as'])
    .where('id', '=', id)
    .where('person_id', '=', personId)
    .where('state', '=', 'finished')
    .executeTakeFirst();
  if (!row || !(await files.holds(row.stored_as, row.size))) return undefined;
  return { kind: 'file', id: row.id, name: row.name, size: row.size, type: row.type ?? 'application/octet-stream' };
}

/** In the transaction that applies the operation; false: it was taken away since it was looked at. */
export async function markAttached(tx: WriteTx, id: string, ticketId: string, operationId: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('upload')
    .set({ state: 'attached', ticket_id: ticketId, operation_id: operationId })
    .where('id', '=', id)
    .where('state', '=', 'finished')
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

export interface Download {
  name: string;
  size: number;
  type: string;
  storedAs: string;
}

/** What is attached to a ticket, for whoever sees the entry; undefined: it does not exist for this person. */
export async function visibleFile(db: ReadDb, actor: Actor, id: string): Promise<Download | undefined> {
  const row = await db
    .selectFrom('upload')
    .innerJoin('ticket', 'ticket.id', 'upload.ticket_id')
    .innerJoin('entry', 'entry.id', 'upload.operation_id')
    .select(['upload.name', 'upload.size', 'upload.type', 'upload.stored_as', 'entry.visibility'])
    .select(['ticket.team_id', 'ticket.requester_id', 'ticket.beneficiary_id', 'ticket.opened_by'])
    .where('upload.id', '=', id)
    .where('upload.state', '=', 'attached')
    .executeTakeFirst();
  if (!row || !mayReadEntry(sightOfRow(actor, row), { visibility: row.visibility as Entry['visibility'] })) return undefined;
  return { name: row.name, size: row.size, type: row.type ?? 'application/octet-stream', storedAs: row.stored_as };
}
