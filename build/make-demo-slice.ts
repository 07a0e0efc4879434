/**
 * `node build/make-demo-slice.ts EVENTS.ndjson.gz`: makes resources/demo/events.ndjson.gz from the replayable service desk log
 * (Amaral, Fantinato and Peres 2018; see resources/demo/README.md). Two runs of five whole weeks are laid over each other, so
 * that weekday and time of day stay and the desk has the load of 28 people; what was solved within minutes is thinned out, what
 * took longer than a fortnight is left out. Nothing is invented here: operations and their minutes are the log's.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

const MINUTE_MS = 60_000;
const DAY = 1440;
const WEEK = 7 * DAY;
/** Mondays of weeks without a holiday of the log's country, in two runs of five. */
const runs = [
  ['2016-03-07', '2016-03-14', '2016-03-28', '2016-04-04', '2016-04-11'],
  ['2016-04-25', '2016-05-02', '2016-05-09', '2016-05-16', '2016-02-29'],
] as const;
const LONGEST = 12 * DAY;
/** Parts kept, by minutes from opening to resolution. */
const kept: readonly [upTo: number, part: number][] = [
  [60, 0.24],
  [9 * 60, 0.75],
  [LONGEST, 1],
];

interface LogEvent {
  t: string;
  ticket: string;
  op: string;
  actor: string;
  fields: { group?: string | null; assignee?: string | null; category?: string | null; reason?: string };
}

const [path] = process.argv.slice(2);
if (path === undefined) throw new Error('Say which events file: node build/make-demo-slice.ts EVENTS.ndjson.gz');

const minuteOf = (t: string) => Math.round(Date.parse(t) / MINUTE_MS);
const weekStarts = runs.flatMap((run) => run.map((day, index) => ({ from: minuteOf(`${day}T00:00:00Z`), to: index * WEEK })));

function byTicket(events: readonly LogEvent[]): Map<string, LogEvent[]> {
  const tickets = new Map<string, LogEvent[]>();
  for (const event of events) {
    const known = tickets.get(event.ticket);
    if (known) known.push(event);
    else tickets.set(event.ticket, [event]);
  }
  return tickets;
}

/** 0 up to 1, the same for the same ticket. */
function lot(ticket: string): number {
  return createHash('sha256').update(ticket).digest().readUInt32LE(0) / 2 ** 32;
}

/** What a line keeps of an event: minutes after the opening, name, actor, then its own fields. */
function compact(event: LogEvent, opened: number): unknown[] | undefined {
  const { group, assignee, reason } = event.fields;
  const base = [minuteOf(event.t) - opened, event.op, event.actor];
  switch (event.op) {
    case 'claim':
    case 'assign':
    case 'reassign':
      return [...base, assignee ?? null];
    case 'route':
      return [...base, group ?? null, assignee ?? null];
    case 'wait':
      return [...base, reason ?? 'unknown'];
    case 'open':
    case 'set':
      return undefined;
    default:
      return base;
  }
}

function sliceLine(ticket: string, events: readonly LogEvent[]): { at: number; line: string } | undefined {
  const [first] = events;
  const resolve = events.find((event) => event.op === 'resolve');
  if (!first || !resolve || !events.some((event) => event.op === 'close')) return undefined;
  const opened = minuteOf(first.t);
  const week = weekStarts.find(({ from }) => opened >= from && opened < from + WEEK);
  if (!week) return undefined;
  const part = kept.find(([upTo]) => minuteOf(resolve.t) - opened <= upTo)?.[1] ?? 0;
  if (lot(ticket) >= part) return undefined;
  const at = opened - week.from + week.to;
  const operations = events.flatMap((event) => {
    const one = compact(event, opened);
    return one ? [one] : [];
  });
  const { group, category } = first.fields;
  return { at, line: JSON.stringify({ ticket, at, group: group ?? null, category: category ?? null, operations }) };
}

const text = gunzipSync(readFileSync(path)).toString('utf8');
const events = text
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as LogEvent);
const lines = [...byTicket(events)].flatMap(([ticket, own]) => sliceLine(ticket, own) ?? []).sort((a, b) => a.at - b.at);
const header = {
  source: 'Incident management process enriched event log, UCI Machine Learning Repository, DOI 10.24432/C57S4H',
  authors: 'Claudio Amaral, Marcelo Fantinato, Sarajane Peres (2018)',
  licence: 'CC BY 4.0, https://creativecommons.org/licenses/by/4.0/',
  changes: 'A selection, shortened to what the demo desk needs, moved by whole weeks; made by build/make-demo-slice.ts',
  weeks: runs[0].length,
  tickets: lines.length,
};
const file = join(import.meta.dirname, '..', 'resources', 'demo', 'events.ndjson.gz');
writeFileSync(file, gzipSync(`${[JSON.stringify(header), ...lines.map((one) => one.line)].join('\n')}\n`, { level: 9 }));
console.log(`${lines.length} tickets written to ${file}`);
