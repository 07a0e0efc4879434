/** Refusals that the technician has not dismissed, and the moment an operation was first sent (a lost answer leaves it in doubt). */
export const rejections = {
  version: 3,
  sql: `
CREATE TABLE rejection(
  operation_id TEXT PRIMARY KEY,
  author_id TEXT NOT NULL,
  ticket_id TEXT NOT NULL,
  content TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX rejection_ticket ON rejection(ticket_id);
ALTER TABLE operation ADD COLUMN sent_at TEXT;
`,
} as const;
