import { z } from 'zod';
import { isTechnician, isTechnicianOf } from '../access.ts';
import { instantOf, laterOf, msOf } from '../instant.ts';
import { Id, Importance, type Instant, Kind, Relevance, type Ticket } from '../model.ts';
import { defineOperation, type OperationContext } from '../operation.ts';
import { normalisePhone } from '../phone.ts';
import type { Refusal } from '../refusal.ts';
import { urgencyOf } from '../urgency.ts';
import { entryOf } from './entry.ts';
import { askersOf, mailsOf } from './notices.ts';
import { openedFacts } from './sla-facts.ts';
import { LongText, Place, Title, TypedPhone } from './text.ts';

/** A console that was away for long cannot date a ticket back further. */
const OLDEST_OPENING_MS = 72 * 3_600_000;

const OpenInput = z.strictObject({
  kind: Kind,
  title: Title,
  description: LongText,
  requesterId: Id,
  beneficiaryId: Id,
  /** As typed; the operation normalises it. */
  phone: TypedPhone,
  place: Place,
  siteId: Id,
  categoryId: Id,
  importance: Importance,
  relevance: Relevance,
  /** The technician has the caller on the line. */
  duringCall: z.boolean(),
  channel: z.enum(['portal', 'phone', 'import']),
});

/**
 * A new ticket. During a call the technician becomes holder and contact is met; when he is no technician of the routed team
 * nobody becomes holder, and contact is met all the same.
 */
export const open = defineOperation({
  name: 'open',
  input: OpenInput,
  who: 'anybody',
  offline: 'queued',
  apply: (subject, input, context) => {
    // The same id twice: the store recognises a resend by its operation id, so this is another operation.
    if (subject.ticket !== undefined) return { code: 'id_reused' };
    const refusal = context.imported ? undefined : refuseOpener(input, context);
    if (refusal !== undefined) return refusal;
    const missing = missingReference(input, context);
    if (missing !== undefined) return { code: 'unknown_reference', field: missing };
    const at = openingInstant(context);
    const teamId = context.desk.route(input.categoryId, input.siteId);
    const holds = input.duringCall && isTechnicianOf(context.actor, teamId);
    const ticket: Ticket = {
      id: context.ticketId,
      number: null,
      kind: input.kind,
      title: input.title,
      description: input.description,
      requesterId: input.requesterId,
      beneficiaryId: input.beneficiaryId,
      openedBy: context.actor.id,
      openedAt: at,
      phone: normalisePhone(input.phone, context.desk.defaultCountry()),
      place: input.place,
      siteId: input.siteId,
      categoryId: input.categoryId,
      importance: input.importance,
      relevance: input.relevance,
      urgency: urgencyOf(input.importance, input.relevance),
      urgencyOverride: null,
      teamId,
      phase: 'open',
      holderId: holds ? context.actor.id : null,
      heldSince: holds ? at : null,
      wait: null,
      callback: null,
      resolvedAt: null,
      closedAt: null,
      closingCode: null,
      refusal: null,
      counts: { routes: 0, reopens: 0, waits: 0, refusals: 0 },
      sla: openedFacts(at, holds, input.duringCall),
      updatedAt: context.now,
      revision: 0,
    };
    const opened = entryOf(context, 'opened', { channel: input.channel, duringCall: input.duringCall }, 'public', 1, at);
    const entries = holds ? [opened, entryOf(context, 'claimed', {}, 'public', 2, at)] : [opened];
    return { ticket, entries, mails: mailsOf('opened', context, askersOf(ticket)) };
  },
});

function openingInstant({ occurredAt, now, imported }: OperationContext): Instant {
  return imported ? occurredAt : laterOf(occurredAt, instantOf(msOf(now) - OLDEST_OPENING_MS));
}

function refuseOpener(input: z.output<typeof OpenInput>, { actor, desk }: OperationContext): Refusal | undefined {
  if (desk.person(actor.id)?.active === false) return { code: 'not_allowed', needs: 'active', teamName: null };
  const technician = isTechnician(actor);
  if (input.channel === 'import') return { code: 'not_allowed', needs: 'importer', teamName: null };
  const forSomebody = input.requesterId !== actor.id || input.duringCall || input.channel === 'phone';
  return forSomebody && !technician ? { code: 'not_allowed', needs: 'technician', teamName: null } : undefined;
}

function missingReference(input: z.output<typeof OpenInput>, { desk }: OperationContext): string | undefined {
  if (desk.person(input.requesterId) === undefined) return 'requesterId';
  if (desk.person(input.beneficiaryId) === undefined) return 'beneficiaryId';
  if (desk.site(input.siteId) === undefined) return 'siteId';
  if (desk.category(input.categoryId) === undefined) return 'categoryId';
  return undefined;
}
