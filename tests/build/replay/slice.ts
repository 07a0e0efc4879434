/** A part of the log that comes with the project, as files of its own: some tickets of every kind, and the counts of just these. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const resources = join(import.meta.dirname, '../../../resources/replay');
const OF_A_KIND = 10;

type Fields = Record<string, unknown>;
interface RawEvent {
  ticket: string;
  op: string;
  fields: Fields;
}
interface RawFinal {
  ticket: string;
  at: Record<string, [state: string, reason?: string | null, group?: string | null, assignee?: string | null, priority?: number]>;
}

export interface SliceFiles {
  events: string;
  final: string;
  checkpoints: string;
}

function rawLines<T>(name: string): { line: string; value: T }[] {
  const text = gunzipSync(readFileSync(join(resources, name))).toString('utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => ({ line, value: JSON.parse(line) as T }));
}

/** What is special about an event: its name, what it says by a word or a flag, what it leaves unknown, what it sets. */
function kindsOf({ op, fields }: RawEvent): string[] {
  const said = ['from', 'reason', 'direct'].flatMap((name) => (name in fields ? [`${op} ${name} ${fields[name]}`] : []));
  const unknown = ['group', 'caller', 'location', 'category', 'opened_by', 'code'].flatMap((name) =>
    fields[name] === null ? [`${op} without ${name}`] : [],
  );
  const set = op === 'set' ? Object.keys(fields).map((name) => `set ${name}`) : [];
  return [op, ...said, ...unknown, ...set];
}

/** Some tickets of each kind, and evenly spread ones up to the size. */
function chosen(events: readonly RawEvent[], size: number): Set<string> {
  const byKind = new Map<string, Set<string>>();
  const all = new Set<string>();
  for (const event of events) {
    all.add(event.ticket);
    for (const kind of kindsOf(event)) {
      const some = byKind.get(kind) ?? new Set();
      byKind.set(kind, some);
      if (some.size < OF_A_KIND) some.add(event.ticket);
    }
  }
  const result = new Set([...byKind.values()].flatMap((some) => [...some]));
  const everybody = [...all];
  const step = Math.floor(everybody.length / size);
  for (let index = 0; result.size < size && index < everybody.length; index += step) result.add(everybody[index] ?? '');
  return result;
}

function countsAt(date: string, finals: readonly RawFinal[]) {
  const states: Record<string, number> = {};
  const openByGroup: Record<string, number> = {};
  let unassigned = 0;
  for (const { at } of finals) {
    const [state, , group, assignee] = at[date] ?? [];
    if (state === undefined) continue;
    states[state] = (states[state] ?? 0) + 1;
    if (state === 'Resolved' || state === 'Closed') continue;
    openByGroup[group ?? 'none'] = (openByGroup[group ?? 'none'] ?? 0) + 1;
    if (assignee === null) unassigned += 1;
  }
  return { states, open_unassigned: unassigned, open_by_group: openByGroup };
}

/** Writes the files of a slice of `size` tickets into the folder. */
export function writeSlice(folder: string, size: number): SliceFiles {
  const events = rawLines<RawEvent>('events.ndjson.gz');
  const tickets = chosen(
    events.map((one) => one.value),
    size,
  );
  const inSlice = ({ value }: { value: { ticket: string } }) => tickets.has(value.ticket);
  const finals = rawLines<RawFinal>('final.ndjson.gz').filter(inSlice);
  const instants = Object.keys(JSON.parse(readFileSync(join(resources, 'checkpoints.json'), 'utf8')));
  const values = finals.map((one) => one.value);
  const checkpoints = Object.fromEntries(instants.map((instant) => [instant, countsAt(instant.slice(0, 10), values)]));
  const files = {
    events: join(folder, 'events.ndjson'),
    final: join(folder, 'final.ndjson'),
    checkpoints: join(folder, 'checkpoints.json'),
  };
  const ndjson = (lines: readonly { line: string }[]) => lines.map(({ line }) => `${line}\n`).join('');
  writeFileSync(files.events, ndjson(events.filter(inSlice)));
  writeFileSync(files.final, ndjson(finals));
  writeFileSync(files.checkpoints, JSON.stringify(checkpoints));
  return files;
}
