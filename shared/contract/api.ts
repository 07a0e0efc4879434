/** What crosses the network: schemas of every request and answer of the server's API. */
import { z } from 'zod';
import { FileName } from '../domain/file-name.ts';
import { Id, Instant, Language, Membership, Person, rowSchemas, type TableName, Ticket, Uuid } from '../domain/model.ts';
import { FieldProblem, Refusal } from '../domain/refusal.ts';

/**
 * Raised when a console of the version before could not read what a server sends (docs/decisions/0019-versions-greet-each-other.md). A
 * console says its own in the header `guichet-protocol`.
 */
export const PROTOCOL_VERSION = 1;
/** A server of this version serves it and the one before: consoles are updated after it, and not all in one day. */
export function servedProtocols(version: number): number[] {
  return [version - 1, version].filter((one) => one > 0);
}
export const PROTOCOL_HEADER = 'guichet-protocol';

/** Every error of the API has this body; `message` is in the language of `accept-language` (fr or en). */
export const ApiError = z.strictObject({
  error: z.enum([
    'invalid_input',
    'unauthorized',
    'wrong_credentials',
    'too_many_attempts',
    'forbidden',
    'not_found',
    /** A link of a mail that is none, or was altered. */
    'link_unknown',
    'link_expired',
    'too_large',
    'empty_file',
    'wrong_offset',
    'wrong_hash',
    'id_reused',
    /** A row was changed since it was read. */
    'stale',
    'too_many_uploads',
    'resync',
    'console_too_old',
    'unavailable',
    'disk_full',
    'internal',
  ]),
  message: z.string(),
  problems: z.array(FieldProblem).optional(),
  /** Seconds; with 429 and 503 also in the Retry-After header. */
  retryAfter: z.number().int().optional(),
  /** Sign-in only: how many tries remain before a pause. */
  attemptsLeft: z.number().int().optional(),
  /** With `too_large` of a file: how many bytes it may have. */
  limit: z.number().int().optional(),
});
export type ApiError = z.infer<typeof ApiError>;

// GET /v1/hello: no session needed; understood by consoles of every version, so fields are only ever added and unknown ones ignored
export const Hello = z.object({
  service: z.string(),
  serverVersion: z.string(),
  protocols: z.array(z.number().int()),
  serverTime: Instant,
});
export type Hello = z.infer<typeof Hello>;

// POST /v1/session
export const SignInRequest = z.strictObject({
  login: z.string().min(1).max(200),
  password: z.string().min(1).max(1000),
  /** Name of the console, for the list of sessions. */
  device: z.string().min(1).max(200),
});
export const SessionTokens = z.strictObject({
  accessToken: z.string(),
  accessExpiresAt: Instant,
  refreshToken: z.string(),
  person: Person,
  memberships: z.array(Membership),
  serverTime: Instant,
});
export type SessionTokens = z.infer<typeof SessionTokens>;
// POST /v1/session/refresh answers SessionTokens too; DELETE /v1/session ends the session
export const RefreshRequest = z.strictObject({ refreshToken: z.string().min(1).max(500) });

// GET /v1/me
export const Me = z.strictObject({ person: Person, memberships: z.array(Membership), language: Language });

/** "epoch:seq:tag" */
export const Cursor = z.string().regex(/^[A-Za-z0-9-]{1,64}:\d{1,16}:[A-Za-z0-9-]{1,64}$/);

/**
 * GET /v1/bootstrap?page=TOKEN: NDJSON (gzip where accepted), one BootstrapLine a line; the last one is `end`.
 * The first page (no token) fixes the snapshot's position. Desk tables first, then tickets newest open first, each followed
 * by its entries and resolutions.
 */
export const BootstrapQuery = z.strictObject({ page: z.string().max(500).optional() });
const Table = z.enum(Object.keys(rowSchemas) as [TableName, ...TableName[]]);
/** `row` is parsed by the table's own schema. */
export const BootstrapLine = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('row'), table: Table, row: z.unknown() }),
  /** `total`: tickets of the whole bootstrap, so that progress can be shown. */
  z.strictObject({ kind: z.literal('end'), next: z.string().nullable(), position: Cursor, total: z.number().int() }),
]);

export type BootstrapLine = z.infer<typeof BootstrapLine>;

// GET /v1/feed?cursor=…&limit=…
export const FeedQuery = z.strictObject({ cursor: Cursor, limit: z.coerce.number().int().min(1).max(2000).default(500) });
/** Upserts carry the row; `gone` is for those who lost sight of a row, and for deletions (of an entry or a resolution with its ticket). */
export const FeedChange = z.union([
  z.strictObject({ table: Table, row: z.unknown() }),
  z.strictObject({ table: Table, gone: z.string(), ticketId: z.string().optional() }),
]);
/** A cursor that does not fit answers 409 with `error: "resync"`: start over with a bootstrap, outbox kept. */
export const FeedPage = z.strictObject({
  changes: z.array(FeedChange),
  /** After the last seq scanned, even if nothing of it was visible. */
  cursor: Cursor,
  more: z.boolean(),
  serverTime: Instant,
});
export type FeedPage = z.infer<typeof FeedPage>;

/** Levels of an operation's input that are looked into at all; none of them has more than three. */
const INPUT_DEPTH = 16;
function isShallow(value: unknown, levels = INPUT_DEPTH): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((inner) => isShallow(inner, levels - 1));
}
const OperationInput = z.record(z.string(), z.unknown()).refine((input) => isShallow(input));

// POST /v1/operations
export const PushOperation = z.strictObject({
  id: Uuid,
  name: z.string().min(1).max(40),
  ticketId: Uuid,
  /** Parsed by the operation's own schema; a wrong one is a rejection, not a wrong request. */
  input: OperationInput,
  /** Offset-corrected instants; a call's `occurredAt` is its start. */
  madeAt: Instant,
  occurredAt: Instant,
  /** Made without the server in reach. */
  offline: z.boolean(),
  /** Ids of the operations that this one builds on: their rejection is its own. */
  after: z.array(Uuid).max(50),
});
export type PushOperation = z.infer<typeof PushOperation>;
export const PushRequest = z.strictObject({
  operations: z.array(PushOperation).min(1).max(100),
  /**
   * The epoch that the console knows. Of another one nothing is taken (409 `resync`): what these operations build on may be missing from
   * a database that was put back.
   */
  epoch: z.string().max(64).optional(),
});
export const PushOutcome = z.discriminatedUnion('status', [
  z.strictObject({ id: z.string(), status: z.literal('applied'), seq: z.number().int(), revision: z.number().int() }),
  /** Nothing to do, not wrong: a claim that finds its author holder. */
  z.strictObject({ id: z.string(), status: z.literal('superseded'), seq: z.number().int(), revision: z.number().int() }),
  /** What a refused claim carried along: kept under its id, changed into what could be kept. */
  z.strictObject({
    id: z.string(),
    status: z.literal('kept'),
    as: z.enum(['note', 'log_call', 'attach', 'solution_proposed']),
    seq: z.number().int(),
    revision: z.number().int(),
  }),
  /** `ticket` as this session may see it, or null. */
  z.strictObject({ id: z.string(), status: z.literal('rejected'), refusal: Refusal, ticket: Ticket.nullable() }),
]);
export type PushOutcome = z.infer<typeof PushOutcome>;
/** One outcome an operation, in the order of the request. */
export const PushResponse = z.strictObject({ outcomes: z.array(PushOutcome), serverTime: Instant });

// POST /v1/operations/known: after the server's backup was restored. Of ids that a console had an answer for, those that the server lacks.
export const KnownRequest = z.strictObject({ ids: z.array(Uuid).min(1).max(500) });
/** In the order of the request. */
export const KnownResponse = z.strictObject({ unknown: z.array(z.string()), serverTime: Instant });

/**
 * POST /v1/uploads: announces a file under an id that the console made; again with the same content it answers how far it is.
 * GET /v1/uploads/:id: how far. PUT /v1/uploads/:id?offset=N (application/octet-stream): the bytes from N on, which is on the disk
 * once it is answered. POST /v1/uploads/:id/finish: all of it is there, and has the hash that was announced; then `attach` may name it.
 */
export const UploadRequest = z.strictObject({
  id: Uuid,
  name: FileName,
  size: z.number().int().nonnegative(),
  /** Of the whole file, hexadecimal. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export const UploadParams = z.strictObject({ id: Uuid });
export const ChunkQuery = z.strictObject({
  offset: z
    .string()
    .regex(/^\d{1,12}$/)
    .transform(Number),
});
export const UploadState = z.strictObject({
  id: z.string(),
  /** Bytes that are on the server's disk: where to go on. */
  received: z.number().int().nonnegative(),
  finished: z.boolean(),
  /** The largest file that this server takes, bytes. */
  maxBytes: z.number().int(),
  serverTime: Instant,
});
export type UploadState = z.infer<typeof UploadState>;
// GET /v1/files/:id: the bytes of an attached file, for whoever sees its entry

/** GET /v1/events (text/event-stream): `event: position`, data = LivePosition; `event: heartbeat` every 15 s. */
export const LivePosition = z.strictObject({ epoch: z.string(), seq: z.number().int() });

/**
 * GET /v1/presence: who else of my teams is at a console (seen in the last minute), and on which ticket. Asking says that I am, on the ticket
 * that I name; it is in no feed.
 */
export const PresenceQuery = z.strictObject({
  ticket: Uuid.optional(),
  /** On the telephone about it. */
  call: z.literal('1').optional(),
});
export const PresentPerson = z.strictObject({ personId: z.string(), ticketId: z.string().nullable(), onCall: z.boolean() });
export const PresenceAnswer = z.strictObject({
  people: z.array(PresentPerson),
  /** Mails that wait for somebody to deal with them (quarantine.ts); absent: they are not this person's to see. */
  waitingMails: z.number().int().optional(),
  serverTime: Instant,
});

// GET /v1/tickets/:id: one ticket with what this person may see of it
export const TicketParams = z.strictObject({ id: Uuid });
export const TicketView = z.strictObject({
  ticket: Ticket,
  entries: z.array(rowSchemas.entry),
  resolutions: z.array(rowSchemas.resolution),
});

/** GET /v1/hash: SHA-256 over the rows as sent to this person (shared/contract/canonical.ts), for comparison with a console's. */
export const StateHash = z.strictObject({ epoch: z.string(), seq: z.number().int(), tickets: z.number().int(), hash: z.string() });

// POST /v1/import: role importer, and only where the server was started with ALLOW_IMPORT=1
export const ImportOperation = z.strictObject({
  id: Uuid,
  name: z.string().min(1).max(40),
  ticketId: Uuid,
  actorId: Id,
  at: Instant,
  input: OperationInput,
});
export type ImportOperation = z.infer<typeof ImportOperation>;
export const ImportRequest = z.strictObject({
  operations: z.array(ImportOperation).min(1).max(1000),
  /** Leave out the operations on tickets that a person has touched. */
  skipTouched: z.boolean().default(false),
});
export const ImportOutcome = z.discriminatedUnion('status', [
  z.strictObject({ id: z.string(), status: z.literal('applied'), seq: z.number().int() }),
  z.strictObject({ id: z.string(), status: z.literal('superseded'), seq: z.number().int() }),
  z.strictObject({ id: z.string(), status: z.literal('skipped') }),
  z.strictObject({ id: z.string(), status: z.literal('rejected'), refusal: Refusal }),
]);
export const ImportResponse = z.strictObject({ outcomes: z.array(ImportOutcome) });
