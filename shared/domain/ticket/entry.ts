import type { Entry, EntryData, EntryKind, Instant } from '../model.ts';
import type { OperationContext } from '../operation.ts';

/**
 * A line of the timeline as the operation's author wrote it; `nth` counts the entries of one operation (the second adds ".2").
 * `at`: when it happened, if not when the work was done.
 */
export function entryOf<K extends EntryKind>(
  context: OperationContext,
  kind: K,
  data: EntryData[K],
  visibility: Entry['visibility'],
  nth = 1,
  at: Instant = context.occurredAt,
): Entry {
  const entry = {
    id: nth === 1 ? context.operationId : `${context.operationId}.${nth}`,
    ticketId: context.ticketId,
    authorId: context.actor.id,
    at,
    visibility,
    offline: context.offline,
    undone: false,
    revision: 0,
    kind,
    data,
  };
  // The pairing of kind and data is in the signature; a union cannot be built from a generic one.
  return entry as Entry;
}
