/**
 * What a link in a mail may do: judge one resolution as one person, then rate it. It opens no session, and goes through the operations that a
 * signed-in person's request goes through.
 */
import type { Resolution } from '#shared/domain/model.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import { rateUntil } from '#shared/domain/ticket/rate.ts';
import type { ReadDb } from '../db/database.ts';
import { decisionTokenHash } from '../mail/decision-link.ts';
import { type PushServices, pushOperation } from '../operations/push.ts';
import { type TicketFacts, ticketFacts } from './ticket-facts.ts';

/** A link that was never used is good for so long after its mail. */
const UNUSED_MS = 60 * 24 * 3_600_000;

export interface Link {
  personId: string;
  facts: TicketFacts;
  /** The one that the link is about. */
  resolution: Resolution;
}
export type FoundLink = { ok: true; link: Link } | { ok: false; why: 'unknown' | 'expired' };

/** The link whose token this is. `expired`: rated or not, its time is over. */
export async function findLink(db: ReadDb, token: string, now: Date): Promise<FoundLink> {
  const row = await db.selectFrom('decision_link').selectAll().where('hash', '=', decisionTokenHash(token)).executeTakeFirst();
  if (!row) return { ok: false, why: 'unknown' };
  const [facts] = await ticketFacts(db, [row.ticket_id], { entries: false });
  const resolution = facts?.resolutions.find((one) => one.id === row.resolution_id);
  // Taken back by its author: there is nothing to judge.
  if (!facts || !resolution || resolution.undone) return { ok: false, why: 'unknown' };
  const until = rateUntil(resolution) ?? new Date(Date.parse(row.created_at) + UNUSED_MS).toISOString();
  if (now.toISOString() > until) return { ok: false, why: 'expired' };
  return { ok: true, link: { personId: row.person_id, facts, resolution } };
}

/** What somebody asks for by a link: of one ticket and one resolution. */
export interface LinkAct {
  id: string;
  name: 'validate' | 'refuse' | 'rate';
  input: Record<string, unknown>;
}

/** Null: done, or there was nothing left to do. */
export async function actByLink(
  services: PushServices,
  { personId, facts, resolution }: Link,
  { id, name, input }: LinkAct,
  now: string,
): Promise<Refusal | null> {
  const ticketId = facts.subject.ticket.id;
  // The ticket may wait for an answer to a newer solution: this link is not about that one.
  const seen = { ...input, resolutionId: resolution.id };
  const operation = { id, name, ticketId, input: seen, madeAt: now, occurredAt: now, offline: false, after: [] };
  const outcome = await pushOperation(services, { personId, seenSeq: 0 }, operation);
  return outcome.status === 'rejected' ? outcome.refusal : null;
}
