import { nameOfPerson } from '../names.ts';
import type { HeldSubject, OperationContext } from '../operation.ts';
import type { Refusal } from '../refusal.ts';

/** Compares the holder that the author acted on with the current one; told with both names. */
export function refuseChangedHolder(
  { ticket }: HeldSubject,
  seenHolderId: string | null,
  { imported, desk }: OperationContext,
): Refusal | undefined {
  if (imported || seenHolderId === ticket.holderId) return undefined;
  const name = (id: string | null) => (id === null ? null : nameOfPerson(id, desk));
  return { code: 'changed', field: 'holder', seen: name(seenHolderId), current: name(ticket.holderId) };
}
