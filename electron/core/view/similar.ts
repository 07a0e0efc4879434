/** Closed tickets whose solution may help here: same category, most words of the title in common. */
import type { z } from 'zod';
import type { coreCalls } from '#shared/contract/core.ts';
import type { Ticket } from '#shared/domain/model.ts';
import { wordsOf } from '#shared/domain/words.ts';
import { matchAny } from '../storage/search-text.ts';
import type { Workplace } from '../workplace.ts';

type Similar = z.output<typeof coreCalls.similar.output>;
const MOST = 5;
/** The newest candidates only: nobody is helped by the four hundred and first. */
const CANDIDATES = 400;
/** How many matches are looked at for candidates, and how many at a time. */
const MATCHES = 4_000;
const AT_ONCE = 250;
const SHORTEST_WORD = 4;
/** After so long what else core is asked has its turn: this one is the least urgent. */
const TURN_MS = 3;

/** Takes its time, and none from others: it may look through thousands of tickets while somebody presses keys. */
export async function similarTickets(place: Workplace, ticketId: string): Promise<Similar> {
  const { ticket } = place.view.state(ticketId);
  if (!ticket) return [];
  const words = [...new Set(wordsOf(ticket.title).filter((word) => word.length >= SHORTEST_WORD))].slice(0, 8);
  const match = matchAny(words);
  if (match === undefined) return [];
  const breath = breathing();
  const scored: { id: string; score: number }[] = [];
  for await (const id of candidates(place, match, ticket, breath)) {
    const other = place.reader.rows.get('ticket', id);
    if (!other) continue;
    const otherWords = new Set(wordsOf(`${other.title} ${other.description}`));
    const score = words.filter((word) => otherWords.has(word)).length;
    if (score > 0) scored.push({ id, score });
    await breath();
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

/** Closed tickets of the same category that have one of the words, newest first. */
async function* candidates(place: Workplace, match: string, ticket: Ticket, breath: () => Promise<void>): AsyncGenerator<string> {
  const matches = place.reader.db
    .prepare<[string, number, number], number>('SELECT rowid FROM search WHERE search MATCH ? AND rowid > ? ORDER BY rowid LIMIT ?')
    .pluck();
  const ofThose = place.reader.db
    .prepare<[string, string, string], string>(
      // CROSS: each match is looked up; of itself SQLite would rather walk through all closed tickets.
      `SELECT ticket.id FROM json_each(?) AS found CROSS JOIN ticket ON ticket.key = found.value
       WHERE done = 1 AND category_id = ? AND ticket.id <> ?`,
    )
    .pluck();
  let found = 0;
  let after = -1;
  for (let seen = 0; seen < MATCHES; seen += AT_ONCE) {
    const keys = matches.all(match, after, AT_ONCE) as number[];
    for (const id of ofThose.all(JSON.stringify(keys), ticket.categoryId, ticket.id) as string[]) {
      yield id;
      found += 1;
      if (found === CANDIDATES) return;
    }
    const last = keys.at(-1);
    if (last === undefined || keys.length < AT_ONCE) return;
    after = last;
    await breath();
  }
}

/** A function that waits for the rest of the process once its caller has worked long enough. */
function breathing(): () => Promise<void> {
  let from = performance.now();
  return async () => {
    if (performance.now() - from < TURN_MS) return;
    await new Promise((resolve) => setImmediate(resolve));
    from = performance.now();
  };
}
