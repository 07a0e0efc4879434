/** Asks core for an operation and offers its undo; every outcome is a value. */
import type { CoreFailure, Performed, TicketDetail } from '#shared/contract/core.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import { CoreError, core } from '../core/client.ts';
import { useUndo } from './undo.ts';

export type Outcome =
  | { kind: 'done'; performed: Extract<Performed, { ok: true }> }
  | { kind: 'refused'; refusal: Refusal }
  /** Core could not keep it: disk full, not ready… Nothing was done. */
  | { kind: 'failed'; failure: CoreFailure };

export interface Wish {
  name: string;
  ticketId: string;
  /** For the undo notice. */
  ticketLabel: string;
  input: Record<string, unknown>;
  /** The form whose draft it consumes. */
  draft: string | null;
  /** How the undo notice explains what was done: a key of the namespace `ticket`. */
  because?: string;
  onUndone?: () => void;
}

export const labelOf = ({ ticket }: Pick<TicketDetail, 'ticket'>): string => ticket.number ?? ticket.title;

/** Says what was done, where it can be taken back. */
export function offerUndo(
  name: string,
  performed: Extract<Performed, { ok: true }>,
  ticketLabel: string,
  { because, onUndone, count = 1 }: Pick<Wish, 'because' | 'onUndone'> & { count?: number } = {},
): void {
  if (!performed.undoable) return;
  useUndo.getState().offer({
    operationIds: performed.operationIds,
    title: `done.${name}`,
    count,
    detail: because ?? (performed.claimed && name !== 'claim' ? 'done.andClaimed' : null),
    ticket: ticketLabel,
    ...(onUndone ? { onUndone } : {}),
  });
}

export async function perform(wish: Wish): Promise<Outcome> {
  const { name, ticketId, input, draft } = wish;
  try {
    const performed = await core.call('perform', { name, ticketId, input, draft });
    if (!performed.ok) return { kind: 'refused', refusal: performed.refusal };
    offerUndo(name, performed, wish.ticketLabel, wish);
    return { kind: 'done', performed };
  } catch (error) {
    return { kind: 'failed', failure: failureOf(error) };
  }
}

function failureOf(error: unknown): CoreFailure {
  return error instanceof CoreError ? error.failure : { kind: 'internal', message: String(error) };
}

/** Does a refused operation once more; what stands against it, or null. */
export async function repeat(operationId: string): Promise<Exclude<Outcome, { kind: 'done' }> | null> {
  try {
    const performed = await core.call('repeatRejected', operationId);
    return performed.ok ? null : { kind: 'refused', refusal: performed.refusal };
  } catch (error) {
    return { kind: 'failed', failure: failureOf(error) };
  }
}
