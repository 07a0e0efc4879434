/** What only this console has, as a file that a person can read and send to somebody: the way out when a server never takes it. */
import type { Workplace } from '../workplace.ts';

export function exportOutbox(place: Workplace): string {
  const { outbox, personId } = place;
  const operations = [
    ...outbox.pending(personId),
    ...outbox.rejections(personId).flatMap(({ rejection }) => outbox.get(rejection.operationId) ?? []),
  ].map(({ id, name, ticketId, ticketNumber, ticketTitle, input, madeAt, occurredAt, offline, after, state, outcome }) => ({
    id,
    name,
    ticket: { id: ticketId, number: ticketNumber, title: ticketTitle },
    input,
    madeAt,
    occurredAt,
    offline,
    after,
    state,
    refusal: outcome?.status === 'rejected' ? outcome.refusal : null,
  }));
  const exported = {
    exportedAt: place.now(),
    person: personId,
    operations,
    // Their bytes lie in the profile.
    files: outbox.files.ofPerson(personId).map(({ id, name, size, sha256, state }) => ({ id, name, size, sha256, state })),
    drafts: outbox.allDrafts(personId),
    call: outbox.call(personId),
  };
  return `${JSON.stringify(exported, null, 2)}\n`;
}
