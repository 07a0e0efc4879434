/**
 * Takes a mail that is due, in a transaction: from here on an undo comes too late. What it says is read here, and its link and its reply
 * address are made here, of which the database keeps hashes only.
 */
import type { Entry, Person, Resolution, Ticket } from '#shared/domain/model.ts';
import { nameOfPerson, nameOfTeam } from '#shared/domain/names.ts';
import { slaClocks } from '#shared/domain/sla/clocks.ts';
import { closesAt } from '#shared/domain/sla/closing.ts';
import type { GuichetDatabase, WriteTx } from '../db/database.ts';
import type { DeskCache, DeskSnapshot } from '../db/desk.ts';
import type { AlertTable, MailKind } from '../db/tables.ts';
import { holdTickets } from '../operations/work.ts';
import type { ServerSettings } from '../settings.ts';
import { decisionLinks, decisionTokenHash, newDecisionToken } from './decision-link.ts';
import type { Draft, Occasion } from './draft.ts';
import type { Letter } from './message.ts';
import { oneLine } from './phrases.ts';
import { newReplyCode, replyCodeHash } from './reply-code.ts';
import { alertDraft } from './words/alert.ts';
import { autoClosedDraft } from './words/auto-closed.ts';
import { missedCallDraft } from './words/missed-call.ts';
import { notedDraft } from './words/noted.ts';
import { openedDraft } from './words/opened.ts';
import { refusalLostDraft, refusedDraft } from './words/refused.ts';
import { resolvedDraft } from './words/resolved.ts';

export interface TakeServices {
  settings: ServerSettings;
  database: GuichetDatabase;
  desk: DeskCache;
  /** As people reach the server, without a slash at its end. */
  publicUrl: () => string;
}
/** `attempts`: in vain so far. */
export interface Taken {
  letter: Letter;
  attempts: number;
}

/** Undefined: it is of no use any more (taken back, its reader left, its question answered), and so it stays. */
export function takeMail(
  { database, desk, settings, publicUrl }: TakeServices,
  mailId: string,
  ticketId: string,
): Promise<Taken | undefined> {
  return database.write(async (tx) => {
    // An undo that looks whether its mail has left is either before this, and takes it back, or after it.
    await holdTickets(tx, [ticketId]);
    const row = await mailRow(tx, mailId);
    if (row === undefined || (row.state !== 'queued' && row.state !== 'leaving')) return undefined;
    const found = await desk.in(tx, tx.position);
    const letter = await letterOf(tx, mailId, caseOf(row, found, publicUrl()), settings);
    await tx
      .updateTable('mail')
      .set({ state: letter === undefined ? 'taken_back' : 'leaving' })
      .where('id', '=', mailId)
      .execute();
    return letter && { letter, attempts: row.attempts };
  });
}

function mailRow(tx: WriteTx, mailId: string) {
  return tx
    .selectFrom('mail')
    .innerJoin('ticket', 'ticket.id', 'mail.ticket_id')
    .leftJoin('entry', 'entry.id', 'mail.cause')
    .leftJoin('resolution', 'resolution.id', 'mail.cause')
    .leftJoin('alert', (join) => join.onRef('alert.ticket_id', '=', 'mail.ticket_id').onRef('alert.key', '=', 'mail.cause'))
    .select(['mail.kind', 'mail.state', 'mail.attempts', 'mail.person_id', 'ticket.doc as ticket', 'entry.doc as entry'])
    .select(['resolution.doc as resolution', 'alert.clock', 'alert.mark', 'alert.due_at'])
    .where('mail.id', '=', mailId)
    .executeTakeFirst();
}

interface Case {
  kind: MailKind;
  ticket: Ticket;
  person: Person | undefined;
  entry: Entry | undefined;
  resolution: Resolution | undefined;
  alert: Pick<AlertTable, 'clock' | 'mark' | 'due_at'> | undefined;
  desk: DeskSnapshot;
  publicUrl: string;
}

function caseOf(row: NonNullable<Awaited<ReturnType<typeof mailRow>>>, desk: DeskSnapshot, publicUrl: string): Case {
  const { kind, clock, mark, due_at } = row;
  return {
    kind,
    ticket: JSON.parse(row.ticket) as Ticket,
    person: desk.person(row.person_id),
    entry: row.entry === null ? undefined : (JSON.parse(row.entry) as Entry),
    resolution: row.resolution === null ? undefined : (JSON.parse(row.resolution) as Resolution),
    alert: clock === null || mark === null ? undefined : { clock, mark, due_at },
    desk,
    publicUrl,
  };
}

/** A directory may hold anything: a list of addresses would send a link that decides to a second one. */
const ONE_MAILBOX = /^[^\s@,;:<>()[\]\\"]+@[^\s@,;:<>()[\]\\"]+$/;

/** To those who work on the ticket, and not to those who ask. */
const forStaff: ReadonlySet<MailKind> = new Set(['refused', 'refusal_lost', 'alert']);

async function letterOf(tx: WriteTx, id: string, one: Case, settings: ServerSettings): Promise<Letter | undefined> {
  const { kind, ticket, person, desk, publicUrl } = one;
  if (!person?.active || person.email === null || !ONE_MAILBOX.test(person.email)) return undefined;
  const isStaff = forStaff.has(kind);
  // Somebody who was the beneficiary when it was queued hears no more of it.
  if (!isStaff && ticket.requesterId !== person.id && ticket.beneficiaryId !== person.id) return undefined;
  const occasion: Occasion = {
    person,
    // Somebody's title is never lines of ours: a "It is solved" with an address of his own below.
    ticket: { ...ticket, title: oneLine(ticket.title) },
    service: desk.service()?.name ?? settings.serviceName,
    site: { name: desk.site(ticket.siteId)?.name ?? ticket.siteId, timeZone: desk.calendar(ticket.siteId).schedule.timeZone },
    page: isStaff ? null : `${publicUrl}/tickets/${ticket.id}`,
    canReply: settings.mailReplyTo !== null,
  };
  const draft = draftOf(one, occasion, await decideLinks(tx, one, person.id), tx.now);
  if (draft === undefined) return undefined;
  const replyCode = occasion.canReply && !isStaff ? await keptReplyCode(tx, ticket.id, person.id) : null;
  return { id, address: person.email, draft, occasion, replyCode };
}

function draftOf(one: Case, occasion: Occasion, decide: { yes: string; no: string } | null, now: Date): Draft | undefined {
  const { kind, ticket, entry, resolution, alert, desk } = one;
  const name = (id: string) => nameOfPerson(id, desk);
  const holderName = ticket.holderId === null ? null : name(ticket.holderId);
  const teamName = nameOfTeam(ticket.teamId, occasion.person.id, desk) ?? ticket.teamId;
  const [policy, calendar] = [desk.policy(), desk.calendar(ticket.siteId)];
  switch (kind) {
    case 'opened': {
      const [takeCharge] = slaClocks(ticket, policy, calendar, now.toISOString());
      const takenBy = takeCharge?.state === 'running' ? takeCharge.dueAt : null;
      const names = { requesterName: name(ticket.requesterId), beneficiaryName: name(ticket.beneficiaryId) };
      return openedDraft({ ...names, holderName, takenBy }, occasion);
    }
    case 'noted':
      if (entry?.kind !== 'noted') return undefined;
      return notedDraft({ authorName: name(entry.authorId), text: entry.data.text }, occasion);
    case 'missed_call':
      if (entry?.kind !== 'called') return undefined;
      return missedCallDraft({ at: entry.at, call: entry.data, beneficiaryName: name(ticket.beneficiaryId) }, occasion);
    case 'resolved':
    case 'reminder': {
      const isReminder = kind === 'reminder';
      if (resolution === undefined || (isReminder && decide === null)) return undefined;
      const closing = closesAt(resolution, policy, calendar);
      return resolvedDraft({ resolution, byName: name(resolution.by), closesAt: closing, decide, isReminder }, occasion);
    }
    case 'refused':
      if (entry?.kind !== 'refused') return undefined;
      return refusedDraft(
        { byName: name(entry.authorId), reason: entry.data.reason, refusals: ticket.counts.refusals, holderName, teamName },
        occasion,
      );
    case 'refusal_lost':
      if (entry?.kind !== 'noted') return undefined;
      return refusalLostDraft({ byName: name(entry.authorId), reason: entry.data.text }, occasion);
    case 'auto_closed':
      return entry === undefined ? undefined : autoClosedDraft({ at: entry.at }, occasion);
    case 'alert':
      if (alert === undefined) return undefined;
      return alertDraft({ clock: alert.clock, mark: alert.mark, dueAt: alert.due_at, holderName, teamName }, occasion);
  }
}

/** For whoever may judge the solution that the mail is about; null: it is about none, he held the ticket, or somebody has judged it. */
async function decideLinks(tx: WriteTx, one: Case, personId: string): Promise<{ yes: string; no: string } | null> {
  const { kind, ticket, resolution, publicUrl } = one;
  if (kind !== 'resolved' && kind !== 'reminder') return null;
  if (resolution === undefined || resolution.undone || resolution.decision !== null || ticket.phase !== 'resolved') return null;
  const held = await tx
    .selectFrom('past_holder')
    .select('person_id')
    .where('ticket_id', '=', ticket.id)
    .where('person_id', '=', personId)
    .executeTakeFirst();
  if (held !== undefined) return null;
  const token = newDecisionToken();
  await tx
    .insertInto('decision_link')
    .values({
      hash: decisionTokenHash(token),
      person_id: personId,
      ticket_id: ticket.id,
      resolution_id: resolution.id,
      created_at: tx.now.toISOString(),
    })
    .execute();
  return decisionLinks(publicUrl, token);
}

async function keptReplyCode(tx: WriteTx, ticketId: string, personId: string): Promise<string> {
  const code = newReplyCode();
  await tx
    .insertInto('reply_code')
    .values({ hash: replyCodeHash(code), person_id: personId, ticket_id: ticketId, created_at: tx.now.toISOString() })
    .execute();
  return code;
}
