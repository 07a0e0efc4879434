/**
 * Bootstrap: everything that this person may see, paged NDJSON, newest open tickets first. The first one fills cache.db itself, and can
 * be worked with while it runs; a later one loads a file of its own beside it, which is swapped in when it is complete. Either goes on
 * behind the last page that it committed, whatever ended it (docs/decisions/0016).
 */
import { existsSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { BootstrapLine } from '#shared/contract/api.ts';
import { rowSchemas, type TableName } from '#shared/domain/model.ts';
import { type Machine, thisMachine } from '../machine.ts';
import { makeCacheFile, nextFileOf, removeCacheFile, swapCacheFile } from '../storage/cache-file.ts';
import { CacheWriter, type PageRow, type Touched } from '../storage/cache-write.ts';
import { parseRow } from './parse-change.ts';
import type { ServerApi } from './server-api.ts';
import { noAnswer, SyncError } from './sync-error.ts';

/** Rows between two looks at other work: few enough not to hold up an answer to a window. */
const SLICE = 200;
const SILENCE_MS = 30_000;
/** The first page is shown at once; after that rows become visible, and need not be fetched again, this often. */
const COMMIT_EVERY_MS = 2_000;
/** On a line this slow there is time to do so page by page. */
const SLOW_LINE_MS = 250;

export interface BootstrapOptions {
  file: string;
  personId: string;
  now(): string;
  onRows(touched: Touched): void;
  /** All rows are other ones: closes every reader of cache.db, calls `replace`, and opens them on the new file. */
  swap(replace: () => void): void;
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
  #epoch: string | null = null;

  constructor(options: BootstrapOptions) {
    this.#options = options;
    this.#machine = options.machine ?? thisMachine;
  }

  /** Runs pages until the end; `between` is called after each page (pushes go out meanwhile). Throws SyncErrors; call again to go on. */
  async run(api: ServerApi, signal: AbortSignal, between: () => Promise<void>): Promise<void> {
    try {
      await this.#fill(api, signal, between);
    } catch (error) {
      // Other rights or another epoch: it cannot be gone on with.
      if (!(error instanceof SyncError) || error.kind !== 'resync' || !this.#isHalf()) throw error;
      this.#startOver();
      await this.#fill(api, signal, between);
    }
    void this.settle();
  }

  /** Of the server's history that is being read; null before its first page. */
  epoch(): string | null {
    return this.#epoch;
  }

  /** The feed goes on where cache.db is: a next one that was left half done is not needed. */
  dropNext(): void {
    const next = nextFileOf(this.#options.file);
    if (existsSync(next)) removeCacheFile(next);
  }

  async #fill(api: ServerApi, signal: AbortSignal, between: () => Promise<void>): Promise<void> {
    const { file, now, onRows, swap, onProgress } = this.#options;
    const filling = this.#fileToFill();
    const isBeside = filling !== file;
    const writer = new CacheWriter(filling, now);
    const ended = new AbortController();
    try {
      // Complete already: only the swap failed.
      if (writer.meta('position') === null) {
        const read = (page: string | null) => this.#read(api, AbortSignal.any([signal, ended.signal]), page);
        const touched = await this.#writePages(writer, read, isBeside ? () => undefined : onRows, between);
        if (!isBeside) onRows(touched);
      }
    } finally {
      ended.abort();
      writer.close();
    }
    if (isBeside) swap(() => swapCacheFile(file));
    onProgress(null);
  }

  async #writePages(
    writer: CacheWriter,
    read: (page: string | null) => Promise<Page>,
    onRows: (touched: Touched) => void,
    between: () => Promise<void>,
  ): Promise<Touched> {
    writer.beginBulk(this.#options.personId);
    const filled = writer.filled();
    this.#epoch = null;
    let position = filled?.position;
    let received = filled?.received ?? 0;
    let committedAt = Number.NEGATIVE_INFINITY;
    let coming = read(filled?.page ?? null);
    for (;;) {
      const { rows, end } = await coming;
      position ??= end.position;
      this.#epoch = position.split(':')[0] ?? null;
      if (position !== end.position) throw new SyncError('resync', 'the snapshot changed between two pages');
      const { next } = end;
      // The line is busy with the next page while this one is written.
      if (next !== null) {
        coming = read(next);
        // Whether it failed is asked when its turn comes.
        coming.catch(() => undefined);
      }
      await writer.writePage(rows, SLICE, this.#machine.turn);
      for (const row of rows) if (row.table === 'ticket') received += 1;
      this.#options.onProgress(end.total > 0 ? Math.min(1, received / end.total) : null);
      if (next === null) return writer.finishBulk(position);
      await between();
      if (this.#machine.monotonic() - committedAt > COMMIT_EVERY_MS || !(await this.#isThereSoon(coming))) {
        onRows(writer.commitPages({ page: next, position, received }));
        committedAt = this.#machine.monotonic();
      }
    }
  }

  /** cache.db itself while nothing else is in it; otherwise the one beside it, begun or new. */
  #fileToFill(): string {
    const { file } = this.#options;
    const next = nextFileOf(file);
    if (existsSync(next)) return next;
    if (ask(this.#options, (writer) => writer.isEmpty() || writer.filled() !== null)) return file;
    makeCacheFile(next);
    return next;
  }
  /** Whether a committed page is there to be gone on behind. */
  #isHalf(): boolean {
    return ask({ ...this.#options, file: this.#fileToFill() }, (writer) => writer.filled() !== null);
  }
  #startOver(): void {
    const filling = this.#fileToFill();
    // What cache.db has of it stays in sight until the whole is there.
    if (filling === this.#options.file) ask(this.#options, (writer) => writer.setMeta({ filled: null }));
    else removeCacheFile(filling);
  }

  /** Has what a bootstrap wrote brought onto the disk, if it is not there yet; nobody waits for it. */
  async settle(): Promise<void> {
    try {
      const mark = ask(this.#options, (writer) => writer.meta('unsettled'));
      if (mark === null) return;
      await this.#machine.toDisk(this.#options.file);
      ask(this.#options, (writer) => writer.markSettled(mark));
    } catch (error) {
      // The file is gone (another person signed in), or the disk is: after a power cut it is filled anew.
      console.warn(`cache.db is not settled: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  /** The next page is there; false also when it failed, which is asked when its turn comes. */
  async #isThereSoon(coming: Promise<unknown>): Promise<boolean> {
    let callOff: (() => void) | undefined;
    const late = new Promise<boolean>((resolve) => {
      callOff = this.#machine.after(SLOW_LINE_MS, () => resolve(false));
    });
    const there = coming.then(
      () => true,
      () => false,
    );
    try {
      return await Promise.race([there, late]);
    } finally {
      callOff?.();
    }
  }

  /** One page, parsed as it comes. */
  async #read(api: ServerApi, signal: AbortSignal, token: string | null): Promise<Page> {
    const query = token === null ? '' : `?${new URLSearchParams({ page: token })}`;
    // An answer that was lost on the way never begins, and nothing tells of it.
    const opening = new AbortController();
    const opened = this.#machine.after(SILENCE_MS, () => opening.abort());
    const body = await api
      .stream(`/v1/bootstrap${query}`, AbortSignal.any([signal, opening.signal]))
      .catch((error: unknown) => {
        // This server does not know such a page.
        if (token !== null && error instanceof SyncError && error.kind === 'refused') throw new SyncError('resync', error.message);
        throw error;
      })
      .finally(opened);
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

function ask<T>({ file, now }: Pick<BootstrapOptions, 'file' | 'now'>, question: (writer: CacheWriter) => T): T {
  const writer = new CacheWriter(file, now);
  try {
    return question(writer);
  } finally {
    writer.close();
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
