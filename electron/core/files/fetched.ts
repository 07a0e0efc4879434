/** Attached files of others that were looked at: fetched once, kept within a budget, so that they show without the network too. */
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { AttachedFile } from '#shared/domain/model.ts';
import { asFailure } from '../failure.ts';
import type { ServerApi } from '../sync/server-api.ts';
import { SyncError } from '../sync/sync-error.ts';

const BUDGET_BYTES = 200 * 1024 * 1024;
/** Without a byte for so long a line is taken for dead, ms. */
const SILENCE_MS = 30_000;

export class FetchedFiles {
  readonly #folder: string;
  readonly #api: ServerApi;
  readonly #fetching = new Map<string, Promise<void>>();
  readonly #stop = new AbortController();

  constructor(folder: string, api: ServerApi) {
    this.#folder = folder;
    this.#api = api;
  }

  /** Its path; undefined: not here. */
  async find(ticketId: string, file: AttachedFile): Promise<string | undefined> {
    const path = join(this.#folder, ticketId, file.id);
    const found = await stat(path).catch(() => undefined);
    if (found?.size !== file.size) return undefined;
    const now = new Date();
    await utimes(path, now, now).catch(() => undefined);
    return path;
  }

  /** @throws SyncError */
  fetch(ticketId: string, file: AttachedFile): Promise<void> {
    const key = `${ticketId}/${file.id}`;
    const going = this.#fetching.get(key);
    if (going) return going;
    const begun = this.#fetch(ticketId, file).finally(() => this.#fetching.delete(key));
    this.#fetching.set(key, begun);
    return begun;
  }

  /** Removes what is of tickets out of sight, and the longest unseen beyond the budget. */
  async prune(isInSight: (ticketId: string) => boolean): Promise<void> {
    const kept: { path: string; size: number; seen: number }[] = [];
    for (const ticketId of await readdir(this.#folder).catch(() => [])) {
      const folder = join(this.#folder, ticketId);
      if (!isInSight(ticketId)) {
        await rm(folder, { recursive: true, force: true });
        continue;
      }
      for (const name of await readdir(folder)) {
        const path = join(folder, name);
        const { size, mtimeMs } = await stat(path);
        kept.push({ path, size, seen: mtimeMs });
      }
    }
    let bytes = 0;
    for (const { path, size } of kept.sort((a, b) => b.seen - a.seen)) {
      bytes += size;
      if (bytes > BUDGET_BYTES) await rm(path, { force: true });
    }
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await Promise.allSettled(this.#fetching.values());
  }

  async #fetch(ticketId: string, file: AttachedFile): Promise<void> {
    const folder = join(this.#folder, ticketId);
    const part = join(folder, `${file.id}.part`);
    const body = await this.#api.stream(`/v1/files/${file.id}`, this.#stop.signal);
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await pipeline(limited(body, file.size), createWriteStream(part, { mode: 0o600 }), { signal: this.#stop.signal });
      if ((await stat(part)).size !== file.size) throw new SyncError('no_answer', 'the file came in part');
      await rename(part, join(folder, file.id));
    } catch (error) {
      await rm(part, { force: true });
      const isOfDisk = error instanceof Error && 'syscall' in error && !('hostname' in error) && 'path' in error;
      if (error instanceof SyncError || isOfDisk || asFailure(error).kind === 'disk_full') throw error;
      throw new SyncError('no_answer', error instanceof Error ? error.message : String(error));
    } finally {
      body.destroy();
    }
  }
}

/** No more than was announced, and not for ever. */
async function* limited(body: Readable, size: number): AsyncGenerator<Uint8Array> {
  const watchdog = setTimeout(() => body.destroy(new SyncError('no_answer', 'the file stopped coming')), SILENCE_MS);
  let seen = 0;
  try {
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      watchdog.refresh();
      seen += chunk.length;
      if (seen > size) throw new SyncError('bad_answer', 'the file is longer than it should be');
      yield chunk;
    }
  } finally {
    clearTimeout(watchdog);
  }
}
