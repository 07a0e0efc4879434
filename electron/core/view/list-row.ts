/** A ticket as a line of a list. */
import type { ListQuery, ListRow } from '#shared/contract/core.ts';
import type { Ticket } from '#shared/domain/model.ts';
import { dueOf } from '#shared/domain/sla/clocks.ts';
import { markedPhone, markedTicketNumber, typedNumbers } from '../storage/number-words.ts';
import { excerptOf } from '../storage/search-text.ts';
import { isDone, phonesOf, searchFieldsOf } from '../storage/ticket-columns.ts';
import type { Workplace } from '../workplace.ts';

export function listRow(place: Workplace, ticket: Ticket, query: ListQuery, refusedClaims: ReadonlySet<string>): ListRow {
  const { desk } = place;
  const round = ticket.sla.rounds[ticket.sla.rounds.length - 1];
  const waiting = place.view.pending(ticket.id)?.operations.filter((operation) => place.isWaiting(operation)) ?? [];
  return {
    id: ticket.id,
    number: ticket.number,
    kind: ticket.kind,
    title: ticket.title,
    urgency: ticket.urgency,
    phase: ticket.phase,
    beneficiary: desk.person(ticket.beneficiaryId)?.name ?? '',
    site: desk.site(ticket.siteId)?.name ?? '',
    holderId: ticket.holderId,
    holder: ticket.holderId === null ? null : (desk.person(ticket.holderId)?.name ?? ticket.holderId),
    due: isDone(ticket) ? { state: 'none' } : dueOf(ticket, desk.policy(), desk.calendar(ticket.siteId), place.now()),
    attempted: !isDone(ticket) && round !== undefined && round.attempts > 0 && round.contactMetAt === null,
    refused: ticket.refusal !== null && !isDone(ticket),
    callbackAt: ticket.callback?.at ?? null,
    unsent: waiting.length > 0,
    toConfirm: waiting.some((operation) => operation.name === 'claim') && ticket.holderId === place.personId,
    claimRefused: refusedClaims.has(ticket.id),
    found: query.text === '' ? null : foundIn(place, ticket, query.text),
  };
}

/** The first field, in order of what a person would look at, where the last typed word (or another) is found. */
function foundIn(place: Workplace, ticket: Ticket, text: string): ListRow['found'] {
  const typed = typedNumbers(text);
  const last = typed.at(-1);
  if (ticket.number !== null && last !== undefined && text.slice(last.end).trim() === '') {
    const excerpt = markedTicketNumber(ticket.number, last);
    if (excerpt !== undefined) return { field: 'number', excerpt };
  }
  const personOf = (id: string) => place.desk.person(id);
  for (const { phone, personId } of typed.length > 0 ? phonesOf(ticket, personOf) : []) {
    for (const number of typed) {
      const excerpt = markedPhone(phone, number, place.desk.defaultCountry());
      if (excerpt === undefined) continue;
      if (personId === ticket.beneficiaryId) return { field: 'phone', excerpt };
      return { field: 'person', excerpt: `${personOf(personId)?.name} · ${excerpt}` };
    }
  }
  // Most are found here; the rest of the ticket is read for the others only.
  for (const [field, whole] of [['number', ticket.number ?? ''] as const, ['title', ticket.title] as const]) {
    const excerpt = excerptOf(whole, text, true);
    if (excerpt !== undefined) return { field, excerpt };
  }
  const state = place.view.state(ticket.id);
  const fields = searchFieldsOf(ticket, state.entries, state.resolutions, personOf);
  const candidates = [
    ...fields.people.split('\n').map((line) => ['person', line] as const),
    ['solution', fields.solutions] as const,
    ['note', fields.notes] as const,
    ['description', ticket.description] as const,
  ];
  for (const [field, whole] of candidates) {
    const excerpt = excerptOf(whole, text, field === 'person');
    if (excerpt !== undefined) return { field, excerpt };
  }
  return null;
}
