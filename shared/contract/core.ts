/** What crosses the port between a window and core: requests, and watches that answer again whenever their result changes. */
import { z } from 'zod';
import {
  CallOutcome,
  Category,
  ClosingCode,
  Entry,
  Id,
  Instant,
  Kind,
  Membership,
  Person,
  Phase,
  Phone,
  Resolution,
  Site,
  Team,
  Ticket,
  Urgency,
  Uuid,
} from '../domain/model.ts';
import { Refusal } from '../domain/refusal.ts';
import { AlertName, AlertView, QuietTimes } from './alerts.ts';
import { fileCalls, UploadView } from './files.ts';
import { Performed } from './performed.ts';
import { QuarantineAction, QuarantineAnswer, QuarantineList, QuarantineParams, QuarantineView } from './quarantine.ts';
import { ClockView, Due, Explanation, WhySummary } from './sla.ts';

export { Performed } from './performed.ts';

export const ListRow = z.strictObject({
  id: z.string(),
  number: z.string().nullable(),
  kind: Kind,
  title: z.string(),
  urgency: Urgency,
  phase: Phase,
  beneficiary: z.string(),
  site: z.string(),
  holderId: Id.nullable(),
  holder: z.string().nullable(),
  due: Due,
  /** Glyphs: a call was tried in vain, the last resolution was refused. */
  attempted: z.boolean(),
  refused: z.boolean(),
  callbackAt: Instant.nullable(),
  /** Unsent work of mine; a claim of mine that the server has not confirmed; one that it refused. */
  unsent: z.boolean(),
  toConfirm: z.boolean(),
  claimRefused: z.boolean(),
  /** Search only: where it was found, matched parts between U+E000 and U+E001. */
  found: z
    .strictObject({ field: z.enum(['number', 'phone', 'title', 'description', 'note', 'person', 'solution']), excerpt: z.string() })
    .nullable(),
});
export type ListRow = z.infer<typeof ListRow>;

export const View = z.enum(['pool', 'mine', 'waiting', 'callbacks', 'all', 'search']);
export type View = z.infer<typeof View>;
export const Sort = z.enum(['due', 'newest', 'urgency']);
export type Sort = z.infer<typeof Sort>;
/** A broad search stops at the newest: nobody reads further, and the first letter typed must answer at once. */
export const MOST_MATCHES = 500;
export const ListQuery = z.strictObject({
  view: View,
  /** For `search` (any view may narrow by it). */
  text: z.string().max(200),
  sort: Sort,
  /** Empty means all. */
  teamIds: z.array(Id),
  siteIds: z.array(Id),
  kinds: z.array(Kind),
  offset: z.number().int().nonnegative(),
  limit: z.number().int().min(1).max(500),
});
export type ListQuery = z.infer<typeof ListQuery>;

/** Whether an operation is offered to me on this ticket now, and if not, why. `claims`: it will claim first. */
export const Offer = z.strictObject({ name: z.string(), offered: z.boolean(), claims: z.boolean(), refusal: Refusal.nullable() });
export type Offer = z.infer<typeof Offer>;

/** The lasting banner after a refusal: what was kept, what was not applied, and the text to copy. */
export const Rejection = z.strictObject({
  operationId: z.string(),
  name: z.string(),
  refusal: Refusal,
  madeAt: Instant,
  answeredAt: Instant,
  kept: z.array(z.strictObject({ operationId: z.string(), name: z.string(), as: z.string(), madeAt: Instant })),
  notApplied: z.array(z.strictObject({ operationId: z.string(), name: z.string(), refusal: Refusal, madeAt: Instant })),
  text: z.string(),
});
export type Rejection = z.infer<typeof Rejection>;

/** An operation that waits in the outbox, or was rejected and not yet dismissed. */
export const OutboxItem = z.strictObject({
  id: z.string(),
  name: z.string(),
  ticketId: z.string(),
  ticketNumber: z.string().nullable(),
  ticketTitle: z.string(),
  madeAt: Instant,
  state: z.enum(['queued', 'sending', 'rejected', 'stopped']),
  tentative: z.boolean(),
  refusal: Refusal.nullable(),
  /** What was typed, to know it again. */
  text: z.string(),
  /** Ids of those that still wait and that this one builds on. */
  after: z.array(z.string()),
  /** The ticket can be opened here. */
  inSight: z.boolean(),
  /** What became of everything that was refused with it. */
  rejection: Rejection.nullable(),
});
export type OutboxItem = z.infer<typeof OutboxItem>;

export const TimelineEntry = z.strictObject({
  entry: Entry,
  author: z.string(),
  /** Not yet confirmed by the server. */
  unsent: z.boolean(),
});

export const CallInProgress = z.strictObject({
  id: Uuid,
  ticketId: z.string(),
  personId: Id,
  personName: z.string(),
  number: Phone,
  startedAt: Instant,
  note: z.string(),
  /** Proposed next attempt when not reached; null: none. */
  callbackAt: Instant.nullable(),
  /** Found at a start: the app died during the call; its outcome is asked. */
  recovered: z.boolean(),
});
export type CallInProgress = z.infer<typeof CallInProgress>;

export const TicketDetail = z.strictObject({
  ticket: Ticket,
  /** Every person that the ticket or its timeline names, by id. */
  people: z.record(z.string(), Person),
  site: Site.nullable(),
  /** Opening of the beneficiary's site now, for "open until 18:00"; local clock of the site, e.g. "14:07". */
  siteHours: z.strictObject({ timeZone: z.string(), openNow: z.boolean(), changesAt: Instant.nullable() }),
  team: Team.nullable(),
  category: Category.nullable(),
  timeline: z.array(TimelineEntry),
  resolutions: z.array(Resolution),
  clocks: z.array(ClockView),
  /** Of the resolution clock; null before it starts. */
  why: WhySummary.nullable(),
  offers: z.array(Offer),
  unsent: z.boolean(),
  toConfirm: z.boolean(),
  rejections: z.array(Rejection),
  /** By the file's id. */
  uploads: z.record(z.string(), UploadView),
  /** Drafts by form ("note", "resolve", …), as they were typed. */
  drafts: z.record(z.string(), z.strictObject({ content: z.record(z.string(), z.unknown()), savedAt: Instant })),
  call: CallInProgress.nullable(),
});
export type TicketDetail = z.infer<typeof TicketDetail>;

/** Where the draft of a ticket that has no id yet is kept. */
export const NEW_TICKET = 'new';

/** What was mended without the technician; `file`: the name under which the damaged one is kept in the profile. */
export const Notice = z.strictObject({ code: z.enum(['outbox_damaged', 'cache_damaged']), file: z.string() });
export type Notice = z.infer<typeof Notice>;

export const SyncStatus = z.strictObject({
  /** checking: the server was put back to an earlier state, and everything is compared anew. */
  state: z.enum([
    'starting',
    'bootstrapping',
    'checking',
    'up_to_date',
    'syncing',
    'offline',
    'signed_out',
    'console_too_old',
    'server_too_old',
    'failed',
  ]),
  /** Since when the server is out of reach. */
  offlineSince: Instant.nullable(),
  /** Operations not yet sent. */
  waiting: z.number().int(),
  nextTryAt: Instant.nullable(),
  /** 0–1 while bootstrapping or checking. */
  progress: z.number().nullable(),
  position: z.string().nullable(),
  /** Server time minus this machine's `Date.now()`, ms. */
  offsetMs: z.number(),
  /** How often this machine slept since core started: a window's clock stood still too, and is set by each report. */
  sleeps: z.number().int(),
  detail: z.string().nullable(),
  /** Why it failed, where somebody can do something about it; otherwise `detail` alone says it. */
  reason: z.enum(['disk_full', 'server_disk_full', 'newer_files']).nullable(),
  /** To be told until `dismissNotice`. */
  notice: Notice.nullable(),
});
export type SyncStatus = z.infer<typeof SyncStatus>;

/** Who I am and the desk's lists, for menus and forms. */
export const DeskInfo = z.strictObject({
  me: Person,
  memberships: z.array(Membership),
  service: z.string(),
  defaultCountry: z.string(),
  teams: z.array(Team),
  sites: z.array(Site),
  categories: z.array(Category),
  closingCodes: z.array(ClosingCode),
  /** Technicians and leads by team id, active ones, by name. */
  colleagues: z.record(z.string(), z.array(z.strictObject({ id: Id, name: z.string(), role: z.string() }))),
});
export type DeskInfo = z.infer<typeof DeskInfo>;

/** Somebody of my teams who is at a console now; `ticketId`: what is before him, where I may see it. */
export const Colleague = z.strictObject({ personId: Id, name: z.string(), ticketId: z.string().nullable(), onCall: z.boolean() });
export type Colleague = z.infer<typeof Colleague>;

export const Counts = z.strictObject({
  pool: z.number().int(),
  mine: z.number().int(),
  waiting: z.number().int(),
  callbacksToday: z.number().int(),
});
export type Counts = z.infer<typeof Counts>;

/** Questions that answer again whenever their result changes. */
export const watches = {
  sync: { input: z.undefined(), output: SyncStatus },
  desk: { input: z.undefined(), output: DeskInfo.nullable() },
  counts: { input: z.undefined(), output: Counts },
  list: { input: ListQuery, output: z.strictObject({ total: z.number().int(), offset: z.number().int(), rows: z.array(ListRow) }) },
  ticket: { input: z.string(), output: TicketDetail.nullable() },
  outbox: { input: z.undefined(), output: z.array(OutboxItem) },
  call: { input: z.undefined(), output: CallInProgress.nullable() },
  /** Alerts that were told and still hold; refusals first, then mine, then by the deadline. */
  alerts: { input: z.undefined(), output: z.array(AlertView) },
  /** How many mails wait for a technician, as of the last look at who is here. */
  waitingMails: { input: z.undefined(), output: z.number().int() },
  /** While it is watched, the window is being looked at, with this ticket in it; that is told to the colleagues who may see it. */
  presence: { input: z.strictObject({ ticketId: Uuid.nullable() }), output: z.array(Colleague) },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>;
export type Watches = typeof watches;
export type WatchName = keyof Watches;

export const coreCalls = {
  /**
   * Queues an operation (with a claim before it where editing is claiming). `draft`: the form whose draft it consumes.
   * Online operations wait for the server's answer.
   */
  perform: {
    input: z.strictObject({ name: z.string(), ticketId: Uuid, input: z.record(z.string(), z.unknown()), draft: z.string().nullable() }),
    output: Performed,
  },
  /** Takes operations back, last first: removed when unsent, else sent as `undo`. */
  undo: { input: z.array(Uuid).min(1).max(10), output: Performed },
  /** At most 250 ms behind the keyboard; null discards it. */
  saveDraft: {
    input: z.strictObject({ ticketId: z.string(), form: z.string().max(40), content: z.record(z.string(), z.unknown()).nullable() }),
    output: z.undefined(),
  },
  /** A draft of a ticket that is not opened yet has no `TicketDetail` to come with; null: none. */
  readDraft: {
    input: z.strictObject({ ticketId: z.string(), form: z.string().max(40) }),
    output: z.strictObject({ content: z.record(z.string(), z.unknown()), savedAt: Instant }).nullable(),
  },
  ...fileCalls,
  explain: { input: z.strictObject({ ticketId: z.string(), clock: ClockView.shape.clock }), output: Explanation.nullable() },
  /** Stored before the system dials, so that a kill cannot lose it. Fails when another call is in progress. */
  startCall: { input: z.strictObject({ ticketId: Uuid, personId: Id, number: Phone }), output: CallInProgress },
  updateCall: { input: z.strictObject({ note: z.string().max(10_000), callbackAt: Instant.nullable() }), output: z.undefined() },
  /** Queues log_call and ends the call; `outcome: null` drops it (dialled by mistake). */
  endCall: { input: z.strictObject({ outcome: CallOutcome.nullable() }), output: Performed.nullable() },
  /**
   * Does once more what was refused, with the same input and at the time at which it was done, under a new id; what is typed anew where it
   * has a form. Puts the banner away when it is queued.
   */
  repeatRejected: { input: z.string(), output: Performed },
  /** Hides a refusal's banner. */
  dismissRejection: { input: z.string(), output: z.undefined() },
  dismissNotice: { input: z.undefined(), output: z.undefined() },
  /** Told again in ten minutes, if they still hold then. */
  snoozeAlerts: { input: z.array(AlertName).min(1).max(1_000), output: z.undefined() },
  dismissAlerts: { input: z.array(AlertName).min(1).max(1_000), output: z.undefined() },
  retryNow: { input: z.undefined(), output: z.undefined() },
  /** Everything of mine that the server does not have: operations, what was refused, drafts, a call in progress; as JSON text. */
  exportOutbox: { input: z.undefined(), output: z.string() },
  /** Mails that wait for somebody to deal with them; of the server, so they fail with `out_of_reach` while it is. */
  listMails: { input: z.undefined(), output: QuarantineList },
  readMail: { input: QuarantineParams.shape.mailId, output: QuarantineView },
  handleMail: { input: z.strictObject({ id: QuarantineParams.shape.mailId, action: QuarantineAction }), output: QuarantineAnswer },
  /** People by name, login or number in any notation, for the form "open for a caller": prefix match, accents folded, at most 20. */
  findPeople: { input: z.string().max(100), output: z.array(Person) },
  /** Other tickets for the same person: how many were opened this year, and the newest five. `except`: the one that one looks at. */
  earlier: {
    input: z.strictObject({ personId: Id, except: z.string().nullable() }),
    output: z.strictObject({
      thisYear: z.number().int(),
      tickets: z.array(
        z.strictObject({
          ticketId: z.string(),
          kind: Kind,
          title: z.string(),
          urgency: Urgency,
          state: z.enum(['open', 'waiting', 'refused', 'resolved', 'confirmed', 'unanswered', 'closed', 'cancelled']),
          held: z.boolean(),
          /** Its opening, by which they are in order. */
          at: Instant,
          rating: z.strictObject({ duration: z.number().int(), answers: z.number().int() }).nullable(),
        }),
      ),
    }),
  },
  /** Closed tickets with a validated or standing solution, near this one (same category, same words). */
  similar: {
    input: z.string(),
    output: z.array(
      z.strictObject({
        ticketId: z.string(),
        number: z.string().nullable(),
        title: z.string(),
        solution: z.string(),
        code: Id.nullable(),
        at: Instant,
      }),
    ),
  },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>;
export type CoreCalls = typeof coreCalls;
export type CoreCallName = keyof CoreCalls;

/** Errors of core as kinds that cross the port. */
export const CoreFailure = z.strictObject({
  /**
   * disk_full: nothing was kept, this machine's disk is full. damaged: a file of the profile is, and is being mended. newer_files: they
   * are of a newer Guichet. out_of_reach: the server is, and only it knows.
   */
  kind: z.enum(['invalid_input', 'disk_full', 'damaged', 'newer_files', 'busy', 'not_ready', 'out_of_reach', 'internal']),
  message: z.string(),
});
export type CoreFailure = z.infer<typeof CoreFailure>;

/** Window → core. */
export const ToCore = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('call'),
    id: z.number().int(),
    name: z.enum(Object.keys(coreCalls) as [CoreCallName, ...CoreCallName[]]),
    input: z.unknown(),
  }),
  z.strictObject({
    type: z.literal('watch'),
    id: z.number().int(),
    name: z.enum(Object.keys(watches) as [WatchName, ...WatchName[]]),
    input: z.unknown(),
  }),
  z.strictObject({ type: z.literal('unwatch'), id: z.number().int() }),
]);
export type ToCore = z.infer<typeof ToCore>;
/** Core → window; `update` may come many times for a watch's id. */
export type FromCore =
  | { type: 'result'; id: number; value: unknown }
  | { type: 'failure'; id: number; failure: CoreFailure }
  | { type: 'update'; id: number; value: unknown };

/**
 * Main → core (process message). Access tokens come by message only. `null` session: signed out. An empty token, expired at the
 * epoch: the person is signed in but the server was out of reach since the start; work goes on offline, main goes on trying.
 */
export const MainToCore = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('session'),
    session: z
      .strictObject({ server: z.string(), accessToken: z.string(), accessExpiresAt: Instant, personId: Id, login: z.string() })
      .nullable(),
  }),
  z.strictObject({ type: z.literal('count_unsent'), id: z.number().int() }),
  z.strictObject({ type: z.literal('quiet'), quiet: QuietTimes }),
  /** Chosen on a notification. */
  z.strictObject({ type: z.literal('snooze_alert'), alert: AlertName }),
  z.strictObject({ type: z.literal('stop') }),
]);
export type MainToCore = z.infer<typeof MainToCore>;
/** Core → main. */
export const CoreToMain = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready') }),
  /** The access token was refused or is about to expire: main refreshes and answers with `session`. */
  z.strictObject({ type: z.literal('token_needed') }),
  z.strictObject({ type: z.literal('unsent'), id: z.number().int(), count: z.number().int() }),
  /** To be told by the system; all that came at once. */
  z.strictObject({ type: z.literal('alerts'), alerts: z.array(AlertView).min(1) }),
]);
export type CoreToMain = z.infer<typeof CoreToMain>;
