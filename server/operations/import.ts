/**
 * Imports: operations at given instants for given people, without the checks of who and from. Many in one transaction, one
 * place in the feed; the same rules, record and feed as everything else.
 */
import type { z } from 'zod';
import type { ImportOperation, ImportOutcome } from '#shared/contract/api.ts';
import { SYSTEM_ACTOR } from '#shared/domain/access.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import { run } from '#shared/domain/ticket/registry.ts';
import { appendAudit } from '../db/audit.ts';
import type { GuichetDatabase } from '../db/database.ts';
import type { DeskCache, DeskSnapshot } from '../db/desk.ts';
import { actorOf } from '../feed/sight.ts';
import { contentHash, type OperationRecord, operationRow, recordedOperations, type Verdict, verdictOf } from './record.ts';
import { beginWork, slices, type Work } from './work.ts';

type Outcome = z.infer<typeof ImportOutcome>;
/** What is older is no date but the want of one ("0001-01-01"), and its clocks would be counted day by day through all of history. */
const OLDEST = '1970-01-01T00:00:00.000Z';

/** Outcomes in the order of the operations. `by`: the importer, for the audit log. */
export async function importOperations(
  services: { database: GuichetDatabase; desk: DeskCache },
  by: string,
  operations: readonly ImportOperation[],
  skipTouched: boolean,
): Promise<Outcome[]> {
  let seqTaken = 0;
  const finish = await services.database.write(async (tx) => {
    const outcomes: ((seq: number) => Outcome)[] = [];
    const desk = await services.desk.in(tx, tx.position);
    const work = await beginWork(
      tx,
      operations.map((one) => one.ticketId),
      desk,
    );
    // Only now: the same ones may just have been brought by another request.
    const ids = operations.map((one) => one.id);
    const known = new Map((await recordedOperations(tx, ids).execute()).map((row) => [row.id, row]));
    const records = new Map<string, OperationRecord>();
    for (const operation of operations) {
      const hash = contentHash(operation);
      const recorded = known.get(operation.id);
      const repeated = records.get(operation.id);
      if (recorded) {
        const same = recorded.author_id === operation.actorId && recorded.content_hash === hash;
        outcomes.push(() => (same ? answer(operation.id, verdictOf(recorded), recorded.seq) : reused(operation.id)));
        continue;
      }
      if (repeated) {
        outcomes.push((seq) => (repeated.contentHash === hash ? answer(operation.id, repeated.verdict, seq) : reused(operation.id)));
        continue;
      }
      if (skipTouched && work.isTouched(operation.ticketId)) {
        outcomes.push(() => ({ id: operation.id, status: 'skipped' }));
        continue;
      }
      const verdict = await importOne(work, desk, operation, tx.now.toISOString());
      records.set(operation.id, {
        id: operation.id,
        name: operation.name,
        ticketId: operation.ticketId,
        authorId: operation.actorId,
        contentHash: hash,
        verdict,
        refusedClaim: null,
        imported: true,
        appliedAt: operation.at,
        occurredAt: operation.at,
        body: null,
        before: null,
      });
      outcomes.push((seq) => answer(operation.id, verdict, seq));
    }
    await work.flush();
    if (records.size > 0) await appendAudit(tx, by, 'imported', { operations: records.size });
    tx.afterSeq((seq) => {
      seqTaken = seq;
      const rows = [...records.values()].map((record) => operationRow(record, seq));
      return [...slices(rows)].map((some) => tx.insertInto('operation').values(some));
    });
    return outcomes;
  });
  return finish.map((outcome) => outcome(seqTaken));
}

async function importOne(work: Work, desk: DeskSnapshot, operation: ImportOperation, now: string): Promise<Verdict> {
  const refuse = (refusal: Refusal): Verdict => ({ status: 'rejected', refusal });
  if (operation.at < OLDEST) return refuse({ code: 'invalid', problems: [{ path: 'at', message: 'too_early' }] });
  if (operation.at > now) return refuse({ code: 'invalid', problems: [{ path: 'at', message: 'too_late' }] });
  if (operation.actorId !== SYSTEM_ACTOR && !desk.person(operation.actorId)) return refuse({ code: 'unknown_reference', field: 'actorId' });
  const subject = work.subject(operation.ticketId);
  const result = run(operation.name, subject, operation.input, {
    actor: actorOf(desk, operation.actorId),
    now: operation.at,
    occurredAt: operation.at,
    operationId: operation.id,
    ticketId: operation.ticketId,
    offline: false,
    imported: true,
    desk,
  });
  if (!result.ok) return refuse(result.refusal);
  if ('superseded' in result) return { status: 'superseded', revision: subject.ticket?.revision ?? 0 };
  return { status: 'applied', revision: await work.apply(result.change, { operationId: operation.id, imported: true }) };
}

function answer(id: string, verdict: Verdict, seq: number): Outcome {
  if (verdict.status === 'rejected') return { id, status: 'rejected', refusal: verdict.refusal };
  return { id, status: verdict.status === 'superseded' ? 'superseded' : 'applied', seq };
}
function reused(id: string): Outcome {
  return { id, status: 'rejected', refusal: { code: 'id_reused' } };
}
