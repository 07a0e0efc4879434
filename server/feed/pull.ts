/** What changed after a cursor, as this person may see it now. One transaction is never split between two pages. */
import type { z } from 'zod';
import type { FeedChange } from '#shared/contract/api.ts';
import { mayRead, type Sight } from '#shared/domain/access.ts';
import type { TableName } from '#shared/domain/model.ts';
import type { Actor } from '#shared/domain/operation.ts';
import { type ReadDb, readPosition } from '../db/database.ts';
import type { DeskSnapshot, DirectoryTableName } from '../db/desk.ts';
import type { FeedTable } from '../db/tables.ts';
import { fitsFeed, formatCursor, parseCursor } from './cursor.ts';
import { actorOf, directoryRowAsSeen, mayBeSent, type StoredLine, sightOfRow, ticketLines } from './sight.ts';

type Change = z.infer<typeof FeedChange>;
export type PullResult = { ok: true; changes: Change[]; cursor: string; seq: number; more: boolean } | { ok: false };

function peopleOf(json: string | null): readonly string[] {
  return json === null ? [] : (JSON.parse(json) as string[]);
}

/** What the person saw of the ticket before this change. */
function sightBefore(actor: Actor, row: FeedTable): Sight {
  if (row.team_before === null) return 'none';
  const [requesterId = '', beneficiaryId = '', openedBy = ''] = peopleOf(row.people_before);
  return mayRead(actor, { teamId: row.team_before, requesterId, beneficiaryId, openedBy });
}

/** The rows of the next transactions, at least one whole transaction, about `limit` rows. */
async function scan(db: ReadDb, after: number, limit: number): Promise<{ rows: FeedTable[]; more: boolean }> {
  const rows = await db
    .selectFrom('feed')
    .selectAll()
    .where('seq', '>', after)
    .orderBy('seq')
    .orderBy('n')
    .limit(limit + 1)
    .execute();
  if (rows.length <= limit) return { rows, more: false };
  const cut = rows.at(-1)?.seq ?? after;
  const whole = rows.filter((row) => row.seq < cut);
  if (whole.length > 0) return { rows: whole, more: true };
  const first = await db.selectFrom('feed').selectAll().where('seq', '=', cut).orderBy('n').execute();
  const beyond = await db.selectFrom('feed').select('seq').where('seq', '>', cut).limit(1).executeTakeFirst();
  return { rows: first, more: beyond !== undefined };
}

/** Rows of tickets: as they are now, under what the person may see now. */
async function ticketChanges(db: ReadDb, actor: Actor, rows: readonly FeedTable[]): Promise<Change[]> {
  const ids = [...new Set(rows.flatMap((row) => (row.ticket_id === null ? [] : [row.ticket_id])))];
  if (ids.length === 0) return [];
  const tickets = await db
    .selectFrom('ticket')
    .select(['id', 'doc', 'team_id', 'requester_id', 'beneficiary_id', 'opened_by'])
    .where('id', 'in', ids)
    .execute();
  const sights = new Map(tickets.map((ticket) => [ticket.id, sightOfRow(actor, ticket)]));
  // Whoever gains or loses sight of a ticket gains or loses all of it, not only what this change touched.
  const shifted = new Set<string>();
  const touched = new Set<string>();
  for (const row of rows) {
    if (row.ticket_id === null) continue;
    touched.add(`${row.table_name}\t${row.row_id}`);
    const moved = row.team_before !== row.team_after || row.people_before !== row.people_after;
    if (moved && sightBefore(actor, row) !== sights.get(row.ticket_id)) shifted.add(row.ticket_id);
  }
  const relevant = tickets.filter((ticket) => sights.get(ticket.id) !== 'none' || shifted.has(ticket.id));
  const changes: Change[] = [];
  for (const line of await ticketLines(db, actor, relevant)) {
    if (!shifted.has(line.ticketId) && !touched.has(`${line.table}\t${line.id}`)) continue;
    if (line.doc !== null) changes.push({ table: line.table, row: JSON.parse(line.doc) as unknown });
    else if (shifted.has(line.ticketId)) changes.push(goneLine(line));
  }
  return changes;
}

function goneLine({ table, id, ticketId }: StoredLine): Change {
  return table === 'ticket' ? { table, gone: id } : { table, gone: id, ticketId };
}

function directoryChanges(desk: DeskSnapshot, actor: Actor, rows: readonly FeedTable[]): Change[] {
  const changes: Change[] = [];
  const done = new Set<string>();
  for (const row of rows) {
    if (row.ticket_id !== null) continue;
    const table = row.table_name as DirectoryTableName & TableName;
    const key = `${table}\t${row.row_id}`;
    if (done.has(key)) continue;
    done.add(key);
    const stored = desk.rows(table).get(row.row_id);
    const seen = stored === undefined ? null : directoryRowAsSeen(actor, table, stored);
    if (seen !== null) changes.push({ table, row: seen });
    else if (stored === undefined && mayBeSent(actor, table)) changes.push({ table, gone: row.row_id });
  }
  return changes;
}

/** `ok: false`: the cursor does not fit; the console starts over with a bootstrap. */
export async function pull(db: ReadDb, desk: DeskSnapshot, personId: string, cursorText: string, limit: number): Promise<PullResult> {
  const actor = actorOf(desk, personId);
  const now = await readPosition(db);
  const place = parseCursor(cursorText);
  if (!(await fitsFeed(db, place, now, personId))) return { ok: false };
  const { rows, more } = await scan(db, place.seq, limit);
  const last = rows.at(-1);
  if (!last) return { ok: true, changes: [], cursor: cursorText, seq: place.seq, more: false };
  const changes = [...directoryChanges(desk, actor, rows), ...(await ticketChanges(db, actor, rows))];
  return { ok: true, changes, cursor: formatCursor({ epoch: now.epoch, seq: last.seq, tag: last.tag }), seq: last.seq, more };
}
