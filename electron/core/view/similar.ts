/** Closed tickets whose solution may help here: same category, most words of the title in common. */
import type { z } from 'zod';
import type { coreCalls } from '#shared/contract/core.ts';
import { matchAny, wordsOf } from '../storage/search-text.ts';
import type { Workplace } from '../workplace.ts';

type Similar = z.output<typeof coreCalls.similar.output>;
const MOST = 5;
/** The newest candidates only: an index over all of them would be read whole for common words. */
const CANDIDATES = 400;
const SHORTEST_WORD = 4;

export function similarTickets(place: Workplace, ticketId: string): Similar {
  const { ticket } = place.view.state(ticketId);
  if (!ticket) return [];
  const words = [...new Set(wordsOf(ticket.title).filter((word) => word.length >= SHORTEST_WORD))].slice(0, 8);
  const match = matchAny(words);
  if (match === undefined) return [];
  const ids = place.reader.db
    .prepare<[string, string, string, number], { id: string }>(
      `SELECT ticket.id FROM search JOIN ticket ON ticket.key = search.rowid
       WHERE search MATCH ? AND done = 1 AND category_id = ? AND ticket.id <> ? ORDER BY search.rowid LIMIT ?`,
    )
    .all(match, ticket.categoryId, ticketId, CANDIDATES);
  const scored: { id: string; score: number }[] = [];
  for (const { id } of ids) {
    const other = place.reader.rows.get('ticket', id);
    if (!other) continue;
    const otherWords = new Set(wordsOf(`${other.title} ${other.description}`));
    const score = words.filter((word) => otherWords.has(word)).length;
    if (score > 0) scored.push({ id, score });
  }
  // Stable: the newest of equals first, as the index gave them.
  scored.sort((a, b) => b.score - a.score);
  const similar: Similar = [];
  for (const { id } of scored) {
    if (similar.length === MOST) break;
    const found = place.reader.rows.whole(id);
    const standing = found?.resolutions
      .filter((one) => !one.undone && one.text !== '' && one.decision?.kind !== 'refused' && one.decision?.kind !== 'reopened')
      .sort((a, b) => (a.at < b.at ? 1 : -1))[0];
    if (!found || !standing) continue;
    const { number, title } = found.ticket;
    similar.push({ ticketId: id, number, title, solution: standing.text, code: standing.code, at: standing.at });
  }
  return similar;
}
