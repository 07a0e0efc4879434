/** Alerts that were told to a person: once each, over every restart. */
export const alerts = {
  version: 5,
  sql: `
CREATE TABLE alert(
  author_id TEXT NOT NULL,
  ticket_id TEXT NOT NULL,
  key TEXT NOT NULL,
  told_at TEXT NOT NULL,
  again_at TEXT,
  dismissed INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (author_id, ticket_id, key)
) WITHOUT ROWID;
`,
} as const;
