/** Operations, drafts and who owns the file. */
export const operations = {
  version: 1,
  sql: `
CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE operation(
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  author_id TEXT NOT NULL,
  name TEXT NOT NULL,
  ticket_id TEXT NOT NULL,
  ticket_number TEXT,
  ticket_title TEXT NOT NULL,
  input TEXT NOT NULL,
  made_at TEXT NOT NULL,
  occurred_at TEXT NOT NULL,
  offline INTEGER NOT NULL,
  after TEXT NOT NULL,
  state TEXT NOT NULL,
  outcome TEXT,
  seq INTEGER,
  revision INTEGER,
  answered_at TEXT,
  before TEXT,
  draft TEXT
);
CREATE INDEX operation_open ON operation(author_id, state, position);
CREATE INDEX operation_ticket ON operation(ticket_id, position);
CREATE TABLE draft(
  author_id TEXT NOT NULL, ticket_id TEXT NOT NULL, form TEXT NOT NULL, content TEXT NOT NULL, saved_at TEXT NOT NULL,
  PRIMARY KEY (author_id, ticket_id, form)
) WITHOUT ROWID;
`,
} as const;
