/** When reported work happened, as far as the server believes it (DESIGN: "Time that cannot be faked"). */
import { laterOf } from '#shared/domain/instant.ts';
import type { ReadDb } from '../db/database.ts';

/**
 * The newest feed position that each session was sent. In memory only: after a restart a console shows its cursor with its next
 * pull, and until then the bound is merely looser.
 */
export interface SeenPositions {
  note(sessionId: string, seq: number): void;
  of(sessionId: string): number;
}
export function seenPositions(): SeenPositions {
  const seen = new Map<string, number>();
  return {
    note: (sessionId, seq) => {
      if (seq > (seen.get(sessionId) ?? -1)) seen.set(sessionId, seq);
    },
    of: (sessionId) => seen.get(sessionId) ?? 0,
  };
}

/**
 * Clamps `claimed` to [server time of the newest revision of the ticket that, by the server's record, the author had seen; now].
 * Seen is what was sent to the author's session, and in any case what somebody else opened: nobody works on a ticket before it
 * is there. His own operations teach him nothing and are left out, otherwise the chain of an offline hour would be dated by its
 * own reception; no work is older than the ticket itself. `openedAt`: null for the opening.
 */
export async function believedInstant(
  db: ReadDb,
  claimed: string,
  now: string,
  scope: { ticketId: string; openedAt: string | null; authorId: string; seenSeq: number },
): Promise<string> {
  if (claimed >= now) return now;
  const row = await db
    .selectFrom('operation')
    .select((e) => e.fn.max('applied_at').as('at'))
    .where('ticket_id', '=', scope.ticketId)
    .where((e) => e.or([e('seq', '<=', scope.seenSeq), e('name', '=', 'open')]))
    .where('author_id', '!=', scope.authorId)
    .where('status', 'in', ['applied', 'kept'])
    .executeTakeFirst();
  return laterOf(laterOf(claimed, scope.openedAt), row?.at);
}
