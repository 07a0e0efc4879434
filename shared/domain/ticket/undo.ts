import { z } from 'zod';
import { msOf } from '../instant.ts';
import { type SlaFacts, type Ticket, Uuid } from '../model.ts';
import { defineOperation, type HeldSubject, type OperationContext, type UndoTarget } from '../operation.ts';
import type { Refusal } from '../refusal.ts';

/** Nobody builds on these: an undo of what came before them is still possible. */
export const harmlessFollowers: ReadonlySet<string> = new Set(['note', 'log_call', 'attach', 'link']);
/** These offer no undo once they were sent. */
const lasting: ReadonlySet<string> = new Set([...harmlessFollowers, 'open', 'undo', 'rate', 'auto_close', 'close']);
export const UNDO_MS = 60_000;

export function isUndoable(name: string): boolean {
  return !lasting.has(name);
}

/** Takes back what its author did in the last minute; fields and clocks are as before. Unsent operations are removed instead. */
export const undo = defineOperation({
  name: 'undo',
  input: z.strictObject({ operationId: Uuid }),
  who: 'author',
  from: { phase: ['open', 'waiting', 'resolved', 'closed', 'cancelled'] },
  offline: 'queued',
  apply: ({ ticket, resolution }: HeldSubject, { operationId }, context) => {
    const target = context.undoTarget;
    if (target === undefined || target.operationId !== operationId) return { code: 'not_found' };
    const refusal = refuseUndo(target, context);
    if (refusal !== undefined) return refusal;
    const made = target.resolutionBefore;
    const current = resolution?.id === made?.id ? resolution : undefined;
    const restored = made?.row ?? (current && { ...current, undone: true });
    return {
      ticket: restore(ticket, target, context),
      entries: [],
      ...(made && restored && { resolution: restored }),
      undoneOperationId: operationId,
    };
  },
});

function refuseUndo(target: UndoTarget, { actor, now }: OperationContext): Refusal | undefined {
  if (target.authorId !== actor.id) return { code: 'undo_impossible', why: 'not_author' };
  if (!isUndoable(target.name)) return { code: 'undo_impossible', why: 'kind' };
  if (target.mailLeft) return { code: 'undo_impossible', why: 'mail_left' };
  if (target.followedBy.some((name) => !harmlessFollowers.has(name))) return { code: 'undo_impossible', why: 'followed' };
  if (msOf(now) - msOf(target.appliedAt) > UNDO_MS) return { code: 'undo_impossible', why: 'too_late' };
  return undefined;
}

/** The ticket as it was, with what calls since then have added: they happened. */
function restore(ticket: Ticket, { name, before, followedBy }: UndoTarget, { now }: OperationContext): Ticket {
  const called = followedBy.includes('log_call');
  return {
    ...before,
    number: ticket.number,
    revision: ticket.revision,
    updatedAt: now,
    callback: called ? ticket.callback : before.callback,
    sla: called ? withCalls(before.sla, ticket.sla, name) : before.sla,
  };
}
function withCalls(before: SlaFacts, current: SlaFacts, undone: string): SlaFacts {
  // An attempt during a wait cuts its pause in two: kept, unless the pause itself is what is taken back.
  const samePause = undone !== 'wait' && before.pauses.at(-1)?.to === null && current.pauses.at(-1)?.to === null;
  return {
    ...before,
    rounds: before.rounds.map((round, index) => {
      const since = current.rounds[index];
      return since === undefined ? round : { ...round, attempts: since.attempts, contactMetAt: since.contactMetAt };
    }),
    pauses: samePause ? current.pauses : before.pauses,
  };
}
