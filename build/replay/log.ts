/**
 * The files of a replay (resources/replay/README.md): events, final states, checkpoints. Every line is parsed where it enters;
 * what the replay has no use for (a ticket's symptom, say) is left out there. Instants become the product's, with milliseconds.
 */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { Id } from '#shared/domain/model.ts';

const LogInstant = z.iso.datetime().transform((text) => new Date(text).toISOString());
/** 1 touches most or hurries most, 3 least. */
const Level = z.literal([1, 2, 3]);
export type Level = z.infer<typeof Level>;
const WaitWord = z.enum(['user', 'vendor', 'problem', 'evidence', 'unknown']);
export type WaitWord = z.infer<typeof WaitWord>;
const LogState = z.enum(['New', 'Active', 'Waiting', 'Resolved', 'Closed']);
export type LogState = z.infer<typeof LogState>;
/** A group, a person, a category…, which the log may not know. */
const Name = Id.nullable();
const Count = z.number().int().nonnegative();

function event<Op extends string, Fields extends z.ZodRawShape>(op: Op, fields: Fields) {
  const shape = { t: LogInstant, ticket: Id, n: Count, op: z.literal(op), actor: Id, fields: z.object(fields) };
  return z.object(shape);
}
const LogEvent = z.discriminatedUnion('op', [
  event('open', {
    opened_at: LogInstant,
    opened_by: Name,
    group: Name,
    caller: Name,
    location: Name,
    category: Name,
    impact: Level,
    urgency: Level,
  }),
  event('claim', { assignee: Id }),
  event('assign', { assignee: Id }),
  event('reassign', { assignee: Id }),
  event('release', {}),
  event('route', { group: Name, assignee: Name }),
  event('set', {
    caller: Name.optional(),
    location: Name.optional(),
    category: Name.optional(),
    impact: Level.optional(),
    urgency: Level.optional(),
  }),
  event('touch', {}),
  event('start', {}),
  event('wait', { reason: WaitWord }),
  event('resume', {}),
  event('resolve', {}),
  event('reopen', {}),
  event('close', { code: Name, direct: z.boolean() }),
]);
export type LogEvent = z.infer<typeof LogEvent>;

const Moment = z.union([
  z.tuple([z.literal('Closed')]),
  /** Wait reason, group, assignee, priority. */
  z.tuple([LogState, WaitWord.nullable(), Name, Name, z.number().int()]),
]);
const FinalState = z.object({
  ticket: Id,
  state: LogState,
  group: Name,
  assignee: Name,
  caller: Name,
  location: Name,
  category: Name,
  impact: Level,
  urgency: Level,
  priority: z.number().int(),
  code: Name,
  opened_at: LogInstant,
  first_resolved_at: LogInstant.nullable(),
  resolved_at: LogInstant.nullable(),
  closed_at: LogInstant.nullable(),
  routes: Count,
  reopens: Count,
  waits: Count,
  /** By the date of a checkpoint; absent: not there yet. */
  at: z.record(z.iso.date(), Moment),
});
export type FinalState = z.infer<typeof FinalState>;

const CheckpointsFile = z.record(
  z.iso.datetime(),
  z.strictObject({
    states: z.partialRecord(LogState, Count),
    /** New, Active and Waiting, like the next one. */
    open_unassigned: Count,
    open_by_group: z.record(z.string(), Count),
  }),
);
export interface Checkpoint extends z.infer<typeof CheckpointsFile.valueType> {
  /** What happened at this very instant is included. */
  instant: string;
  /** The key of `FinalState.at`. */
  date: string;
}

/** A file is not what it should be: one sentence, for whoever handed it over. */
export class LogError extends Error {
  override readonly name = 'LogError';
}

/** In time order, each ticket's numbered from 0 without a gap, its opening first. @throws LogError */
export function readEvents(file: string): LogEvent[] {
  const events = readLines(file, LogEvent);
  const next = new Map<string, number>();
  let latest = '';
  for (const [index, { t, ticket, n, op }] of events.entries()) {
    const expected = next.get(ticket) ?? 0;
    if (n !== expected) throw wrongLine(file, index, `event ${n} of ${ticket} comes where ${expected} is due`);
    if ((op === 'open') !== (n === 0)) throw wrongLine(file, index, `${ticket} begins with its opening and has one only`);
    if (t < latest) throw wrongLine(file, index, `${t} comes after ${latest}`);
    next.set(ticket, n + 1);
    latest = t;
  }
  return events;
}

/** One a ticket. @throws LogError */
export function readFinalStates(file: string): FinalState[] {
  const finals = readLines(file, FinalState);
  const known = new Set<string>();
  for (const [index, { ticket }] of finals.entries()) {
    if (known.has(ticket)) throw wrongLine(file, index, `${ticket} is there already`);
    known.add(ticket);
  }
  return finals;
}

/** By their instant, one a date. @throws LogError */
export function readCheckpoints(file: string): Checkpoint[] {
  const parsed = CheckpointsFile.safeParse(jsonOf(textOf(file), `${file} is not JSON`));
  if (!parsed.success) throw new LogError(`${file}: ${problemOf(parsed.error)}.`);
  const checkpoints = Object.entries(parsed.data).map(([text, counts]): Checkpoint => {
    const instant = new Date(text).toISOString();
    return { ...counts, instant, date: instant.slice(0, 10) };
  });
  if (new Set(checkpoints.map((one) => one.date)).size < checkpoints.length) {
    throw new LogError(`${file} has two checkpoints on one date; the final states name them by their date.`);
  }
  return checkpoints.sort((a, b) => (a.instant < b.instant ? -1 : 1));
}

/** NDJSON, gzipped or not. */
function readLines<Schema extends z.ZodType>(file: string, schema: Schema): z.output<Schema>[] {
  const lines = textOf(file).trimEnd().split('\n');
  return lines.map((line, index) => {
    const parsed = schema.safeParse(jsonOf(line, `${file}, line ${index + 1} is not JSON`));
    if (!parsed.success) throw wrongLine(file, index, problemOf(parsed.error));
    return parsed.data;
  });
}

function textOf(file: string): string {
  try {
    const bytes = readFileSync(file);
    const zipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
    return (zipped ? gunzipSync(bytes) : bytes).toString('utf8');
  } catch (error) {
    throw new LogError(`${file} cannot be read (${error instanceof Error ? error.message : String(error)}).`);
  }
}

function jsonOf(text: string, complaint: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new LogError(`${complaint}.`);
  }
}

function wrongLine(file: string, index: number, problem: string): LogError {
  return new LogError(`${file}, line ${index + 1}: ${problem}.`);
}
function problemOf(error: z.ZodError): string {
  const [first] = error.issues;
  const path = first?.path.join('.') ?? '';
  return `${path === '' ? '' : `${path}: `}${first?.message ?? 'not as it should be'}`;
}
