/**
 * The rows of Guichet: what the server stores, sends through the feed, and what a console keeps in its cache.
 * Instants are UTC ISO strings with milliseconds ("2026-05-04T09:26:00.000Z").
 */
import { z } from 'zod';
import { AlertRules, AnswerRule, Holidays, Schedule, Targets } from './measures.ts';

export { AlertMark, AlertReceiver, AlertRules, AnswerRule, Holidays, Schedule, Targets } from './measures.ts';

/** Opaque identifier of a person, team, site, category…: letters, digits, dot, colon, dash, underscore. */
export const Id = z.string().regex(/^[A-Za-z0-9_.:-]{1,80}$/);
/** Identifier made on a console: ticket or operation. */
export const Uuid = z.uuid().transform((id) => id.toLowerCase());
export const Instant = z.iso.datetime({ precision: 3 });
export type Instant = z.infer<typeof Instant>;
const Revision = z.number().int().nonnegative();

export const Language = z.enum(['fr', 'en']);
export type Language = z.infer<typeof Language>;
/** A name that users read, in both languages. */
export const Names = z.strictObject({ fr: z.string().min(1).max(200), en: z.string().min(1).max(200) });
export type Names = z.infer<typeof Names>;

export const Kind = z.enum(['incident', 'request']);
export type Kind = z.infer<typeof Kind>;
export const Phase = z.enum(['open', 'waiting', 'resolved', 'closed', 'cancelled']);
export type Phase = z.infer<typeof Phase>;
export const Importance = z.enum(['person', 'team', 'site']);
export type Importance = z.infer<typeof Importance>;
export const Relevance = z.enum(['nuisance', 'hindered', 'blocked']);
export type Relevance = z.infer<typeof Relevance>;
export const Urgency = z.enum(['low', 'medium', 'high']);
export type Urgency = z.infer<typeof Urgency>;
export const WaitReason = z.enum(['beneficiary', 'supplier', 'appointment']);
export type WaitReason = z.infer<typeof WaitReason>;
export const CallOutcome = z.enum(['reached', 'no_answer', 'busy', 'voicemail', 'wrong_number']);
export type CallOutcome = z.infer<typeof CallOutcome>;
/** What the ticket is to the one that it is linked to. */
export const LinkKind = z.enum(['duplicate_of', 'parent', 'related']);
export type LinkKind = z.infer<typeof LinkKind>;
export const Role = z.enum(['technician', 'lead', 'admin', 'importer']);
export type Role = z.infer<typeof Role>;

/** A number as it was typed, and as it can be dialled (E.164) when it could be understood. */
export const Phone = z.strictObject({ typed: z.string().max(60), e164: z.string().nullable() });
export type Phone = z.infer<typeof Phone>;

/**
 * The facts from which the three clocks are computed (DESIGN section 3); never a moved date, never a stored deadline.
 */
export const SlaFacts = z.strictObject({
  /** A round begins at opening, at a refusal, at a reopening. */
  rounds: z.array(
    z.strictObject({
      startedAt: Instant,
      resolvedAt: Instant.nullable(),
      /** When the contact clock started: first holder in round 1, the round's start later. */
      contactFrom: Instant.nullable(),
      contactMetAt: Instant.nullable(),
      /** Calls logged in this round, whatever their outcome. */
      attempts: z.number().int().nonnegative(),
    }),
  ),
  /** Stays in a pool; `to` is null while the ticket is there. */
  poolStays: z.array(z.strictObject({ from: Instant, to: Instant.nullable() })),
  pauses: z.array(
    z.strictObject({
      from: Instant,
      to: Instant.nullable(),
      reason: WaitReason,
      /** Waiting for the beneficiary pauses contact only after a logged attempt. */
      pausesContact: z.boolean(),
    }),
  ),
  /** Cancelled, or closed without a resolution: the clocks end unjudged at this instant. */
  endedAt: Instant.nullable(),
  /**
   * What was judged, by the targets of its time: a clock that ended, or a deadline that passed. No later change of urgency, policy or
   * calendar takes it back. Absent on tickets from before it was kept.
   */
  verdicts: z
    .array(
      z.strictObject({
        clock: z.enum(['takeCharge', 'contact', 'resolution']),
        /** Which stay in a pool, which round; 0 for the resolution. */
        of: z.number().int().nonnegative(),
        targetMinutes: z.number().int().positive(),
        breachedAt: Instant.nullable(),
        /** Done before its deadline passed, told after it. */
        reportedLate: z.boolean().optional(),
      }),
    )
    .optional(),
});
export type SlaFacts = z.infer<typeof SlaFacts>;

export const Ticket = z.strictObject({
  id: z.string(),
  /** "I-2026-000123" or "D-2026-000123", given by the server; null while only this console knows the ticket. */
  number: z.string().nullable(),
  kind: Kind,
  title: z.string(),
  description: z.string(),
  requesterId: Id,
  beneficiaryId: Id,
  openedBy: Id,
  openedAt: Instant,
  phone: Phone,
  /** Where on the site: office, floor. */
  place: z.string(),
  siteId: Id,
  categoryId: Id,
  importance: Importance,
  relevance: Relevance,
  /** By the matrix, or by `urgencyOverride`. */
  urgency: Urgency,
  urgencyOverride: z.strictObject({ urgency: Urgency, reason: z.string() }).nullable(),
  teamId: Id,
  phase: Phase,
  holderId: Id.nullable(),
  heldSince: Instant.nullable(),
  wait: z.strictObject({ id: z.string(), reason: WaitReason, detail: z.string(), since: Instant, wakeAt: Instant.nullable() }).nullable(),
  /** The next attempt that the last call proposed. */
  callback: z.strictObject({ at: Instant, by: Id }).nullable(),
  resolvedAt: Instant.nullable(),
  closedAt: Instant.nullable(),
  closingCode: Id.nullable(),
  /** The last refusal, pinned above the timeline until the ticket is resolved again. */
  refusal: z.strictObject({ by: Id, at: Instant, reason: z.string() }).nullable(),
  counts: z.strictObject({
    routes: z.number().int(),
    reopens: z.number().int(),
    waits: z.number().int(),
    refusals: z.number().int(),
  }),
  sla: SlaFacts,
  /** Only an import wrote it so far: nobody is alerted of its clocks. Absent once a person touched it. */
  untouched: z.literal(true).optional(),
  updatedAt: Instant,
  revision: Revision,
});
export type Ticket = z.infer<typeof Ticket>;

/** `type`: as the server found it by looking into the file ("image/png"), never as its sender called it. `size`: bytes. */
export const Attachment = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('file'), id: z.string(), name: z.string(), size: z.number().int().positive(), type: z.string() }),
  z.strictObject({ kind: z.literal('link'), url: z.string(), title: z.string() }),
]);
export type Attachment = z.infer<typeof Attachment>;
export type AttachedFile = Extract<Attachment, { kind: 'file' }>;

const entryData = {
  opened: z.strictObject({ channel: z.enum(['portal', 'phone', 'import']), duringCall: z.boolean() }),
  claimed: z.strictObject({}),
  released: z.strictObject({ reason: z.string() }),
  assigned: z.strictObject({ fromId: Id.nullable(), toId: Id.nullable(), fromTeamId: Id, toTeamId: Id, reason: z.string() }),
  urgency_set: z.strictObject({ from: Urgency, to: Urgency, reason: z.string() }),
  category_set: z.strictObject({ from: Id, to: Id }),
  contact_edited: z.strictObject({ phone: Phone, siteId: Id, place: z.string(), beneficiaryId: Id }),
  called: z.strictObject({
    outcome: CallOutcome,
    number: z.string(),
    /** Seconds on the line, 0 when nobody answered. */
    duration: z.number().int().nonnegative(),
    note: z.string(),
    callbackAt: Instant.nullable(),
  }),
  noted: z.strictObject({ text: z.string() }),
  attached: z.strictObject({ attachment: Attachment }),
  /** `number` of the other ticket, null when it had none yet. */
  linked: z.strictObject({ as: LinkKind, ticketId: z.string(), number: z.string().nullable() }),
  waiting: z.strictObject({ reason: WaitReason, detail: z.string(), wakeAt: Instant.nullable() }),
  resumed: z.strictObject({}),
  resolved: z.strictObject({ text: z.string(), code: Id.nullable() }),
  /** What a refused offline claim leaves of a resolve (DESIGN section 7). */
  solution_proposed: z.strictObject({ text: z.string(), code: Id.nullable() }),
  validated: z.strictObject({}),
  refused: z.strictObject({ reason: z.string() }),
  /** 1 to 5. */
  rated: z.strictObject({ duration: z.number().int(), answers: z.number().int(), comment: z.string() }),
  reopened: z.strictObject({ reason: z.string() }),
  cancelled: z.strictObject({ reason: z.string() }),
  auto_closed: z.strictObject({ code: Id.nullable() }),
  /** Import only: closed from open or waiting, without a resolution. */
  closed: z.strictObject({ code: Id.nullable() }),
} as const;
export type EntryData = { [K in keyof typeof entryData]: z.infer<(typeof entryData)[K]> };
export type EntryKind = keyof EntryData;

const entryBase = {
  /** The operation's id; a second entry of the same operation adds ".2". */
  id: z.string(),
  ticketId: z.string(),
  authorId: Id,
  /** When it happened, as far as the server believes it. */
  at: Instant,
  visibility: z.enum(['internal', 'public']),
  /** Done away from the server, sent later. */
  offline: z.boolean(),
  /** Taken back by its author: kept, not shown. */
  undone: z.boolean(),
  revision: Revision,
};
function entryOf<K extends EntryKind>(kind: K) {
  return z.strictObject({ ...entryBase, kind: z.literal(kind), data: entryData[kind] });
}
/** A line of the timeline. */
export const Entry = z.discriminatedUnion('kind', [
  entryOf('opened'),
  entryOf('claimed'),
  entryOf('released'),
  entryOf('assigned'),
  entryOf('urgency_set'),
  entryOf('category_set'),
  entryOf('contact_edited'),
  entryOf('called'),
  entryOf('noted'),
  entryOf('attached'),
  entryOf('linked'),
  entryOf('waiting'),
  entryOf('resumed'),
  entryOf('resolved'),
  entryOf('solution_proposed'),
  entryOf('validated'),
  entryOf('refused'),
  entryOf('rated'),
  entryOf('reopened'),
  entryOf('cancelled'),
  entryOf('auto_closed'),
  entryOf('closed'),
]);
export type Entry = z.infer<typeof Entry>;

/** Each resolve is a row of its own with its decision and its rating. */
export const Resolution = z.strictObject({
  id: z.string(),
  ticketId: z.string(),
  by: Id,
  at: Instant,
  text: z.string(),
  code: Id.nullable(),
  decision: z
    .strictObject({ kind: z.enum(['validated', 'refused', 'auto_closed', 'reopened']), by: Id.nullable(), at: Instant, reason: z.string() })
    .nullable(),
  rating: z.strictObject({ duration: z.number().int(), answers: z.number().int(), comment: z.string(), by: Id, at: Instant }).nullable(),
  undone: z.boolean(),
  revision: Revision,
});
export type Resolution = z.infer<typeof Resolution>;

export const Person = z.strictObject({
  id: Id,
  name: z.string(),
  email: z.string().nullable(),
  phone: Phone.nullable(),
  siteId: Id.nullable(),
  place: z.string(),
  language: Language,
  active: z.boolean(),
  revision: Revision,
});
export type Person = z.infer<typeof Person>;

export const Team = z.strictObject({ id: Id, names: Names, revision: Revision });
export type Team = z.infer<typeof Team>;

/** A role belongs to a (person, team); admin and importer have no team. */
export const Membership = z.strictObject({ id: Id, personId: Id, teamId: Id.nullable(), role: Role, revision: Revision });
export type Membership = z.infer<typeof Membership>;

export const Site = z.strictObject({
  id: Id,
  name: z.string(),
  calendarId: Id.nullable(),
  /** Local dates on which this site alone is closed, besides its calendar's holidays. */
  closures: z.array(z.iso.date()).optional(),
  revision: Revision,
});
export type Site = z.infer<typeof Site>;

export const Category = z.strictObject({ id: Id, names: Names, revision: Revision });
export type Category = z.infer<typeof Category>;

export const ClosingCode = z.strictObject({ id: Id, names: Names, revision: Revision });
export type ClosingCode = z.infer<typeof ClosingCode>;

/** `isDefault` marks the one that sites without a calendar use. `holidays`: absent where the schedule's dates were written by hand. */
export const Calendar = z.strictObject({
  id: Id,
  name: z.string(),
  schedule: Schedule,
  holidays: Holidays.optional(),
  isDefault: z.boolean(),
  revision: Revision,
});
export type Calendar = z.infer<typeof Calendar>;

export const Policy = z.strictObject({
  id: Id,
  /** Who is alerted, at the console and by mail; absent: as `defaultAlerts` says. */
  alerts: AlertRules.optional(),
  /** How long a solution waits for an answer; absent: as `defaultAnswer` says. */
  answer: AnswerRule.optional(),
  targets: z.strictObject({
    incident: z.strictObject({ low: Targets, medium: Targets, high: Targets }),
    request: z.strictObject({ low: Targets, medium: Targets, high: Targets }),
  }),
  revision: Revision,
});
export type Policy = z.infer<typeof Policy>;

/** First match of (category, site) by position wins; null matches everything; no match is the team "dispatch". */
export const Route = z.strictObject({
  id: Id,
  position: z.number().int(),
  categoryId: Id.nullable(),
  siteId: Id.nullable(),
  teamId: Id,
  revision: Revision,
});
export type Route = z.infer<typeof Route>;

/** One row: the service's settings that everybody may know. */
export const Service = z.strictObject({
  id: z.literal('service'),
  name: z.string(),
  defaultCountry: z.string().length(2),
  revision: Revision,
});
export type Service = z.infer<typeof Service>;

/** Every table that the feed carries, with its row. */
export const rowSchemas = {
  ticket: Ticket,
  entry: Entry,
  resolution: Resolution,
  person: Person,
  team: Team,
  membership: Membership,
  site: Site,
  category: Category,
  closing_code: ClosingCode,
  calendar: Calendar,
  policy: Policy,
  route: Route,
  service: Service,
} as const;
export type TableName = keyof typeof rowSchemas;
export type Row<T extends TableName> = z.infer<(typeof rowSchemas)[T]>;
export type AnyRow = { [T in TableName]: { table: T; row: Row<T> } }[TableName];
/** Small tables that come first in a bootstrap, so that everything after them can be shown. */
export const deskTables = [
  'service',
  'team',
  'membership',
  'site',
  'calendar',
  'policy',
  'category',
  'closing_code',
  'route',
  'person',
] as const;

/** The team of tickets that no route matches. */
export const DISPATCH_TEAM = 'dispatch';
