/**
 * Ends the pauses whose wake-up has come, also when nobody holds the ticket, and also those that came while the server was
 * off: the clocks go on from the wake-up itself, not from the moment at which it was noticed.
 */
import { randomUUID } from 'node:crypto';
import { SYSTEM_ACTOR } from '#shared/domain/access.ts';
import { run } from '#shared/domain/ticket/registry.ts';
import type { GuichetDatabase } from '../db/database.ts';
import type { DeskCache } from '../db/desk.ts';
import { contentHash, operationRow } from '../operations/record.ts';
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
      const subject = work.subject(ticketId);
      const wakeAt = subject.ticket?.wait?.wakeAt ?? null;
      const now = tx.now.toISOString();
      // Somebody may have resumed, or chosen another wake-up, since the look.
      if (wakeAt === null || wakeAt > now) return false;
      const operation = { id: randomUUID(), name: 'resume', ticketId, input: {} };
      const result = run(operation.name, subject, operation.input, {
        actor: { id: SYSTEM_ACTOR, memberships: [] },
        now,
        occurredAt: wakeAt,
        operationId: operation.id,
        ticketId,
        offline: false,
        imported: false,
        desk: people,
      });
      if (!result.ok || 'superseded' in result) return false;
      const revision = await work.apply(result.change, { operationId: operation.id, imported: false });
      await work.flush();
      tx.afterSeq(async (seq) => {
        const record = {
          ...operation,
          authorId: SYSTEM_ACTOR,
          contentHash: contentHash(operation),
          verdict: { status: 'applied' as const, revision },
          refusedClaim: null,
          imported: false,
          appliedAt: now,
          occurredAt: wakeAt,
          body: operation,
          before: null,
        };
        await tx.insertInto('operation').values(operationRow(record, seq)).execute();
      });
      return true;
    });
  }
}
