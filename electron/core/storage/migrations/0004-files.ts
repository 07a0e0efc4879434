/**
 * Files that wait to be uploaded, each with the operation that attaches it; kept as long as that operation. The bytes lie in the folder
 * "files" as `stored_as`. `id` is the upload's on the server too.
 */
export const files = {
  version: 4,
  sql: `
CREATE TABLE file(
  id TEXT PRIMARY KEY,
  author_id TEXT NOT NULL,
  ticket_id TEXT NOT NULL,
  name TEXT NOT NULL,
  size INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  type TEXT NOT NULL,
  stored_as TEXT NOT NULL,
  made_at TEXT NOT NULL,
  state TEXT NOT NULL,
  problem TEXT
) WITHOUT ROWID;
CREATE INDEX file_waiting ON file(author_id, state, made_at);
`,
} as const;
