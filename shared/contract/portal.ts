/**
 * What the requesters' pages read, and the few things that they send besides operations: tickets are opened, answered and judged by
 * `POST /v1/operations`, files go by `/v1/uploads`, as from a console (api.ts).
 */
import { z } from 'zod';
import {
  Entry,
  Id,
  Importance,
  Instant,
  Kind,
  Language,
  Names,
  Phase,
  Phone,
  Relevance,
  Resolution,
  Urgency,
  Uuid,
  WaitReason,
} from '../domain/model.ts';
import { Refusal } from '../domain/refusal.ts';

/**
 * POST /v1/portal/session (SignInRequest) and POST /v1/portal/session/refresh (no body): the refresh token never reaches the page, it is in
 * a cookie that scripts cannot read and that goes to these routes only. DELETE /v1/portal/session: signs out.
 */
export const PortalSession = z.strictObject({
  accessToken: z.string(),
  accessExpiresAt: Instant,
  person: z.strictObject({ id: Id, name: z.string(), language: Language }),
  serverTime: Instant,
});
export type PortalSession = z.infer<typeof PortalSession>;

/** GET /v1/portal: what its forms are made of. */
export const PortalDesk = z.strictObject({
  service: z.string(),
  person: z.strictObject({
    id: Id,
    name: z.string(),
    language: Language,
    phone: Phone.nullable(),
    siteId: Id.nullable(),
    place: z.string(),
  }),
  sites: z.array(z.strictObject({ id: Id, name: z.string() })),
  categories: z.array(z.strictObject({ id: Id, names: Names })),
  /** ISO country for numbers typed without a prefix. */
  defaultCountry: z.string().length(2),
  maxFileBytes: z.number().int(),
});
export type PortalDesk = z.infer<typeof PortalDesk>;

/** GET /v1/portal/people?text=: of the directory, by the beginning of any part of a name. */
export const PeopleQuery = z.strictObject({ text: z.string().trim().min(2).max(100) });
export const FoundPerson = z.strictObject({
  id: Id,
  name: z.string(),
  siteId: Id.nullable(),
  siteName: z.string().nullable(),
  /** At work, as it is written there. */
  phone: z.string().nullable(),
});
export type FoundPerson = z.infer<typeof FoundPerson>;
export const FoundPeople = z.strictObject({ people: z.array(FoundPerson) });

/**
 * POST /v1/portal/people: somebody who is in no directory (a visitor, a contractor) and has a problem. `id`: made by the page, so that it can
 * be sent again.
 */
export const NewPerson = z.strictObject({
  id: Uuid,
  name: z.string().trim().min(2).max(200),
  phone: z.string().trim().min(1).max(60),
  siteId: Id,
});
export const AddedPerson = z.strictObject({ personId: Id });

/** GET /v1/portal/similar: how many open tickets of the site look the same; nothing of what they say. */
export const SimilarQuery = z.strictObject({ siteId: Id, categoryId: Id.optional(), text: z.string().max(4_000) });
export const SimilarCount = z.strictObject({ count: z.number().int() });

/** GET /v1/portal/expected: what the SLA would give a ticket that is opened now. */
export const ExpectedQuery = z.strictObject({ kind: Kind, siteId: Id, importance: Importance, relevance: Relevance });
/** Null: the site's calendar never opens that long. */
const Promised = Instant.nullable();
export const Expected = z.strictObject({
  urgency: Urgency,
  /** Opening minutes of the site. */
  takeChargeMinutes: z.number().int(),
  contactMinutes: z.number().int(),
  takeChargeBy: Promised,
  /** The contact clock begins when somebody takes it: at the latest then. */
  callBy: Promised,
  timeZone: z.string(),
  serverTime: Instant,
});
export type Expected = z.infer<typeof Expected>;

/** What is promised on a ticket; null: does not run (done, paused, closed), or the calendar never opens that long. */
const Promises = z.strictObject({ takeChargeBy: Promised, callBy: Promised, resolveBy: Promised });

export const PortalTicket = z.strictObject({
  id: z.string(),
  number: z.string().nullable(),
  kind: Kind,
  title: z.string(),
  urgency: Urgency,
  phase: Phase,
  /** What the reader is to it. */
  isRequester: z.boolean(),
  isBeneficiary: z.boolean(),
  requesterName: z.string(),
  beneficiaryName: z.string(),
  /** Null: it waits in the pool. */
  holderName: z.string().nullable(),
  openedAt: Instant,
  resolvedAt: Instant.nullable(),
  closedAt: Instant.nullable(),
  wait: z.strictObject({ reason: WaitReason, detail: z.string(), wakeAt: Instant.nullable() }).nullable(),
  /** The next attempt to call, as it was agreed or proposed. */
  callbackAt: Instant.nullable(),
  promises: Promises,
  /** Who says that it is solved; null: nobody does. */
  resolvedByName: z.string().nullable(),
  /** It is up to the reader to say whether it is solved. */
  mayDecide: z.boolean(),
  /** His rating, or anybody's. */
  rating: Resolution.shape.rating,
  timeZone: z.string(),
});
export type PortalTicket = z.infer<typeof PortalTicket>;

/** GET /v1/portal/tickets: asked by me or for me; open ones first, then the newest of those that have ended. */
export const PortalTickets = z.strictObject({ tickets: z.array(PortalTicket), serverTime: Instant });
export type PortalTickets = z.infer<typeof PortalTickets>;

/** A resolution as those see it who judge it. */
export const PortalResolution = z.strictObject({
  id: z.string(),
  byName: z.string(),
  at: Instant,
  text: z.string(),
  decision: z
    .strictObject({
      kind: z.enum(['validated', 'refused', 'auto_closed', 'reopened']),
      byName: z.string().nullable(),
      at: Instant,
      reason: z.string(),
    })
    .nullable(),
  rating: Resolution.shape.rating,
});
export type PortalResolution = z.infer<typeof PortalResolution>;

/** What the end of a ticket offers its reader. */
const Ending = z.strictObject({
  /** The newest; null: nobody has said that it is solved. */
  resolution: PortalResolution.nullable(),
  mayDecide: z.boolean(),
  mayRate: z.boolean(),
  /** A rating may be changed until then. */
  rateUntil: Instant.nullable(),
  /** Without an answer it is closed then. */
  closesAt: Instant.nullable(),
  /** How often a solution was refused so far. */
  refusals: z.number().int(),
  /** Who is told of a refusal from the second on. */
  leadNames: z.array(z.string()),
});

/** GET /v1/portal/tickets/:id; of somebody else's: not_found. */
export const PortalTicketView = z.strictObject({
  ticket: PortalTicket,
  description: z.string(),
  phone: Phone,
  place: z.string(),
  siteName: z.string(),
  category: Names,
  ending: Ending,
  mayWrite: z.boolean(),
  mayCancel: z.boolean(),
  /** Public ones, oldest first. */
  entries: z.array(Entry),
  /** Of everybody in them, by id. */
  names: z.record(z.string(), z.string()),
  serverTime: Instant,
});
export type PortalTicketView = z.infer<typeof PortalTicketView>;

/**
 * The link in the mail of a resolution is PUBLIC_URL/decide#TOKEN, or /decide?answer=yes#TOKEN and /decide?answer=no#TOKEN: what follows the
 * # is sent to nobody, so it is in no log. The page sends it as this header. GET /v1/decision shows, POST /v1/decision decides,
 * POST /v1/decision/rating rates; no session is opened.
 */
export const DECISION_HEADER = 'guichet-decision';
/** The operation's id is made by the page: sent again, after an answer that never came, it has no second effect. */
const OperationId = { id: Uuid };
export const DecisionRequest = z.discriminatedUnion('decision', [
  z.strictObject({ ...OperationId, decision: z.literal('validate') }),
  z.strictObject({ ...OperationId, decision: z.literal('refuse'), reason: z.string().max(4_000) }),
]);
export const RatingRequest = z.strictObject({
  ...OperationId,
  duration: z.number().int().min(1).max(5),
  answers: z.number().int().min(1).max(5),
  comment: z.string().max(4_000),
});
export const DecisionView = z.strictObject({
  service: z.string(),
  person: z.strictObject({ id: Id, name: z.string(), language: Language }),
  number: z.string().nullable(),
  title: z.string(),
  kind: Kind,
  /** The resolution that the link is about, whatever came after it. */
  ending: Ending,
  /** A newer solution was proposed since: its own mail judges it. */
  isReplaced: z.boolean(),
  timeZone: z.string(),
  serverTime: Instant,
});
export type DecisionView = z.infer<typeof DecisionView>;
/** `refusal` null: done, or there was nothing left to do. The view is as it is afterwards. */
export const DecisionAnswer = z.strictObject({ refusal: Refusal.nullable(), view: DecisionView });
export type DecisionAnswer = z.infer<typeof DecisionAnswer>;
