/**
 * The tables as Kysely sees them. Rows that cross the network are kept whole as JSON (`doc`), beside the few columns that
 * queries need; booleans are 0/1 and instants ISO strings, so that every dialect stores the same.
 */
import type { ColumnType } from 'kysely';
import type { AlertMark } from '#shared/domain/model.ts';
import type { MailNotice } from '#shared/domain/operation.ts';
import type { ClockName } from '#shared/domain/sla/facts.ts';

type Flag = 0 | 1;

export interface TicketTable {
  id: string;
  number: string | null;
  team_id: string;
  requester_id: string;
  beneficiary_id: string;
  opened_by: string;
  phase: string;
  opened_at: string;
  revision: number;
  /** Written by imports only so far: jobs, alerts and mail leave it alone. */
  untouched: Flag;
  /** When the pause that it is in ends by itself. */
  wake_at: string | null;
  /**
   * When its clocks are to be looked at: not later than their next mark that nobody was told of. Null: none is ahead. `UNKNOWN_ALERTS`:
   * from before alerts were told.
   */
  next_alert_at: string | null;
  /** When its solution, that nobody has answered, is to be looked at: not later than its reminder or its closing. Null: none waits. */
  answer_due_at: string | null;
  doc: string;
}
/** Later than any instant, so that it is never due. */
export const UNKNOWN_ALERTS = 'unknown';

/** What was told of a ticket's clocks, to somebody or to nobody; never twice under one key. */
export interface AlertTable {
  ticket_id: string;
  key: string;
  clock: ClockName;
  mark: AlertMark;
  /** The clock's deadline as it was then; null: the calendar never opened that long. */
  due_at: string | null;
  told_at: string;
}

export interface EntryTable {
  id: string;
  ticket_id: string;
  /** The operation that made it. */
  operation_id: string;
  at: string;
  visibility: string;
  revision: number;
  doc: string;
}

export interface ResolutionTable {
  id: string;
  ticket_id: string;
  at: string;
  undone: Flag;
  revision: number;
  doc: string;
}

/** Everybody who ever held a ticket, undone or not. */
export interface PastHolderTable {
  ticket_id: string;
  person_id: string;
}

/** Service, teams, people, sites, calendars…: small tables that everybody on the desk reads; `table_name` as in the feed. */
export interface DirectoryTable {
  table_name: string;
  id: string;
  revision: number;
  doc: string;
}

/** Kept for ever: a resend gets the recorded answer. `body` and `before` may be emptied after 90 days. */
export interface OperationTable {
  id: string;
  name: string;
  ticket_id: string;
  author_id: string;
  content_hash: string;
  status: 'applied' | 'superseded' | 'kept' | 'rejected';
  /** JSON: revision and form of what was kept, or the refusal. */
  outcome: string;
  /** The feed's position with this operation in it. */
  seq: number;
  /** The refused claim that this rejection comes from: itself, or what it built on. */
  refused_claim: string | null;
  imported: Flag;
  /** Taken back by its author. */
  undone: Flag;
  /** Server time; the given instant for imports. */
  applied_at: string;
  occurred_at: string;
  body: string | null;
  /** JSON: the ticket and the resolution as they were before, for undo. */
  before: string | null;
}

/** One transaction that changed something: its place in the feed. */
export interface FeedTable {
  seq: number;
  /** Place within the transaction. */
  n: number;
  tag: string;
  table_name: string;
  row_id: string;
  /** The ticket that the row belongs to; null for directory rows. */
  ticket_id: string | null;
  team_before: string | null;
  team_after: string | null;
  /** People (requester, beneficiary) as JSON arrays: who could see it without a role. */
  people_before: string | null;
  people_after: string | null;
  at: string;
}

/** One row: the counter that every changing transaction takes last. */
export interface PositionTable {
  id: 1;
  epoch: string;
  seq: number;
  tag: string;
  /** Grows with every change of the directory, so that copies in memory know when they are old. */
  directory_version: number;
}

/** When a person's rights last changed: an older cursor starts over. */
export interface PersonScopeTable {
  person_id: string;
  seq: number;
}

export interface CredentialTable {
  person_id: string;
  login: string;
  password_hash: string;
}

export interface SessionTable {
  id: string;
  person_id: string;
  device: string;
  created_at: string;
  revoked_at: string | null;
}

/** The newest feed position that a session was sent; kept only where several processes serve the database. */
export interface SessionSeenTable {
  session_id: string;
  seq: number;
}

/** `parent_hash`: the token that was exchanged for this one. */
export interface RefreshTokenTable {
  hash: string;
  session_id: string;
  parent_hash: string | null;
  /** live; used: a successor of it is in use; dropped: a sibling won. */
  state: 'live' | 'used' | 'dropped';
  expires_at: string;
}

export interface AccessTokenTable {
  hash: string;
  session_id: string;
  /** The refresh token that was handed out with it. */
  refresh_hash: string;
  used: Flag;
  expires_at: string;
}

/** `key` is "account:…" or "address:…". */
export interface LoginAttemptTable {
  key: string;
  failures: number;
  last_at: string;
}

export type MailKind = MailNotice['kind'] | 'alert';

export interface MailTable {
  /** Kind, ticket, cause and person: never two for one cause. */
  id: string;
  kind: MailKind;
  /** The id of the entry or of the resolution that it tells of, or the alert's key. */
  cause: string;
  /** Whose undo takes it back; null for what no operation caused. */
  operation_id: string | null;
  ticket_id: string;
  person_id: string;
  /** leaving: taken by the job, too late for an undo. failed: given up. */
  state: 'queued' | 'leaving' | 'sent' | 'taken_back' | 'failed';
  /** Not tried before. */
  due_at: string;
  sent_at: string | null;
  /** How often it was tried in vain. */
  attempts: number;
}

/** A link in a mail: lets one person judge one resolution. `hash`: of the token, which only the mail knows. */
export interface DecisionLinkTable {
  hash: string;
  person_id: string;
  ticket_id: string;
  resolution_id: string;
  created_at: string;
}

/** Part of the address that a mail is answered to: whose the answer is, and about what. `hash`: of the code, which only the mail knows. */
export interface ReplyCodeTable {
  hash: string;
  person_id: string;
  ticket_id: string;
  created_at: string;
}

/** A mail that came. Its id is the same however often it is delivered; its row says what became of it, so that it has one effect. */
export interface InboundMailTable {
  id: string;
  message_id: string | null;
  /** The sender's address in small letters; null: nobody, or several. */
  sender: string | null;
  sender_name: string;
  subject: string;
  /** While it waits, cut; empty afterwards. */
  text: string;
  /** JSON: names and sizes of its files. */
  files: string;
  received_at: string;
  /** taken: what is to be done is in `plan`, and not done to the end yet. */
  state: 'taken' | 'quarantined' | 'noted' | 'opened' | 'dropped' | 'discarded';
  /** Why it waits or waited, or was dropped. */
  why: string | null;
  ticket_id: string | null;
  person_id: string | null;
  /** JSON, while it is carried out. */
  plan: string | null;
  /** The whole mail's name in the folder of files, while it is needed. */
  stored_as: string | null;
  /** The technician who decided; null: nobody had to. */
  handled_by: string | null;
  handled_at: string | null;
  changed_at: string;
}

/** What a person uploads; its uploader's alone until it is attached. `id` is the uploader's choice and grants nothing. */
export interface UploadTable {
  id: string;
  person_id: string;
  name: string;
  /** Bytes, and their hash, as they were announced. */
  size: number;
  sha256: string;
  /** The file's name in the folder of files: the server's choice. */
  stored_as: string;
  /** leaving: nothing came of it, its file is being removed. */
  state: 'receiving' | 'finished' | 'attached' | 'leaving';
  /** Bytes that are on the disk. */
  received: number;
  /** By its content; null while it is received. */
  type: string | null;
  /** Once attached: to which ticket, by which operation (whose entry says who sees it). */
  ticket_id: string | null;
  operation_id: string | null;
  touched_at: string;
}

export interface AuditTable {
  id: string;
  at: string;
  actor_id: string | null;
  action: string;
  details: string;
}

export interface SettingTable {
  key: string;
  value: string;
}

/** Who is at a console now. Of no use after a minute; in no feed. */
export interface PresenceTable {
  session_id: string;
  person_id: string;
  /** The ticket before him. */
  ticket_id: string | null;
  /** On the telephone about it. */
  on_call: Flag;
  at: string;
}

/** The last number given, by kind and year: "I-2026". */
export interface NumberSeriesTable {
  series: string;
  last: number;
}

export interface SchemaVersionTable {
  version: number;
  name: string;
  applied_at: ColumnType<string, string, never>;
}

export interface Tables {
  ticket: TicketTable;
  alert: AlertTable;
  entry: EntryTable;
  resolution: ResolutionTable;
  past_holder: PastHolderTable;
  directory: DirectoryTable;
  operation: OperationTable;
  feed: FeedTable;
  position: PositionTable;
  person_scope: PersonScopeTable;
  credential: CredentialTable;
  session: SessionTable;
  session_seen: SessionSeenTable;
  refresh_token: RefreshTokenTable;
  access_token: AccessTokenTable;
  login_attempt: LoginAttemptTable;
  mail: MailTable;
  decision_link: DecisionLinkTable;
  reply_code: ReplyCodeTable;
  inbound_mail: InboundMailTable;
  upload: UploadTable;
  audit: AuditTable;
  setting: SettingTable;
  number_series: NumberSeriesTable;
  presence: PresenceTable;
  schema_version: SchemaVersionTable;
}
