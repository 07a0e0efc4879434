/**
 * Bootstrap: everything that this person may see, paged NDJSON, newest open tickets first. Usable while it runs; continues at the page
 * where it was interrupted; a resync replaces the old rows by generation, so that nothing disappears and comes back.
 */
import { StringDecoder } from 'node:string_decoder';
import { BootstrapLine } from '#shared/contract/api.ts';
import { rowSchemas, type TableName } from '#shared/domain/model.ts';
import { type Machine, thisMachine } from '../machine.ts';
import { prepareCacheFile } from '../storage/cache-file.ts';
import { CacheWriter, type PageRow, type Touched } from '../storage/cache-write.ts';
import { parseRow } from './parse-change.ts';
import type { ServerApi } from './server-api.ts';
import { noAnswer, SyncError } from './sync-error.ts';

/** Rows between two looks at other work: few enough not to hold up an answer to a window. */
const SLICE = 200;
const SILENCE_MS = 30_000;
/** The first page is shown at once; after that rows become visible, and need not be fetched again, this often. */
const COMMIT_EVERY_MS = 2_000;

/** Makes cache.db before anybody reads it. Another person's is replaced. */
export function prepareCache(file: string, personId: string | null): void {
  prepareCacheFile(file, personId);
}

export interface BootstrapOptions {
  file: string;
  personId: string;
  now(): string;
  onRows(touched: Touched): void;
  /** 0–1, or null while unknown. */
  onProgress(progress: number | null): void;
  machine?: Machine;
}

interface Page {
  rows: PageRow[];
  end: Extract<BootstrapLine, { kind: 'end' }>;
}

export class Bootstrap {
  #options: BootstrapOptions;
  #machine: Machine;
  /** The next page to be written; null: the first. */
  #page: string | null = null;
  #position: string | null = null;
  /** Tickets. */
  #received = 0;

  constructor(options: BootstrapOptions) {
    this.#options = options;
    this.#machine = options.machine ?? thisMachine;
  }

  /** Runs pages until the end; `between` is called after each page (pushes go out meanwhile). Throws SyncErrors; call again to go on. */
  async run(api: ServerApi, signal: AbortSignal, between: () => Promise<void>): Promise<void> {
    const { file, personId, now, onRows, onProgress } = this.#options;
    const writer = new CacheWriter(file, now);
    const ended = new AbortController();
    const either = AbortSignal.any([signal, ended.signal]);
    let committedAt = Number.NEGATIVE_INFINITY;
    try {
      const generation = writer.beginBulk(personId, this.#page !== null);
      let received = this.#received;
      let coming = this.#read(api, either, this.#page);
      for (;;) {
        const { rows, end } = await coming;
        if (this.#position !== null && this.#position !== end.position) {
          this.restart();
          throw new SyncError('resync', 'the snapshot changed between two pages');
        }
        this.#position = end.position;
        // The line is busy with the next page while this one is written.
        if (end.next !== null) {
          coming = this.#read(api, either, end.next);
          // Whether it failed is asked when its turn comes.
          coming.catch(() => undefined);
        }
        await writer.writePage(rows, generation, SLICE, this.#machine.turn);
        for (const row of rows) if (row.table === 'ticket') received += 1;
        onProgress(end.total > 0 ? Math.min(1, received / end.total) : null);
        if (end.next === null) {
          onRows(await writer.finishGeneration(generation, end.position, this.#machine.turn));
          this.restart();
          void this.settle();
          return;
        }
        if (this.#machine.monotonic() - committedAt > COMMIT_EVERY_MS) {
          onRows(writer.commitPages());
          committedAt = this.#machine.monotonic();
          this.#page = end.next;
          this.#received = received;
        }
        await between();
      }
    } catch (error) {
      if (error instanceof SyncError && error.kind === 'resync') this.restart();
      throw error;
    } finally {
      ended.abort();
      writer.close();
    }
  }

  /** Has what a bootstrap wrote brought onto the disk, if it is not there yet; nobody waits for it. */
  async settle(): Promise<void> {
    try {
      const [generation, isUnsettled] = this.#ask((writer) => [writer.generation(), writer.meta('unsettled') !== null]);
      if (!isUnsettled) return;
      await this.#machine.toDisk(this.#options.file);
      this.#ask((writer) => writer.markSettled(generation));
    } catch (error) {
      // The file is gone (another person signed in), or the disk is: after a power cut it is filled anew.
      console.warn(`cache.db is not settled: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  #ask<T>(question: (writer: CacheWriter) => T): T {
    const writer = new CacheWriter(this.#options.file, this.#options.now);
    try {
      return question(writer);
    } finally {
      writer.close();
    }
  }

  restart(): void {
    this.#page = null;
    this.#position = null;
    this.#received = 0;
  }

  /** One page, parsed as it comes. */
  async #read(api: ServerApi, signal: AbortSignal, token: string | null): Promise<Page> {
    const query = token === null ? '' : `?${new URLSearchParams({ page: token })}`;
    const body = await api.stream(`/v1/bootstrap${query}`, signal);
    const watch = () => this.#machine.after(SILENCE_MS, () => body.destroy(new SyncError('no_answer', 'the bootstrap fell silent')));
    let unwatch = watch();
    const decoder = new StringDecoder('utf8');
    const rows: PageRow[] = [];
    let end: Page['end'] | undefined;
    let rest = '';
    const take = (line: string) => {
      if (line === '') return;
      const known = readRow(line);
      if (known) {
        rows.push(known);
        return;
      }
      const parsed = parseLine(line);
      if (parsed.kind === 'end') {
        end = parsed;
        return;
      }
      const change = parseRow(parsed.table, parsed.row);
      rows.push({ ...change, json: JSON.stringify(change.row) });
    };
    try {
      for await (const chunk of body) {
        unwatch();
        unwatch = watch();
        const lines = (rest + decoder.write(chunk as Buffer)).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) take(line);
      }
      take(rest.trim());
    } catch (error) {
      throw noAnswer(error);
    } finally {
      unwatch();
      body.destroy();
    }
    if (!end) throw new SyncError('no_answer', 'the bootstrap was cut');
    return { rows, end };
  }
}

function parseLine(line: string): BootstrapLine {
  try {
    return BootstrapLine.parse(JSON.parse(line));
  } catch (error) {
    throw new SyncError('bad_answer', `bootstrap: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** How the server begins a line with a row (server/feed/bootstrap.ts). */
const ROW_LINE = /^\{"kind":"row","table":"(\w+)","row":/;

/** The text that is kept is the very text that was parsed; undefined where the line is written in another way. */
function readRow(line: string): PageRow | undefined {
  const [start, table] = ROW_LINE.exec(line) ?? [];
  if (start === undefined || table === undefined || !Object.hasOwn(rowSchemas, table) || !line.endsWith('}')) return undefined;
  const json = line.slice(start.length, -1);
  let row: unknown;
  try {
    row = JSON.parse(json);
  } catch {
    return undefined;
  }
  return { ...parseRow(table as TableName, row), json };
}
