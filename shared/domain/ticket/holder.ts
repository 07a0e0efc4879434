/** Who may be a ticket's holder, and how a ticket changes hands. */
import { isTechnicianOf } from '../access.ts';
import type { Instant, Ticket } from '../model.ts';
import type { Desk } from '../operation.ts';
import { heldFacts, pooledFacts } from './sla-facts.ts';

/** An active technician or lead of the team. */
export function mayHold(personId: string, teamId: string, desk: Desk): boolean {
  return desk.person(personId)?.active === true && isTechnicianOf({ id: personId, memberships: desk.memberships(personId) }, teamId);
}

/** The same person again after a refusal or a reopening, if still active in the team; else nobody. */
export function holderAgain(ticket: Ticket, desk: Desk): string | null {
  return ticket.holderId !== null && mayHold(ticket.holderId, ticket.teamId, desk) ? ticket.holderId : null;
}

/** Clocks run only while a ticket is open or waiting; later changes of hands leave them alone. */
export function handOver(ticket: Ticket, holderId: string | null, at: Instant): Ticket {
  const active = ticket.phase === 'open' || ticket.phase === 'waiting';
  const move = holderId === null ? pooledFacts : heldFacts;
  const sla = active ? move(ticket.sla, at) : ticket.sla;
  return { ...ticket, holderId, heldSince: holderId === null ? null : at, sla };
}
