/**
 * An operation: a name, an input schema, who may, from where, what it does, and what happens offline.
 * The same definition is the server's authority, the console's optimistic view and the UI's "is this offered".
 */
import type { z } from 'zod';
import type { Who } from './access.ts';
import type {
  AttachedFile,
  Calendar,
  Category,
  ClosingCode,
  Entry,
  Instant,
  Membership,
  Person,
  Phase,
  Policy,
  Resolution,
  Site,
  Team,
  Ticket,
} from './model.ts';
import type { Refusal } from './refusal.ts';

/** Read access to what an operation may look up; the server reads its database, the console its cache. */
export interface Desk {
  person(id: string): Person | undefined;
  team(id: string): Team | undefined;
  site(id: string): Site | undefined;
  category(id: string): Category | undefined;
  closingCode(id: string): ClosingCode | undefined;
  /** Roles of a person, empty for a requester or somebody unknown. */
  memberships(personId: string): readonly Membership[];
  /** Who leads a team, whether active or not. */
  leads(teamId: string): readonly string[];
  /** The first match of (category, site), else the dispatch team. */
  route(categoryId: string, siteId: string): string;
  /** The site's calendar, else the default one. */
  calendar(siteId: string): Calendar;
  policy(): Policy;
  /** ISO country for numbers typed without a prefix. */
  defaultCountry(): string;
}

export interface Actor {
  id: string;
  memberships: readonly Membership[];
}

export interface OperationContext {
  actor: Actor;
  /** Server time, or the console's estimate of it. */
  now: Instant;
  /** When the work was done; never after `now`; judges contact, resolution and take-charge. */
  occurredAt: Instant;
  operationId: string;
  /** The ticket's id; for `open` the one that the console chose. */
  ticketId: string;
  /** Sent later than done: the timeline marks it. */
  offline: boolean;
  /** Imports run without the checks of who and from. */
  imported: boolean;
  desk: Desk;
  /** For `undo` only: what is to be taken back, or undefined when unknown. */
  undoTarget?: UndoTarget | undefined;
  /** For `attach` only: a finished upload of the actor's that is nobody else's and not attached yet. Where it is absent there is none. */
  upload?: (id: string) => AttachedFile | undefined;
  /** For `link` only: any ticket, whoever may see it. Where it is absent there is none. */
  otherTicket?: (id: string) => Ticket | undefined;
}

/** What the record of operations says of the one to be undone. */
export interface UndoTarget {
  operationId: string;
  name: string;
  authorId: string;
  appliedAt: Instant;
  /** The ticket as it was before. */
  before: Ticket;
  /** The resolution row that the operation made or decided, as it was before (null: it did not exist). */
  resolutionBefore: { id: string; row: Resolution | null } | null;
  /** Names of the operations applied to the ticket since, without undone ones and the undos themselves. */
  followedBy: readonly string[];
  mailLeft: boolean;
}

/** What an operation acts on; `ticket` is undefined for `open` only. */
export interface Subject {
  ticket: Ticket | undefined;
  /** The latest resolution that is not undone. */
  resolution: Resolution | undefined;
  /** Everybody who ever held the ticket. */
  pastHolders: readonly string[];
}

/** A subject whose ticket exists: every operation but `open`. */
export type HeldSubject = Subject & { ticket: Ticket };

/** Mails that follow a change; the server makes a row of each in the same transaction. */
export interface MailNotice {
  /** `refusal_lost`: one that came after somebody else's validation. `reminder`: a solution still waits for an answer. */
  kind: 'opened' | 'noted' | 'missed_call' | 'resolved' | 'reminder' | 'refused' | 'refusal_lost' | 'auto_closed';
  ticketId: string;
  /** The row that it tells of: the operation's entry, or the resolution. Never two mails of one kind for one cause. */
  cause: string;
  toPersonIds: readonly string[];
}

/** What follows from an operation: whole rows to store. `revision` is set by the store. */
export interface Change {
  ticket: Ticket;
  entries: readonly Entry[];
  resolution?: Resolution;
  mails?: readonly MailNotice[];
  /** Entries of an undone operation are marked, not deleted. */
  undoneOperationId?: string;
}

/** Nothing to do, but not wrong: a claim that finds its author holder. */
export interface Superseded {
  superseded: true;
}

export type OperationResult = { ok: true; change: Change } | { ok: true; superseded: true } | { ok: false; refusal: Refusal };

export type OfflineMode = 'queued' | 'tentative' | 'online';

export interface OperationDefinition<Name extends string = string, Schema extends z.ZodType = z.ZodType> {
  name: Name;
  input: Schema;
  /** A key of the permission matrix (shared/domain/access.ts). */
  who: Who;
  /** Phases it starts from; `holder: 'nobody'` when it acts on the pool. Absent for `open`. */
  from?: { phase: readonly Phase[]; holder?: 'nobody' };
  offline: OfflineMode;
  /** Working operations put a claim before them on a pool ticket ("editing is claiming"). */
  claimsFirst?: true;
  /** Not on the list that push accepts: import, auto_close. */
  internal?: true;
  /** What it asks of the ticket beyond phase and holder, whatever its input. */
  suits?(subject: HeldSubject, context: OperationContext): Refusal | undefined;
  /** What is settled already (decided, held by the author): judged before phase and holder. */
  settled?(subject: HeldSubject, input: z.output<Schema>, context: OperationContext): Change | Superseded | Refusal | undefined;
  /** Compares the value acted on with the current one; judged before the holder, so that a mismatch is told as `changed`. */
  seen?(subject: HeldSubject, input: z.output<Schema>, context: OperationContext): Refusal | undefined;
  apply(subject: Subject, input: z.output<Schema>, context: OperationContext): Change | Superseded | Refusal;
}

/** Keeps the types of a definition while checking its shape. */
export function defineOperation<Name extends string, Schema extends z.ZodType>(
  definition: OperationDefinition<Name, Schema>,
): OperationDefinition<Name, Schema> {
  return definition;
}
