/** What outbox.db holds, as objects. */
import { z } from 'zod';
import { PushOutcome } from '#shared/contract/api.ts';
import { Id, Instant, Phone, Resolution, Ticket, Uuid } from '#shared/domain/model.ts';
import { DamagedRow } from './sqlite.ts';

/**
 * queued: never sent. sending: sent at least once, its answer not known. stopped: the server failed on it, it waits for another try.
 * The others are the server's outcomes.
 */
export const OperationState = z.enum(['queued', 'sending', 'stopped', 'applied', 'superseded', 'kept', 'rejected']);
export type OperationState = z.infer<typeof OperationState>;
export const pendingStates = ['queued', 'sending', 'stopped'] as const satisfies readonly OperationState[];

/** What an undo needs to know of the state before. */
export const BaseValues = z.object({
  ticket: Ticket,
  resolution: z.object({ id: z.string(), row: Resolution.nullable() }).nullable(),
});
export type BaseValues = z.infer<typeof BaseValues>;

export const StoredDraft = z.object({ form: z.string(), content: z.record(z.string(), z.unknown()) });
export type StoredDraft = z.infer<typeof StoredDraft>;

export interface NewOperation {
  id: string;
  name: string;
  ticketId: string;
  ticketNumber: string | null;
  ticketTitle: string;
  input: Record<string, unknown>;
  madeAt: Instant;
  occurredAt: Instant;
  offline: boolean;
  after: string[];
  before: BaseValues | null;
  draft: StoredDraft | null;
}
export interface StoredOperation extends NewOperation {
  position: number;
  authorId: string;
  state: OperationState;
  outcome: PushOutcome | null;
  seq: number | null;
  revision: number | null;
  answeredAt: Instant | null;
  sentAt: Instant | null;
}

export interface OperationRecord {
  position: number;
  id: string;
  author_id: string;
  name: string;
  ticket_id: string;
  ticket_number: string | null;
  ticket_title: string;
  input: string;
  made_at: string;
  occurred_at: string;
  offline: number;
  after: string;
  state: string;
  outcome: string | null;
  seq: number | null;
  revision: number | null;
  answered_at: string | null;
  before: string | null;
  draft: string | null;
  sent_at: string | null;
}

function parsed<T>(schema: z.ZodType<T>, json: string | null): T | null {
  return json === null ? null : schema.parse(JSON.parse(json));
}

/** A file of an older program, or of a disk that errs, is outside input too: each part is parsed. @throws DamagedRow */
export function operationOf(record: OperationRecord): StoredOperation {
  try {
    return parsedOperation(record);
  } catch (error) {
    throw new DamagedRow(`operation ${record.position}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function parsedOperation(record: OperationRecord): StoredOperation {
  return {
    position: record.position,
    id: record.id,
    authorId: record.author_id,
    name: record.name,
    ticketId: record.ticket_id,
    ticketNumber: record.ticket_number,
    ticketTitle: record.ticket_title,
    input: z.record(z.string(), z.unknown()).parse(JSON.parse(record.input)),
    madeAt: record.made_at,
    occurredAt: record.occurred_at,
    offline: record.offline === 1,
    after: z.array(z.string()).parse(JSON.parse(record.after)),
    state: OperationState.parse(record.state),
    outcome: parsed(PushOutcome, record.outcome),
    seq: record.seq,
    revision: record.revision,
    answeredAt: record.answered_at,
    before: parsed(BaseValues, record.before),
    draft: parsed(StoredDraft, record.draft),
    sentAt: record.sent_at,
  };
}

export const StoredCall = z.object({
  id: Uuid,
  ticketId: z.string(),
  personId: Id,
  number: Phone,
  startedAt: Instant,
  note: z.string(),
  callbackAt: Instant.nullable(),
});
export type StoredCall = z.infer<typeof StoredCall>;
