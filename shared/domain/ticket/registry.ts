/** Every operation by its name, and the one way to run it or to ask whether it is offered. */
import type { z } from 'zod';
import { alreadyHeld, isLeadOf, isTechnicianOf, mayRead, refuseByHolder, refuseByRole, SYSTEM_ACTOR } from '../access.ts';
import type { Change, HeldSubject, OperationContext, OperationDefinition, OperationResult, Subject, Superseded } from '../operation.ts';
import type { Refusal } from '../refusal.ts';
import { judged } from '../sla/judge.ts';
import { assign } from './assign.ts';
import { attach } from './attach.ts';
import { autoClose } from './auto-close.ts';
import { cancel } from './cancel.ts';
import { claim } from './claim.ts';
import { close } from './close.ts';
import { editContact } from './edit-contact.ts';
import { link } from './link.ts';
import { logCall } from './log-call.ts';
import { note } from './note.ts';
import { open } from './open.ts';
import { problemsOf } from './problems.ts';
import { rate } from './rate.ts';
import { refuse } from './refuse.ts';
import { release } from './release.ts';
import { reopen } from './reopen.ts';
import { resolve } from './resolve.ts';
import { resume } from './resume.ts';
import { setCategory } from './set-category.ts';
import { setUrgency } from './set-urgency.ts';
import { problem } from './text.ts';
import { undo } from './undo.ts';
import { validate } from './validate.ts';
import { wait } from './wait.ts';

export const operations = {
  open,
  claim,
  release,
  assign,
  set_urgency: setUrgency,
  set_category: setCategory,
  edit_contact: editContact,
  log_call: logCall,
  note,
  attach,
  link,
  wait,
  resume,
  resolve,
  validate,
  refuse,
  rate,
  reopen,
  cancel,
  undo,
  auto_close: autoClose,
  close,
} as const;
export type OperationName = keyof typeof operations;
/** What an operation's form fills in, before it is parsed. */
export type OperationInput<N extends OperationName> = z.input<(typeof operations)[N]['input']>;

export function isOperationName(name: string): name is OperationName {
  return Object.hasOwn(operations, name);
}
function definitionOf(name: OperationName): OperationDefinition {
  return operations[name];
}

/** The fixed list that a console may push. */
export const pushable: ReadonlySet<string> = new Set(
  Object.values(operations as Record<string, OperationDefinition>)
    .filter((one) => one.internal !== true)
    .map((one) => one.name),
);

/**
 * Parses the input, checks who and from (unless imported) and applies. Never throws on any input: what is wrong is a refusal.
 * `context.imported` is the caller's word for it: an operation that is not pushable must not get here from a console.
 */
export function run(name: string, subject: Subject, rawInput: unknown, context: OperationContext): OperationResult {
  const { ticket } = subject;
  const { desk, now } = context;
  // What is late before an operation stays late after it, whatever it changes.
  const before = ticket && { ...ticket, sla: judged(ticket, desk, now) };
  const result = runOn({ ...subject, ticket: before }, name, rawInput, context);
  if (!result.ok || 'superseded' in result) return result;
  const after = result.change.ticket;
  // What an undo brings back was there before.
  const isMeasuredAnew = before !== undefined && name !== 'undo' && (before.urgency !== after.urgency || before.siteId !== after.siteId);
  return { ok: true, change: { ...result.change, ticket: { ...after, sla: judged(after, desk, now, isMeasuredAnew) } } };
}

function runOn(subject: Subject, name: string, rawInput: unknown, context: OperationContext): OperationResult {
  if (!isOperationName(name)) return { ok: false, refusal: problem('name', 'invalid') };
  const definition = definitionOf(name);
  const parsed = definition.input.safeParse(rawInput);
  if (!parsed.success) return { ok: false, refusal: { code: 'invalid', problems: problemsOf(parsed.error) } };
  const input = parsed.data;
  if (name === 'open') return resultOf(definition.apply(subject, input, context));
  if (!hasTicket(subject)) return { ok: false, refusal: { code: 'not_found' } };
  if (!context.imported) {
    const refusal = refuseSight(subject, context) ?? refuseByRole(definition.who, subject, context);
    if (refusal !== undefined) return { ok: false, refusal };
  }
  const settled = definition.settled?.(subject, input, context);
  if (settled !== undefined) return resultOf(settled);
  if (!context.imported) {
    const refusal =
      refusePhase(definition, subject) ??
      definition.seen?.(subject, input, context) ??
      refuseByHolder(definition.who, subject.ticket, context) ??
      refuseHeld(definition, subject, context) ??
      definition.suits?.(subject, context);
    if (refusal !== undefined) return { ok: false, refusal };
  }
  return resultOf(definition.apply(subject, input, context));
}

export interface OperationOffer {
  offered: boolean;
  /** A claim goes before it, visibly. */
  claims: boolean;
  refusal: Refusal | null;
}

/** Whether the operation is offered to the actor on this ticket now, without any input; if not, why. */
export function offerOf(name: OperationName, subject: Subject, context: OperationContext): OperationOffer {
  const definition = definitionOf(name);
  if (definition.internal === true) {
    return { offered: false, claims: false, refusal: { code: 'not_allowed', needs: definition.who, teamName: null } };
  }
  if (name === 'open') return { offered: true, claims: false, refusal: null };
  if (!hasTicket(subject)) return { offered: false, claims: false, refusal: { code: 'not_found' } };
  const claims = wouldClaim(definition, subject, context);
  const held = claims ? { ...subject, ticket: { ...subject.ticket, holderId: context.actor.id } } : subject;
  const refusal = refuseStart(definition, held, context) ?? refusePointless(name, held);
  return { offered: refusal === undefined, claims: claims && refusal === undefined, refusal: refusal ?? null };
}

/** Editing is claiming: a technician's work on a pool ticket. A lead claims only for what he could not do without. */
function wouldClaim(definition: OperationDefinition, subject: HeldSubject, context: OperationContext): boolean {
  const { ticket } = subject;
  if (definition.claimsFirst !== true || ticket.holderId !== null) return false;
  if (ticket.phase !== 'open' && ticket.phase !== 'waiting') return false;
  if (!isTechnicianOf(context.actor, ticket.teamId)) return false;
  return !isLeadOf(context.actor, ticket.teamId) || refuseStart(definition, subject, context) !== undefined;
}

function refuseStart(definition: OperationDefinition, subject: HeldSubject, context: OperationContext): Refusal | undefined {
  return (
    refuseSight(subject, context) ??
    refuseByRole(definition.who, subject, context) ??
    refusePhase(definition, subject) ??
    refuseByHolder(definition.who, subject.ticket, context) ??
    refuseHeld(definition, subject, context) ??
    definition.suits?.(subject, context)
  );
}
/** A ticket that the actor may not see does not exist for him. */
function refuseSight({ ticket }: HeldSubject, { actor, undoTarget }: OperationContext): Refusal | undefined {
  // Who gave the ticket to another team may take that back, although he lost sight of it.
  const seen = undoTarget?.authorId === actor.id ? undoTarget.before : ticket;
  return mayRead(actor, seen) === 'none' && actor.id !== SYSTEM_ACTOR ? { code: 'not_found' } : undefined;
}
/** Judged, it would be superseded without a word: nobody holds what a lead would give back. */
function refusePointless(name: OperationName, { ticket }: HeldSubject): Refusal | undefined {
  return name === 'release' && ticket.holderId === null ? { code: 'not_holder', holderId: null, holderName: null } : undefined;
}

function refusePhase({ from }: OperationDefinition, { ticket }: HeldSubject): Refusal | undefined {
  return from === undefined || from.phase.includes(ticket.phase) ? undefined : { code: 'wrong_phase', phase: ticket.phase };
}
function refuseHeld({ from }: OperationDefinition, { ticket }: HeldSubject, { desk }: OperationContext): Refusal | undefined {
  return from?.holder === 'nobody' && ticket.holderId !== null ? alreadyHeld(ticket, desk) : undefined;
}

function hasTicket(subject: Subject): subject is HeldSubject {
  return subject.ticket !== undefined;
}
function resultOf(outcome: Change | Superseded | Refusal): OperationResult {
  if ('code' in outcome) return { ok: false, refusal: outcome };
  if ('superseded' in outcome) return { ok: true, superseded: true };
  return { ok: true, change: outcome };
}
