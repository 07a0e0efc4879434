/** What lists filter, sort and search by, derived from a ticket: the same for confirmed rows and for pending work. */
import type { Due } from '#shared/contract/sla.ts';
import type { Attachment, Entry, Person, Phone, Resolution, Ticket } from '#shared/domain/model.ts';
import type { TicketColumns } from './cache-schema.ts';
import { phoneWords, ticketWords } from './number-words.ts';
import { beginningsOf } from './search-text.ts';

/** Paused tickets follow the running ones, then those without a clock; a finished one sorts by when it ended, latest first. */
const PAUSED = 1e13;
const WITHOUT_CLOCK = 2e13;

function dueKey(ticket: Ticket, due: Due): number {
  if (isDone(ticket)) return -Date.parse(ticket.closedAt ?? ticket.resolvedAt ?? ticket.updatedAt);
  if (due.state === 'running') return Date.parse(due.dueAt);
  return due.state === 'paused' ? PAUSED + Math.round(due.remainingMs) : WITHOUT_CLOCK;
}

export function isDone(ticket: Ticket): boolean {
  return ticket.phase !== 'open' && ticket.phase !== 'waiting';
}

/** Somebody waits who was told already that it is solved: it comes first, until it is resolved again or put off. */
function comesFirst(ticket: Ticket): boolean {
  return ticket.refusal !== null && ticket.phase === 'open';
}

export function columnsOf(ticket: Ticket, due: Due, key: number): TicketColumns {
  return {
    key,
    id: ticket.id,
    done: isDone(ticket) ? 1 : 0,
    phase: ticket.phase,
    holder_id: ticket.holderId,
    beneficiary_id: ticket.beneficiaryId,
    team_id: ticket.teamId,
    site_id: ticket.siteId,
    kind: ticket.kind,
    category_id: ticket.categoryId,
    refused_rank: comesFirst(ticket) ? 0 : 1,
    due_key: dueKey(ticket, due),
    urgency_rank: { high: 0, medium: 1, low: 2 }[ticket.urgency],
    callback_ms: ticket.callback ? Date.parse(ticket.callback.at) : null,
    callback_by: ticket.callback?.by ?? null,
  };
}

export interface SearchFields {
  number: string;
  title: string;
  description: string;
  notes: string;
  people: string;
  solutions: string;
  /** How the words of number, title and people begin; and telephone numbers, and the ticket number's series (number-words.ts). */
  beginnings: string;
}

/** "I-2026-000123" → "123": what people say on the phone. */
export function shortNumber(number: string): string {
  return number.replace(/^.*-0*/, '');
}

/** Numbers by which a ticket is found, and whose they are; the ticket's own first. */
export function phonesOf(
  ticket: Ticket,
  personOf: (id: string) => Pick<Person, 'phone'> | undefined,
): { phone: Phone; personId: string }[] {
  const people = [...new Set([ticket.beneficiaryId, ticket.requesterId])];
  const theirs = people.flatMap((personId) => {
    const phone = personOf(personId)?.phone;
    return phone ? [{ phone, personId }] : [];
  });
  return [{ phone: ticket.phone, personId: ticket.beneficiaryId }, ...theirs];
}

/** What an attachment is found by: "capture-voyants.png" has the words "capture", "voyants" and "png". */
export function nameOfAttachment(attachment: Attachment): string {
  return attachment.kind === 'file' ? attachment.name : `${attachment.title} ${attachment.url}`;
}

/** Texts by which a ticket is found. */
export function searchFieldsOf(
  ticket: Ticket,
  entries: readonly Entry[],
  resolutions: readonly Resolution[],
  personOf: (personId: string) => Pick<Person, 'name' | 'phone'> | undefined,
): SearchFields {
  const notes: string[] = [];
  for (const entry of entries) {
    if (entry.undone) continue;
    if (entry.kind === 'noted') notes.push(entry.data.text);
    else if (entry.kind === 'called') notes.push(entry.data.note);
    else if (entry.kind === 'waiting') notes.push(entry.data.detail);
    else if (entry.kind === 'attached') notes.push(nameOfAttachment(entry.data.attachment));
    else if (entry.kind === 'solution_proposed') notes.push(entry.data.text);
    else if (entry.kind === 'rated') notes.push(entry.data.comment);
    else if (entry.kind === 'refused' || entry.kind === 'reopened' || entry.kind === 'cancelled') notes.push(entry.data.reason);
  }
  const people = new Set([ticket.requesterId, ticket.beneficiaryId, ticket.holderId ?? ticket.openedBy]);
  const short = ticket.number === null ? '' : shortNumber(ticket.number);
  const number = ticket.number === null ? '' : `${ticket.number} ${short}`;
  const numbers = [
    ...(ticket.number === null ? [] : ticketWords(ticket.number)),
    ...phonesOf(ticket, personOf).flatMap(({ phone }) => phoneWords(phone)),
  ];
  const names = [...people].map((id) => personOf(id)?.name ?? '').join('\n');
  return {
    number,
    title: ticket.title,
    description: ticket.description,
    notes: notes.filter((note) => note !== '').join('\n'),
    people: names,
    beginnings: `${beginningsOf(`${ticket.title} ${names}`)} ${[...new Set(numbers)].join(' ')}`,
    solutions: resolutions
      .filter((resolution) => !resolution.undone)
      .map((resolution) => resolution.text)
      .join('\n'),
  };
}
