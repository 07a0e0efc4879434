/** How many open tickets of a site look like one that somebody is about to declare; nothing of what they say. */
import type { z } from 'zod';
import type { SimilarQuery } from '#shared/contract/portal.ts';
import type { Ticket } from '#shared/domain/model.ts';
import { wordsOf } from '#shared/domain/words.ts';
import type { ReadDb } from '../db/database.ts';

/** Shorter ones say nothing ("de", "the", "pas"). */
const SHORTEST_WORD = 4;
/** The newest ones only: what happens now was declared lately. */
const MOST = 500;
/** Of the fewer words of both, so many are the same. */
const ALIKE = 0.5;
/** A ticket says in its beginning what it is about. All words of long ones would hold everybody up at each key somebody presses. */
const LOOKED_AT = 1_000;

const tellingWords = (text: string) => new Set(wordsOf(text).filter((word) => word.length >= SHORTEST_WORD));

export async function countSimilar(db: ReadDb, { siteId, categoryId, text }: z.output<typeof SimilarQuery>): Promise<number> {
  const words = tellingWords(text);
  if (words.size === 0) return 0;
  const rows = await db
    .selectFrom('ticket')
    .select('doc')
    .where('phase', 'in', ['open', 'waiting'])
    .where('doc', 'like', `%"siteId":${JSON.stringify(siteId)}%`)
    .orderBy('opened_at', 'desc')
    .limit(MOST)
    .execute();
  return rows.map((row) => JSON.parse(row.doc) as Ticket).filter((ticket) => ticket.siteId === siteId && isAlike(ticket)).length;

  function isAlike(ticket: Ticket): boolean {
    const others = tellingWords(`${ticket.title} ${ticket.description}`.slice(0, LOOKED_AT));
    const common = [...words].filter((word) => others.has(word)).length;
    if (common === 0) return false;
    return common >= Math.min(words.size, others.size) * ALIKE || (ticket.categoryId === categoryId && common > 1);
  }
}
