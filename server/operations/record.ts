/** The record of operations: what was sent under an id, and what came of it. It answers resends and decides dependents. */
import { createHash } from 'node:crypto';
import type { PushOutcome } from '#shared/contract/api.ts';
import { canonicalJson } from '#shared/contract/canonical.ts';
import type { Ticket } from '#shared/domain/model.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import type { ReadDb, WriteTx } from '../db/database.ts';
import type { Query } from '../db/store.ts';
import type { OperationTable } from '../db/tables.ts';

/** What came of an operation, without its place in the feed. */
export type Verdict =
  | { status: 'applied'; revision: number }
  | { status: 'superseded'; revision: number }
  | { status: 'kept'; as: 'note' | 'log_call' | 'attach' | 'solution_proposed'; revision: number }
  | { status: 'rejected'; refusal: Refusal };

export interface OperationRecord {
  id: string;
  name: string;
  ticketId: string;
  authorId: string;
  contentHash: string;
  verdict: Verdict;
  refusedClaim: string | null;
  imported: boolean;
  appliedAt: string;
  occurredAt: string;
  body: unknown;
  before: unknown;
}

/** What says the same has the same hash, whatever the order of its fields. */
export function contentHash(content: unknown): string {
  return createHash('sha256').update(canonicalJson(content)).digest('hex');
}

export function operationRow(record: OperationRecord, seq: number): OperationTable {
  return {
    id: record.id,
    name: record.name,
    ticket_id: record.ticketId,
    author_id: record.authorId,
    content_hash: record.contentHash,
    status: record.verdict.status,
    outcome: JSON.stringify(record.verdict),
    seq,
    refused_claim: record.refusedClaim,
    imported: record.imported ? 1 : 0,
    undone: 0,
    applied_at: record.appliedAt,
    occurred_at: record.occurredAt,
    body: record.body === null ? null : JSON.stringify(record.body),
    before: record.before === null ? null : JSON.stringify(record.before),
  };
}

export type RecordedOperation = Pick<OperationTable, 'id' | 'author_id' | 'content_hash' | 'outcome' | 'seq'>;
/** Of these ids, what is on record. */
export function recordedOperations(db: ReadDb, ids: readonly string[]): Query<RecordedOperation> {
  return db.selectFrom('operation').select(['id', 'author_id', 'content_hash', 'outcome', 'seq']).where('id', 'in', ids);
}

export function verdictOf(row: Pick<OperationTable, 'outcome'>): Verdict {
  return JSON.parse(row.outcome) as Verdict;
}

/** A verdict as the contract's outcome; `ticket` as the asking session may see it now. */
export function outcomeOf(id: string, verdict: Verdict, seq: number, ticket: Ticket | null): PushOutcome {
  if (verdict.status === 'rejected') return { id, status: 'rejected', refusal: verdict.refusal, ticket };
  return { id, seq, ...verdict };
}

/**
 * What the operations that this one builds on decide. Ids that the record does not know decide nothing: the operation's own
 * rule judges then.
 */
export async function dependence(
  tx: WriteTx,
  authorId: string,
  after: readonly string[],
): Promise<{ rejected: null } | { rejected: string; refusedClaim: string | null }> {
  if (after.length === 0) return { rejected: null };
  const rows = await tx
    .selectFrom('operation')
    .select(['id', 'refused_claim'])
    .where('id', 'in', after)
    .where('author_id', '=', authorId)
    .where('status', '=', 'rejected')
    .execute();
  const plain = rows.find((row) => row.refused_claim === null);
  if (plain) return { rejected: plain.id, refusedClaim: null };
  const [first] = rows;
  return first ? { rejected: first.id, refusedClaim: first.refused_claim } : { rejected: null };
}
