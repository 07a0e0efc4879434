/**
 * What the technician sees of one ticket: its confirmed rows with his own unconfirmed operations run over them again, by the same
 * rules as the server's. Computed, never stored.
 */
import type { Entry, Resolution, Ticket } from '#shared/domain/model.ts';
import type { Actor, Change, Desk, OperationContext, Subject, UndoTarget } from '#shared/domain/operation.ts';
import { pastHoldersOf } from '#shared/domain/ticket/past-holders.ts';
import { proposeSolution } from '#shared/domain/ticket/propose-solution.ts';
import { run } from '#shared/domain/ticket/registry.ts';
import { Solution } from '#shared/domain/ticket/resolve.ts';
import type { StoredOperation } from '../storage/outbox-rows.ts';

export interface TicketState {
  ticket: Ticket | undefined;
  entries: Entry[];
  resolutions: Resolution[];
}

export function subjectOf(state: TicketState): Subject {
  const standing = state.resolutions.filter((resolution) => !resolution.undone);
  standing.sort((a, b) => (a.at < b.at ? -1 : 1));
  return {
    ticket: state.ticket,
    resolution: standing[standing.length - 1],
    pastHolders: state.ticket ? pastHoldersOf(state.entries, state.ticket) : [],
  };
}

/** What operations refer to beside their ticket and the desk. */
export type Lookup = Required<Pick<OperationContext, 'upload' | 'otherTicket'>>;

export function contextOf(operation: StoredOperation, actor: Actor, desk: Desk, lookup: Lookup): OperationContext {
  return {
    actor,
    now: operation.madeAt,
    occurredAt: operation.occurredAt,
    operationId: operation.id,
    ticketId: operation.ticketId,
    offline: operation.offline,
    imported: false,
    desk,
    ...lookup,
  };
}

/** `target` is what the outbox recorded when it was made; `followers`: names of what came after it. */
export function undoTargetOf(target: StoredOperation, followers: readonly string[]): UndoTarget | undefined {
  if (!target.before) return undefined;
  return {
    operationId: target.id,
    name: target.name,
    authorId: target.authorId,
    appliedAt: target.answeredAt ?? target.madeAt,
    before: target.before.ticket,
    resolutionBefore: target.before.resolution,
    followedBy: followers,
    mailLeft: false,
  };
}

/** Puts a change over the state; rows of the server with the same id stay, they know more. */
export function applyChange(state: TicketState, change: Change): TicketState {
  const undone = change.undoneOperationId;
  const known = new Set(state.entries.map((entry) => entry.id));
  const entries = [...state.entries, ...change.entries.filter((entry) => !known.has(entry.id))].map((entry) =>
    undone !== undefined && (entry.id === undone || entry.id.startsWith(`${undone}.`)) ? { ...entry, undone: true } : entry,
  );
  const made = change.resolution;
  const resolutions = made ? [...state.resolutions.filter((one) => one.id !== made.id), made] : state.resolutions;
  return { ticket: change.ticket, entries, resolutions };
}

/**
 * Runs `operations` (one ticket's, in order) over the confirmed state. One that the rules refuse now is left out: the server will say why.
 * `lookup.operation`: an older one by its id, for what an undo takes back.
 */
export function replay(
  confirmed: TicketState,
  operations: readonly StoredOperation[],
  actor: Actor,
  desk: Desk,
  lookup: Lookup & { operation: (id: string) => StoredOperation | undefined },
): TicketState {
  const replayed = new Set(operations.map((operation) => operation.id));
  const takenBack = new Set(operations.filter((one) => one.name === 'undo').map((one) => String(one.input.operationId)));
  let state = confirmed;
  for (const operation of operations) {
    // An undo whose target is not confirmed yet: neither of them shows.
    if (takenBack.has(operation.id) || (operation.name === 'undo' && replayed.has(String(operation.input.operationId)))) continue;
    state = step(state, operation, actor, desk, lookup);
  }
  return state;
}

function step(
  state: TicketState,
  operation: StoredOperation,
  actor: Actor,
  desk: Desk,
  lookup: Lookup & { operation: (id: string) => StoredOperation | undefined },
): TicketState {
  const subject = subjectOf(state);
  const context = contextOf(operation, actor, desk, lookup);
  if (operation.outcome?.status === 'kept' && operation.outcome.as === 'solution_proposed') {
    const solution = Solution.safeParse(operation.input);
    if (!subject.ticket || !solution.success) return state;
    return applyChange(state, proposeSolution({ ...subject, ticket: subject.ticket }, solution.data, context));
  }
  if (operation.name === 'undo') {
    const target = lookup.operation(String(operation.input.operationId));
    context.undoTarget = target && undoTargetOf(target, []);
  }
  const result = run(operation.name, subject, operation.input, context);
  return result.ok && 'change' in result ? applyChange(state, result.change) : state;
}
