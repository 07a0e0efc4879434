/**
 * Brings the demo desk to life: imports what happened up to now, and goes on doing so. What was imported is known by ids drawn
 * from the log, so that a start that was cut off is simply done again.
 */
import type { ImportOperation } from '#shared/contract/api.ts';
import { belongs, firstMemory } from './cast.ts';
import { makeCrew } from './crew.ts';
import { type Occurrence, occurrences } from './cycle.ts';
import { type Imported, importClient } from './import-client.ts';
import { importerPassword, type Memory, readMemory, writeMemory } from './memory.ts';
import { makePeople } from './people.ts';
import { readSlice, type Slice } from './slice.ts';
import { storyOf, type World } from './story.ts';

const DAY_MS = 86_400_000;
/** A desk that slept for longer has had no new tickets before that. */
const SLEEP_MS = 14 * DAY_MS;
/** The log's longest tickets, with their closing and what may come after. */
const LONGEST_MS = 60 * DAY_MS;
const TICK_MS = 20_000;

export interface LiveOptions {
  url: string;
  dataDir: string;
  onProgress?: (line: string) => void;
  clock?: () => Date;
}
export interface LiveDesk {
  /** What this start imported. */
  imported: Imported;
  /** Imports what happened since; also done every 20 s after `goOn`. */
  advance(): Promise<Imported>;
  goOn(onError: (error: unknown) => void): void;
  stop(): Promise<void>;
}

const iso = (ms: number) => new Date(ms).toISOString();

/** Which operations are due after `memory.until` up to now, and which come later. */
class Timetable {
  readonly #slice: Slice;
  readonly #world: World;
  #coming: ImportOperation[] = [];
  #opened: number;

  constructor(slice: Slice, world: World, memory: Memory, upTo: number) {
    this.#slice = slice;
    this.#world = world;
    const from = Math.max(Date.parse(memory.from), memory.until === null ? 0 : Date.parse(memory.until) - LONGEST_MS);
    this.#add(occurrences(slice, from, upTo), memory);
    this.#opened = upTo;
    const { until } = memory;
    if (until !== null) this.#coming = this.#coming.filter((operation) => operation.at > until);
  }

  #add(found: readonly Occurrence[], memory?: Memory): void {
    for (const one of found) {
      const story = storyOf(one, this.#world);
      if (memory === undefined || belongs(one, story, memory)) this.#coming.push(...story);
    }
  }
  /** In the order of their instants; they stay here until `done`. */
  due(now: number): ImportOperation[] {
    this.#add(occurrences(this.#slice, this.#opened, now));
    this.#opened = Math.max(this.#opened, now);
    const at = iso(now);
    // Stable: what a ticket did in one minute keeps its order.
    return this.#coming.filter((operation) => operation.at <= at).sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  }
  done(now: number): void {
    const at = iso(now);
    this.#coming = this.#coming.filter((operation) => operation.at > at);
  }
}

/** @throws Error when the server refuses the importer or cannot be reached */
export async function bringToLife(options: LiveOptions): Promise<LiveDesk> {
  const { url, dataDir } = options;
  const clock = options.clock ?? (() => new Date());
  const progress = options.onProgress ?? (() => undefined);
  const slice = readSlice();
  const started = clock().getTime();
  const world: World = { requesters: makePeople().requesters, crew: makeCrew(slice) };
  let memory = readMemory(dataDir) ?? firstMemory(slice, world, started);
  const rested = memory.until ?? memory.begunAt;
  if (started - Date.parse(rested) > SLEEP_MS) {
    memory = { ...memory, asleep: [...memory.asleep, { from: rested, to: iso(started - SLEEP_MS) }] };
  }
  // Before the first operation is sent: a start that is cut off is done again with the same tickets.
  writeMemory(dataDir, memory);
  const timetable = new Timetable(slice, world, memory, started);
  const client = importClient(url, importerPassword(dataDir), clock);

  async function advance(): Promise<Imported> {
    const now = clock().getTime();
    const operations = timetable.due(now);
    const many = operations.length > 2000;
    if (many) progress(`demo desk: ${operations.length} operations to import`);
    const imported = await client.send(operations, (done) => {
      if (many && (done % 5000 === 0 || done === operations.length)) progress(`demo desk: ${done} of ${operations.length} imported`);
    });
    timetable.done(now);
    memory = { ...memory, until: iso(now) };
    writeMemory(dataDir, memory);
    return imported;
  }

  const imported = await advance();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<unknown> = Promise.resolve();
  return {
    imported,
    advance,
    goOn: (onError) => {
      timer = setInterval(() => {
        running = running.then(advance).catch(onError);
      }, TICK_MS);
      timer.unref();
    },
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}
