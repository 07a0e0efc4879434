/** Takes back: what was not sent is removed with what builds on it, what was sent is undone by an operation of its own. */
import type { Performed } from '#shared/contract/core.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import { run } from '#shared/domain/ticket/registry.ts';
import { isUndoable } from '#shared/domain/ticket/undo.ts';
import type { StoredOperation } from '../storage/outbox-rows.ts';
import { subjectOf, undoTargetOf } from '../view/replay.ts';
import type { Workplace } from '../workplace.ts';
import { dependencies, withDependents } from './depends.ts';
import { draftPlace } from './draft-place.ts';
import { withdraw } from './perform.ts';

/** Last first. What cannot be undone once sent (a note) stays, when something else of the list could be taken back. */
export function undo(place: Workplace, ids: readonly string[]): Performed {
  const queued: string[] = [];
  let taken = 0;
  let refused: Refusal | undefined;
  for (const id of [...ids].reverse()) {
    const operation = place.outbox.get(id);
    if (!operation || operation.authorId !== place.personId) {
      // Removed a moment ago together with what it builds on.
      if (taken === 0) refused = { code: 'not_found' };
      continue;
    }
    const result = undoOne(place, operation);
    if (typeof result === 'object') refused = refused ?? result;
    else taken += 1;
    if (typeof result === 'string') queued.push(result);
  }
  if (taken === 0) return { ok: false, refusal: refused ?? { code: 'not_found' } };
  return { ok: true, operationIds: queued, claimed: false, undoable: false };
}

/** True: removed; a string: the undo that was queued. */
function undoOne(place: Workplace, operation: StoredOperation): true | string | Refusal {
  const { outbox, personId } = place;
  if (operation.state === 'queued') {
    const pending = outbox.pending(personId).filter((one) => one.ticketId === operation.ticketId);
    const gone = withDependents(operation.id, pending);
    // One that builds on it may be on its way to the server already: then its base must not vanish.
    if (gone.every((one) => one.state === 'queued')) {
      for (const one of gone) withdraw(place, one.id);
      return true;
    }
  }
  if (operation.state === 'rejected') return { code: 'not_found' };
  if (operation.state === 'superseded') return { code: 'undo_impossible', why: 'kind' };
  if (!isUndoable(operation.name)) return { code: 'undo_impossible', why: 'kind' };
  return queueUndo(place, operation);
}

function queueUndo(place: Workplace, target: StoredOperation): string | Refusal {
  const { outbox, personId } = place;
  const id = place.machine.newId();
  const later = outbox
    .ofTicket(personId, target.ticketId)
    .filter((one) => one.position > target.position && one.name !== 'undo' && (one.state === 'applied' || one.state === 'queued'));
  const undone = new Set(
    outbox
      .ofTicket(personId, target.ticketId)
      .filter((one) => one.name === 'undo' && one.state !== 'rejected')
      .map((one) => String(one.input.operationId)),
  );
  if (undone.has(target.id)) return { code: 'not_found' };
  const followers = later.filter((one) => !undone.has(one.id)).map((one) => one.name);
  const input = { operationId: target.id };
  const state = place.view.state(target.ticketId);
  const context = { ...place.context(id, target.ticketId), undoTarget: undoTargetOf(target, followers) };
  const result = run('undo', subjectOf(state), input, context);
  if (!result.ok) return result.refusal;
  outbox.transaction(() => {
    const pending = outbox.pending(personId).filter((one) => one.ticketId === target.ticketId);
    outbox.add(personId, {
      id,
      name: 'undo',
      ticketId: target.ticketId,
      ticketNumber: state.ticket?.number ?? target.ticketNumber,
      ticketTitle: state.ticket?.title ?? target.ticketTitle,
      input,
      madeAt: context.now,
      occurredAt: context.now,
      offline: context.offline,
      after: dependencies('undo', input, pending),
      before: null,
      draft: null,
    });
    // What was typed for it comes back to be sent differently.
    if (target.draft) outbox.giveBack(personId, draftPlace(target), target.draft, context.now);
  });
  place.noteMadeHere(id);
  place.view.refresh();
  return id;
}
