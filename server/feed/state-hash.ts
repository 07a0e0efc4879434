/** The hash of everything a person is sent, for comparison with what a console holds. */
import { createHash } from 'node:crypto';
import { canonicalLine } from '#shared/contract/canonical.ts';
import { type ReadDb, readPosition } from '../db/database.ts';
import type { DeskSnapshot } from '../db/desk.ts';
import { actorOf, directoryRowsAsSeen, ticketLines, visibleTickets } from './sight.ts';

const TICKETS_AT_ONCE = 1000;

export async function stateHash(
  db: ReadDb,
  desk: DeskSnapshot,
  personId: string,
): Promise<{ epoch: string; seq: number; tickets: number; hash: string }> {
  const actor = actorOf(desk, personId);
  const { epoch, seq } = await readPosition(db);
  const lines: { key: string; line: string }[] = [];
  const add = (table: string, id: string, row: unknown) => lines.push({ key: `${table}\t${id}`, line: canonicalLine(table, id, row) });
  for (const { table, id, row } of directoryRowsAsSeen(desk, actor)) add(table, id, row);
  const tickets = await visibleTickets(db, actor).select(['id', 'doc', 'team_id', 'requester_id', 'beneficiary_id', 'opened_by']).execute();
  for (let start = 0; start < tickets.length; start += TICKETS_AT_ONCE) {
    for (const line of await ticketLines(db, actor, tickets.slice(start, start + TICKETS_AT_ONCE))) {
      if (line.doc !== null) add(line.table, line.id, JSON.parse(line.doc));
    }
  }
  lines.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  const hash = createHash('sha256');
  for (const { line } of lines) hash.update(line);
  return { epoch, seq, tickets: tickets.length, hash: hash.digest('hex') };
}
