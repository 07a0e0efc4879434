/**
 * The one permission matrix: who may do what on a ticket, and what of it a person may read. The server sends and accepts by it,
 * the console offers by it. A role belongs to a (person, team); rights use the ticket's team.
 */
import type { Entry, Membership, Ticket } from './model.ts';
import { nameOfPerson, nameOfTeam } from './names.ts';
import type { Actor, HeldSubject, OperationContext } from './operation.ts';
import type { Refusal } from './refusal.ts';

/** The server itself as author: wake-ups and closings after the last answer day. */
export const SYSTEM_ACTOR = 'system';

/** What a person is to a ticket. A lead is a technician of the team too. */
type Relation = 'technician' | 'lead' | 'holder' | 'requester' | 'unheldRequester' | 'beneficiary' | 'reader' | 'anybody' | 'server';

/** Operations name a line of this table as their `who`; one relation of the line is enough. */
export const permissions = {
  /** open: everybody for himself; for a caller only a technician (the operation looks at its input). */
  anybody: ['anybody'],
  /** claim, log_call, link */
  technicianOfTeam: ['technician'],
  /** resolve */
  holder: ['holder'],
  /** release, assign, set_urgency, set_category, edit_contact, wait */
  holderOrLead: ['holder', 'lead'],
  /** resume: also the wake-up of a wait */
  holderLeadOrServer: ['holder', 'lead', 'server'],
  /** note, attach */
  reader: ['reader'],
  /** validate, refuse: never somebody who held the ticket */
  decider: ['beneficiary', 'requester'],
  /** rate: the operation looks at who decided; never somebody who held the ticket */
  rater: ['beneficiary', 'requester'],
  /** reopen */
  lead: ['lead'],
  /** cancel */
  withdrawer: ['unheldRequester', 'lead'],
  /** undo: the operation looks at who its target's author is */
  author: ['anybody'],
  /** auto_close, close */
  server: ['server'],
} as const satisfies Record<string, readonly Relation[]>;
export type Who = keyof typeof permissions;

type TicketSight = Pick<Ticket, 'teamId' | 'requesterId' | 'beneficiaryId' | 'openedBy'>;
/** all: everything of the ticket; public: what a requester sees of his own; none: it does not exist for this person. */
export type Sight = 'all' | 'public' | 'none';

export function isTechnicianOf(actor: Actor, teamId: string): boolean {
  return actor.memberships.some((one) => one.teamId === teamId && (one.role === 'technician' || one.role === 'lead'));
}
export function isLeadOf(actor: Actor, teamId: string): boolean {
  return actor.memberships.some((one) => one.teamId === teamId && one.role === 'lead');
}
export function leadsAmong(memberships: Iterable<Membership>, teamId: string): string[] {
  return [...memberships].filter((one) => one.teamId === teamId && one.role === 'lead').map((one) => one.personId);
}
/** Technician or lead of whatever team: may open a ticket for a caller. */
export function isTechnician(actor: Actor): boolean {
  return actor.memberships.some((one) => one.teamId !== null && (one.role === 'technician' || one.role === 'lead'));
}

/** Who opened a ticket for a caller sees what the requester sees, when he is not of its team. */
export function mayRead(actor: Actor, ticket: TicketSight): Sight {
  if (isTechnicianOf(actor, ticket.teamId)) return 'all';
  const own = ticket.requesterId === actor.id || ticket.beneficiaryId === actor.id || ticket.openedBy === actor.id;
  return own ? 'public' : 'none';
}
export function mayReadEntry(sight: Sight, entry: Pick<Entry, 'visibility'>): boolean {
  return sight === 'all' || (sight === 'public' && entry.visibility === 'public');
}

/** Whether the person could stand in this relation, whoever holds the ticket now. */
function hasRole(relation: Relation, actor: Actor, ticket: Ticket): boolean {
  switch (relation) {
    case 'anybody':
      return true;
    case 'technician':
    case 'holder':
      return isTechnicianOf(actor, ticket.teamId);
    case 'lead':
      return isLeadOf(actor, ticket.teamId);
    case 'requester':
    case 'unheldRequester':
      return ticket.requesterId === actor.id;
    case 'beneficiary':
      return ticket.beneficiaryId === actor.id;
    case 'reader':
      return mayRead(actor, ticket) !== 'none';
    case 'server':
      return actor.id === SYSTEM_ACTOR;
  }
}
function standsNow(relation: Relation, actor: Actor, ticket: Ticket): boolean {
  if (!hasRole(relation, actor, ticket)) return false;
  if (relation === 'holder') return ticket.holderId === actor.id;
  if (relation === 'unheldRequester') return ticket.holderId === null;
  return true;
}

/** Refuses disabled people, for want of a role, or because the person held the ticket that he would judge. */
export function refuseByRole(who: Who, subject: HeldSubject, context: OperationContext): Refusal | undefined {
  const { ticket, pastHolders } = subject;
  const { actor, desk } = context;
  if (desk.person(actor.id)?.active === false) return { code: 'not_allowed', needs: 'active', teamName: null };
  if (!permissions[who].some((relation) => hasRole(relation, actor, ticket))) {
    return { code: 'not_allowed', needs: who, teamName: nameOfTeam(ticket.teamId, actor.id, desk) };
  }
  if ((who === 'decider' || who === 'rater') && (pastHolders.includes(actor.id) || ticket.holderId === actor.id))
    return { code: 'held_it' };
  return undefined;
}

/** Refuses for want of holding the ticket (or, for its requester, because somebody holds it). */
export function refuseByHolder(who: Who, ticket: Ticket, { actor, desk }: OperationContext): Refusal | undefined {
  const relations: readonly Relation[] = permissions[who];
  if (relations.some((relation) => standsNow(relation, actor, ticket))) return undefined;
  if (who === 'withdrawer') return alreadyHeld(ticket, desk);
  return {
    code: 'not_holder',
    holderId: ticket.holderId,
    holderName: ticket.holderId === null ? null : nameOfPerson(ticket.holderId, desk),
  };
}

/** For a ticket that somebody holds. */
export function alreadyHeld(ticket: Ticket, desk: OperationContext['desk']): Refusal {
  const holderId = ticket.holderId ?? '';
  return { code: 'already_held', holderId, holderName: nameOfPerson(holderId, desk), since: ticket.heldSince };
}
