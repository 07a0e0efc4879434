/**
 * cache.db: what the server has confirmed. Disposable: never migrated, another version of it is deleted and bootstrapped anew.
 * Columns of `ticket` are what lists filter and sort by; everything shown comes from the row's own JSON. A ticket's lines and
 * resolutions are kept with it (`whole`, by the ticket's key): they are read together, and written in the order of the keys, where an
 * index of their own ids would have a desk's hundred thousands of them written all over the file.
 */

/** Raise it whenever anything below changes meaning. */
export const CACHE_VERSION = 11;

/** Column list shared by the confirmed tickets and the temporary overlay of pending work. */
export const ticketColumns = [
  'key',
  'id',
  'done',
  'phase',
  'holder_id',
  'beneficiary_id',
  'team_id',
  'site_id',
  'kind',
  'category_id',
  'refused_rank',
  'due_key',
  'urgency_rank',
  'callback_ms',
  'callback_by',
] as const;
export type TicketColumns = Record<(typeof ticketColumns)[number], string | number | null>;

const ticketTable = `(
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  done INTEGER NOT NULL,
  phase TEXT NOT NULL,
  holder_id TEXT,
  beneficiary_id TEXT NOT NULL,
  team_id TEXT NOT NULL,
  site_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  category_id TEXT NOT NULL,
  refused_rank INTEGER NOT NULL,
  due_key INTEGER NOT NULL,
  urgency_rank INTEGER NOT NULL,
  callback_ms INTEGER,
  callback_by TEXT
)`;

/** Contentless and without positions: small and quick to build; excerpts are made from the rows themselves. */
const searchTable = `USING fts5(number, title, description, notes, people, solutions, beginnings,
  content='', contentless_delete=1, detail=none, tokenize='unicode61 remove_diacritics 2')`;

export const cacheSchema = `
CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE rows(
  tbl TEXT NOT NULL, id TEXT NOT NULL, revision INTEGER NOT NULL, json TEXT NOT NULL
);
CREATE UNIQUE INDEX rows_by_id ON rows(tbl, id);
CREATE TABLE whole(
  key INTEGER PRIMARY KEY, revision INTEGER NOT NULL,
  ticket TEXT NOT NULL, entries TEXT NOT NULL, resolutions TEXT NOT NULL
);
CREATE TABLE ticket${ticketTable};
CREATE INDEX ticket_due ON ticket(done, refused_rank, due_key, team_id, site_id, kind, holder_id);
CREATE INDEX ticket_newest ON ticket(done, refused_rank, key, team_id, site_id, kind);
CREATE INDEX ticket_urgency ON ticket(done, refused_rank, urgency_rank, due_key);
CREATE INDEX ticket_holder ON ticket(holder_id, done, refused_rank, due_key, team_id, site_id, kind);
CREATE INDEX ticket_beneficiary ON ticket(beneficiary_id);
CREATE INDEX ticket_callback ON ticket(callback_ms) WHERE callback_ms IS NOT NULL;
CREATE VIRTUAL TABLE search ${searchTable};
-- Fewer, larger merges. With 8, a desk of 100,000 tickets had half of one behind it when it had arrived, and each of the next changes paid
-- for more of the rest than for itself; searches take as long with 12.
INSERT INTO search(search, rank) VALUES ('automerge', 12);
CREATE TABLE person_name(key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, folded TEXT NOT NULL, words TEXT NOT NULL);
CREATE VIRTUAL TABLE person_search USING fts5(name, content='', contentless_delete=1, detail=none, tokenize='unicode61 remove_diacritics 2');
`;

/** Temporary tables of the reading connection: pending work over the confirmed rows, in memory, gone with the process. */
export const overlaySchema = `
CREATE TEMP TABLE overlay${ticketTable};
CREATE VIRTUAL TABLE temp.overlay_search ${searchTable};
`;

/**
 * Newest first: the year 2100 minus the opening, with room for tickets of the same millisecond; a fuller one takes the room of those
 * before it. Openings outside of 1970–2100 sort as if at its ends, so that every key is a whole number.
 */
const LAST_MS = 4_102_444_800_000;
export const KEY_SLOTS = 2_048;
export function firstKeyOf(openedAt: string): number {
  return (LAST_MS - Math.min(Math.max(Date.parse(openedAt), 0), LAST_MS)) * KEY_SLOTS;
}
