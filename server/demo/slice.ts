/** The slice of the service desk log that comes with the project (resources/demo/README.md says where it is from). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';

const Minutes = z.number().int();
const Actor = z.string();
const Assignee = z.string().nullable();
/** Minutes after the opening, name, actor, then what the operation carries. */
const LogOperation = z.union([
  z.tuple([Minutes, z.enum(['touch', 'start', 'resume', 'resolve', 'reopen', 'close', 'release']), Actor]),
  z.tuple([Minutes, z.enum(['claim', 'assign', 'reassign']), Actor, Assignee]),
  z.tuple([Minutes, z.literal('route'), Actor, z.string().nullable(), Assignee]),
  z.tuple([Minutes, z.literal('wait'), Actor, z.string()]),
]);
export type LogOperation = z.infer<typeof LogOperation>;
const LogTicket = z.strictObject({
  ticket: z.string(),
  /** Minutes after the cycle's first Monday, 0:00. */
  at: Minutes,
  group: z.string().nullable(),
  category: z.string().nullable(),
  operations: z.array(LogOperation),
});
export type LogTicket = z.infer<typeof LogTicket>;

const Header = z.object({
  source: z.string(),
  authors: z.string(),
  licence: z.string(),
  weeks: z.number().int(),
  tickets: z.number().int(),
});

export interface Slice {
  weeks: number;
  /** In the order of their opening. */
  tickets: readonly LogTicket[];
}

const FILE = join(import.meta.dirname, '..', '..', 'resources', 'demo', 'events.ndjson.gz');

/** @throws ZodError when the file is not what build/make-demo-slice.ts writes */
export function readSlice(file = FILE): Slice {
  const [first = '', ...lines] = gunzipSync(readFileSync(file)).toString('utf8').trimEnd().split('\n');
  const { weeks, tickets: expected } = Header.parse(JSON.parse(first));
  const tickets = lines.map((line) => LogTicket.parse(JSON.parse(line)));
  if (tickets.length !== expected) throw new Error(`${file} holds ${tickets.length} tickets, its first line says ${expected}.`);
  return { weeks, tickets };
}
