/** Everything that the ticket pane shows. */
import type { CallInProgress, TicketDetail } from '#shared/contract/core.ts';
import { SYSTEM_ACTOR } from '#shared/domain/access.ts';
import type { Entry, Person, Ticket } from '#shared/domain/model.ts';
import { slaClocks } from '#shared/domain/sla/clocks.ts';
import { whySummary } from '#shared/domain/sla/explain.ts';
import { type OperationName, offerOf, operations } from '#shared/domain/ticket/registry.ts';
import type { Workplace } from '../workplace.ts';
import { isPending } from './optimistic.ts';
import { subjectOf } from './replay.ts';
import { siteHours } from './site-hours.ts';

const offerable = Object.keys(operations).filter((name) => !['open', 'undo', 'auto_close', 'close'].includes(name)) as OperationName[];

/**
 * Null when the ticket is not in sight. `asOf`: server time of the clocks; the caller keeps it still while nothing changes, so that
 * an unchanged ticket gives an unchanged answer.
 */
export function ticketDetail(place: Workplace, ticketId: string, asOf: string, uploads: TicketDetail['uploads']): TicketDetail | null {
  const { desk, outbox, personId } = place;
  const state = place.view.state(ticketId);
  const { ticket } = state;
  if (!ticket || !desk.isReady()) return null;
  const calendar = desk.calendar(ticket.siteId);
  const pending = place.view.pending(ticketId)?.operations ?? [];
  const waiting = pending.filter((operation) => place.isWaiting(operation));
  const unconfirmed = new Set(pending.filter(isPending).map((operation) => operation.id));
  const context = { ...place.context('00000000-0000-4000-8000-000000000000', ticketId), now: asOf, occurredAt: asOf };
  const subject = subjectOf(state);
  const timeline = state.entries
    .filter((entry) => !entry.undone)
    .sort((a, b) => (a.at === b.at ? a.revision - b.revision : a.at < b.at ? -1 : 1))
    .map((entry) => ({
      entry,
      author: authorName(place, entry.authorId),
      unsent: unconfirmed.has(entry.id.slice(0, 36)),
    }));
  const drafts: TicketDetail['drafts'] = {};
  for (const draft of outbox.drafts(personId, ticketId)) drafts[draft.form] = { content: draft.content, savedAt: draft.savedAt };
  const call = callInProgress(place);
  return {
    ticket,
    people: peopleOf(place, ticket, state.entries),
    site: desk.site(ticket.siteId) ?? null,
    siteHours: siteHours(calendar.schedule, asOf),
    team: desk.team(ticket.teamId) ?? null,
    category: desk.category(ticket.categoryId) ?? null,
    timeline,
    resolutions: state.resolutions.filter((one) => !one.undone).sort((a, b) => (a.at < b.at ? -1 : 1)),
    why: whySummary(ticket, 'resolution', desk.policy(), calendar, asOf),
    clocks: slaClocks(ticket, desk.policy(), calendar, asOf),
    offers: offerable.map((name) => ({ name, ...offerOf(name, subject, context) })),
    unsent: waiting.length > 0,
    toConfirm: waiting.some((operation) => operation.name === 'claim') && ticket.holderId === personId,
    uploads,
    rejections: outbox.rejections(personId, ticketId).map((found) => found.rejection),
    drafts,
    call: call?.ticketId === ticketId ? call : null,
  };
}

/** What the server does by itself (a wake-up) is done in the service's name. */
function authorName({ desk }: Workplace, id: string): string {
  return desk.person(id)?.name ?? (id === SYSTEM_ACTOR ? desk.service()?.name : undefined) ?? id;
}

export function callInProgress(place: Workplace): CallInProgress | null {
  const call = place.outbox.call(place.personId);
  return call && { ...call, personName: place.desk.person(call.personId)?.name ?? '' };
}

function peopleOf({ desk }: Workplace, ticket: Ticket, entries: readonly Entry[]): Record<string, Person> {
  const ids = new Set([ticket.requesterId, ticket.beneficiaryId, ticket.openedBy]);
  if (ticket.holderId !== null) ids.add(ticket.holderId);
  if (ticket.refusal) ids.add(ticket.refusal.by);
  if (ticket.callback) ids.add(ticket.callback.by);
  for (const entry of entries) {
    ids.add(entry.authorId);
    if (entry.kind === 'contact_edited') ids.add(entry.data.beneficiaryId);
    if (entry.kind === 'assigned') for (const id of [entry.data.fromId, entry.data.toId]) if (id !== null) ids.add(id);
  }
  const people: Record<string, Person> = {};
  for (const id of ids) {
    const person = desk.person(id);
    if (person) people[id] = person;
  }
  return people;
}
