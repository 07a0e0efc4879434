/** When reported work happened, as far as the server believes it (DESIGN: "Time that cannot be faked"). */
import { laterOf } from '#shared/domain/instant.ts';
import type { GuichetDatabase, ReadDb, WriteTx } from '../db/database.ts';
import type { Query } from '../db/store.ts';

/**
 * The newest feed position that each session was sent. In memory where one process serves the database: after a restart a console
 * shows its cursor with its next pull, and until then the bound is merely looser. Where others serve it too it is a row: whoever pulls
 * from one process and pushes to another has seen it all the same.
 */
export interface SeenPositions {
  /** Before the answer that shows it leaves. */
  note(sessionId: string, seq: number): Promise<void>;
  /** `stored`: what the row says, read with the session. */
  of(sessionId: string, stored: number): number;
}
export function seenPositions(database: GuichetDatabase): SeenPositions {
  const seen = new Map<string, number>();
  const here = (sessionId: string) => seen.get(sessionId) ?? 0;
  return {
    note: async (sessionId, seq) => {
      if (seq <= here(sessionId)) return;
      if (database.isShared) await database.write((tx) => putSeen(tx, sessionId, seq));
      seen.set(sessionId, Math.max(seq, here(sessionId)));
    },
    of: (sessionId, stored) => Math.max(stored, here(sessionId)),
  };
}

async function putSeen(tx: WriteTx, sessionId: string, seq: number): Promise<void> {
  await tx
    .insertInto('session_seen')
    .values({ session_id: sessionId, seq })
    .onConflict((conflict) => conflict.column('session_id').doUpdateSet({ seq }).where('session_seen.seq', '<', seq))
    .execute();
}

/**
 * When the newest revision of the ticket came that, by the server's record, the author had seen. Seen is what was sent to the author's
 * session (`seenSeq`), and in any case what somebody else opened: nobody works on a ticket before it is there. His own operations teach him
 * nothing and are left out, otherwise the chain of an offline hour would be dated by its own reception.
 */
export function newestSeen(db: ReadDb, ticketId: string, author: { personId: string; seenSeq: number }): Query<{ at: string | null }> {
  return db
    .selectFrom('operation')
    .select((e) => e.fn.max<string | null>('applied_at').as('at'))
    .where('ticket_id', '=', ticketId)
    .where((e) => e.or([e('seq', '<=', author.seenSeq), e('name', '=', 'open')]))
    .where('author_id', '!=', author.personId)
    .where('status', 'in', ['applied', 'kept']);
}

/** Clamps `claimed` to [`seenAt`; now]; no work is older than the ticket itself. `openedAt`: null for the opening. */
export function believedInstant(claimed: string, scope: { openedAt: string | null; seenAt: string | null; now: string }): string {
  const { openedAt, seenAt, now } = scope;
  return claimed >= now ? now : laterOf(laterOf(claimed, openedAt), seenAt);
}
