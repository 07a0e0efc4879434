/** The call in progress: at most one, stored before the system dials. `run` is the process that started it. */
export const call = {
  version: 2,
  sql: `
CREATE TABLE call(
  one INTEGER PRIMARY KEY CHECK (one = 1),
  author_id TEXT NOT NULL,
  run TEXT NOT NULL,
  content TEXT NOT NULL
);
`,
} as const;
