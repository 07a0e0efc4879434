/**
 * Bootstrap: everything that this person may see, paged NDJSON, newest open tickets first. Usable while it runs; continues at the page
 * where it was interrupted; a resync replaces the old rows by generation, so that nothing disappears and comes back.
 */
import { StringDecoder } from 'node:string_decoder';
import { BootstrapLine } from '#shared/contract/api.ts';
import type { AnyRow } from '#shared/domain/model.ts';
import { CacheWriter, prepareCacheFile, type Touched } from '../storage/cache-write.ts';
import { parseRow } from './parse-change.ts';
import type { ServerApi } from './server-api.ts';
import { noAnswer, SyncError } from './sync-error.ts';

/** Small enough not to hold up an answer to a window. */
const BATCH = 200;
const SILENCE_MS = 30_000;

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
}

export class Bootstrap {
  #options: BootstrapOptions;
  #page: string | null = null;
  #position: string | null = null;
  #received = 0;

  constructor(options: BootstrapOptions) {
    this.#options = options;
  }

  /** Runs pages until the end; `between` is called after each page (pushes go out meanwhile). Throws SyncErrors; call again to go on. */
  async run(api: ServerApi, signal: AbortSignal, between: () => Promise<void>): Promise<void> {
    const writer = new CacheWriter(this.#options.file, this.#options.now);
    try {
      // Until the end there is no position: a process that dies meanwhile starts over.
      writer.setMeta({ person: this.#options.personId, position: null });
      const generation = writer.generation() + 1;
      for (;;) {
        const end = await this.#runPage(api, signal, writer, generation);
        if (this.#position !== null && this.#position !== end.position) {
          this.restart();
          throw new SyncError('resync', 'the snapshot changed between two pages');
        }
        this.#position = end.position;
        this.#options.onProgress(end.total > 0 ? Math.min(1, this.#received / end.total) : null);
        if (end.next === null) {
          const touched = writer.finishGeneration(generation, end.position);
          this.restart();
          this.#options.onRows(touched);
          return;
        }
        this.#page = end.next;
        await between();
      }
    } catch (error) {
      if (error instanceof SyncError && error.kind === 'resync') this.restart();
      throw error;
    } finally {
      writer.close();
    }
  }

  restart(): void {
    this.#page = null;
    this.#position = null;
    this.#received = 0;
  }

  async #runPage(
    api: ServerApi,
    signal: AbortSignal,
    writer: CacheWriter,
    generation: number,
  ): Promise<Extract<BootstrapLine, { kind: 'end' }>> {
    const query = this.#page === null ? '' : `?${new URLSearchParams({ page: this.#page })}`;
    const body = await api.stream(`/v1/bootstrap${query}`, signal);
    const silence = setTimeout(() => body.destroy(new SyncError('no_answer', 'the bootstrap fell silent')), SILENCE_MS);
    const decoder = new StringDecoder('utf8');
    let rest = '';
    let batch: AnyRow[] = [];
    let rows = 0;
    let end: Extract<BootstrapLine, { kind: 'end' }> | undefined;
    /** Of this machine, a full disk say: not the line's. */
    let fault: unknown;
    const flush = async () => {
      if (batch.length === 0) return;
      try {
        this.#options.onRows(writer.write(batch, { generation, force: true }));
      } catch (error) {
        fault = error;
        throw error;
      }
      rows += batch.length;
      batch = [];
      await new Promise((resolve) => setImmediate(resolve));
    };
    try {
      for await (const chunk of body) {
        silence.refresh();
        const lines = (rest + decoder.write(chunk as Buffer)).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) {
          if (line === '') continue;
          const parsed = parseLine(line);
          if (parsed.kind === 'end') end = parsed;
          else if (batch.push(parseRow(parsed.table, parsed.row)) >= BATCH) await flush();
        }
      }
      if (rest.trim() !== '') {
        const parsed = parseLine(rest);
        if (parsed.kind === 'end') end = parsed;
      }
    } catch (error) {
      throw error === fault ? error : noAnswer(error);
    } finally {
      clearTimeout(silence);
      body.destroy();
    }
    await flush();
    if (!end) throw new SyncError('no_answer', 'the bootstrap was cut');
    this.#received += rows;
    return end;
  }
}

function parseLine(line: string): BootstrapLine {
  try {
    return BootstrapLine.parse(JSON.parse(line));
  } catch (error) {
    throw new SyncError('bad_answer', `bootstrap: ${error instanceof Error ? error.message : String(error)}`);
  }
}
