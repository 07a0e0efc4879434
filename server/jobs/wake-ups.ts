/**
 * Ends the pauses whose wake-up has come, also when nobody holds the ticket, and also those that came while the server was
 * off: the clocks go on from the wake-up itself, not from the moment at which it was noticed.
 */
import type { GuichetDatabase } from '../db/database.ts';
import type { DeskCache } from '../db/desk.ts';
import { operateBySystem } from '../operations/by-system.ts';
import { beginWork } from '../operations/work.ts';

export const WAKE_UPS_EVERY_MS = 5_000;
const AT_ONCE = 50;

interface WakeUpServices {
  database: GuichetDatabase;
  desk: DeskCache;
  clock: () => Date;
}

/** One round. Returns how many pauses it ended. Tickets that only an import wrote are left alone. */
export async function endDuePauses({ database, desk, clock }: WakeUpServices): Promise<number> {
  const due = await database.read((db) =>
    db
      .selectFrom('ticket')
      .select('id')
      .where('wake_at', '<=', clock().toISOString())
      .where('untouched', '=', 0)
      .orderBy('wake_at')
      .limit(AT_ONCE)
      .execute(),
  );
  let ended = 0;
  for (const { id } of due) if (await endPause(id)) ended += 1;
  return ended;

  async function endPause(ticketId: string): Promise<boolean> {
    return database.write(async (tx) => {
      const people = await desk.in(tx, tx.position);
      const work = await beginWork(tx, [ticketId], people);
      const wakeAt = work.subject(ticketId).ticket?.wait?.wakeAt ?? null;
      // Somebody may have resumed, or chosen another wake-up, since the look.
      if (wakeAt === null || wakeAt > tx.now.toISOString()) return false;
      return operateBySystem(tx, work, people, { name: 'resume', ticketId, input: {}, occurredAt: wakeAt });
    });
  }
}
