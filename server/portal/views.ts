/** What requesters' pages show of a ticket: in names instead of ids, public things only. */
import type { DecisionView, PortalResolution, PortalTicket, PortalTicketView } from '#shared/contract/portal.ts';
import type { Entry, Instant, Resolution } from '#shared/domain/model.ts';
import { nameOfPerson } from '#shared/domain/names.ts';
import type { Actor } from '#shared/domain/operation.ts';
import { closesAt } from '#shared/domain/sla/closing.ts';
import { rateUntil } from '#shared/domain/ticket/rate.ts';
import type { DeskSnapshot } from '../db/desk.ts';
import { promisesOf } from './promises.ts';
import { mayDo, type TicketFacts } from './ticket-facts.ts';

/** Who reads it, and when. */
export interface Reader {
  actor: Actor;
  desk: DeskSnapshot;
  now: Instant;
}

export function portalTicket(facts: TicketFacts, { actor, desk, now }: Reader): PortalTicket {
  const { ticket, resolution } = facts.subject;
  return {
    id: ticket.id,
    number: ticket.number,
    kind: ticket.kind,
    title: ticket.title,
    urgency: ticket.urgency,
    phase: ticket.phase,
    isRequester: ticket.requesterId === actor.id,
    isBeneficiary: ticket.beneficiaryId === actor.id,
    requesterName: nameOfPerson(ticket.requesterId, desk),
    beneficiaryName: nameOfPerson(ticket.beneficiaryId, desk),
    holderName: ticket.holderId === null ? null : nameOfPerson(ticket.holderId, desk),
    openedAt: ticket.openedAt,
    resolvedAt: ticket.resolvedAt,
    closedAt: ticket.closedAt,
    // Why it waits is for them, what technicians wrote beside it is not.
    wait: ticket.wait && { reason: ticket.wait.reason, detail: '', wakeAt: ticket.wait.wakeAt },
    callbackAt: ticket.callback?.at ?? null,
    promises: promisesOf(ticket, desk, now),
    resolvedByName: ticket.phase === 'resolved' && resolution ? nameOfPerson(resolution.by, desk) : null,
    mayDecide: mayDo('validate', facts, actor, desk, now),
    rating: resolution?.rating ?? null,
    timeZone: desk.calendar(ticket.siteId).schedule.timeZone,
  };
}

function portalResolution(resolution: Resolution, desk: DeskSnapshot): PortalResolution {
  const { id, by, at, text, decision, rating } = resolution;
  const byName = decision?.by == null ? null : nameOfPerson(decision.by, desk);
  return {
    id,
    byName: nameOfPerson(by, desk),
    at,
    text,
    decision: decision && { kind: decision.kind, byName, at: decision.at, reason: decision.reason },
    rating,
  };
}

/** `resolution`: the one that is shown; what may be done is offered on the newest only. */
export function endingOf(facts: TicketFacts, resolution: Resolution | undefined, { actor, desk, now }: Reader): PortalTicketView['ending'] {
  const { ticket, resolution: newest } = facts.subject;
  const isNewest = resolution !== undefined && resolution.id === newest?.id;
  const isUnanswered = isNewest && ticket.phase === 'resolved';
  return {
    resolution: resolution ? portalResolution(resolution, desk) : null,
    mayDecide: isNewest && mayDo('validate', facts, actor, desk, now),
    mayRate: isNewest && mayDo('rate', facts, actor, desk, now),
    rateUntil: resolution ? rateUntil(resolution) : null,
    closesAt: isUnanswered ? closesAt(resolution, desk.policy(), desk.calendar(ticket.siteId)) : null,
    refusals: ticket.counts.refusals,
    leadNames: desk
      .leads(ticket.teamId)
      .filter((id) => desk.person(id)?.active === true)
      .map((id) => nameOfPerson(id, desk)),
  };
}

/** Public lines, and calls without what was noted of them: that somebody tried is the reader's business. */
function publicEntries(entries: readonly Entry[]): Entry[] {
  return entries.flatMap((entry): Entry[] => {
    if (entry.undone) return [];
    if (entry.kind === 'called') return [{ ...entry, visibility: 'public', data: { ...entry.data, number: '', note: '' } }];
    if (entry.visibility !== 'public') return [];
    return [entry.kind === 'waiting' ? { ...entry, data: { ...entry.data, detail: '' } } : entry];
  });
}

function namesIn(entries: readonly Entry[], desk: DeskSnapshot): Record<string, string> {
  const ids = entries.flatMap((entry) => [
    entry.authorId,
    ...(entry.kind === 'assigned' ? [entry.data.fromId, entry.data.toId] : []),
    ...(entry.kind === 'contact_edited' ? [entry.data.beneficiaryId] : []),
  ]);
  return Object.fromEntries(ids.flatMap((id) => (id === null ? [] : [[id, nameOfPerson(id, desk)]])));
}

export function portalTicketView(facts: TicketFacts, reader: Reader): PortalTicketView {
  const { actor, desk, now } = reader;
  const { ticket, resolution } = facts.subject;
  const entries = publicEntries(facts.entries);
  return {
    ticket: portalTicket(facts, reader),
    description: ticket.description,
    phone: ticket.phone,
    place: ticket.place,
    siteName: desk.site(ticket.siteId)?.name ?? ticket.siteId,
    category: desk.category(ticket.categoryId)?.names ?? { fr: ticket.categoryId, en: ticket.categoryId },
    ending: endingOf(facts, resolution, reader),
    mayWrite: mayDo('note', facts, actor, desk, now),
    mayCancel: mayDo('cancel', facts, actor, desk, now),
    entries,
    names: namesIn(entries, desk),
    serverTime: now,
  };
}

/** `resolution`: the one that the link is about. */
export function decisionView(facts: TicketFacts, resolution: Resolution, reader: Reader, fallbackService: string): DecisionView {
  const { actor, desk, now } = reader;
  const { ticket, resolution: newest } = facts.subject;
  const person = desk.person(actor.id);
  return {
    service: desk.service()?.name ?? fallbackService,
    person: { id: actor.id, name: person?.name ?? actor.id, language: person?.language ?? 'fr' },
    number: ticket.number,
    title: ticket.title,
    kind: ticket.kind,
    ending: endingOf(facts, resolution, reader),
    isReplaced: newest !== undefined && newest.id !== resolution.id,
    timeZone: desk.calendar(ticket.siteId).schedule.timeZone,
    serverTime: now,
  };
}
