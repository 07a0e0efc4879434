/**
 * Files on their way to the server, before an operation attaches them: one after the other, in pieces, from wherever the server says that
 * it is. A cut stops one, the next `settle` goes on with it.
 */
import { CHUNK_BYTES } from '#shared/contract/limits.ts';
import { cleanFileName } from '#shared/domain/file-name.ts';
import { type Failure, isRefused } from '../api/answer.ts';
import type { PortalApi } from '../api/portal-api.ts';
import type { Shelf } from './shelf.ts';

export type UploadProblem = { kind: 'too_large' | 'empty' | 'insecure' | 'unreadable' } | { kind: 'refused'; failure: Failure };
export interface Upload {
  /** Of the upload, and of the operation that attaches it: sent again it has no second effect. */
  id: string;
  name: string;
  size: number;
  /** Bytes on the server. */
  received: number;
  /** again: the browser no longer has it. */
  state: 'waiting' | 'sending' | 'stopped' | 'done' | 'refused' | 'again';
  problem: UploadProblem | null;
}
export type KeptUpload = Pick<Upload, 'id' | 'name' | 'size'>;

export interface UploadsOptions {
  api: Pick<PortalApi, 'announce' | 'sendChunk' | 'finish'>;
  maxBytes: number;
  shelf: Shelf;
  newId(): string;
  /** Absent where the page came by plain http. */
  digest: ((bytes: ArrayBuffer) => Promise<ArrayBuffer>) | undefined;
}

/** How often the server may say that it is somewhere else, or that what it has is wrong. */
const ASTRAY = 5;

export class Uploads {
  readonly #options: UploadsOptions;
  #list: readonly Upload[] = [];
  readonly #files = new Map<string, Blob>();
  readonly #listeners = new Set<() => void>();
  #running: Promise<void> | undefined;

  constructor(options: UploadsOptions) {
    this.#options = options;
  }

  get list(): readonly Upload[] {
    return this.#list;
  }
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  add(files: readonly File[], unnamed: string): void {
    for (const file of files) {
      const upload: Upload = {
        id: this.#options.newId(),
        name: cleanFileName(file.name, unnamed),
        size: file.size,
        received: 0,
        state: 'waiting',
        problem: null,
      };
      const problem = file.size > this.#options.maxBytes ? 'too_large' : file.size === 0 ? 'empty' : undefined;
      if (problem) {
        this.#set([...this.#list, { ...upload, state: 'refused', problem: { kind: problem } }]);
        continue;
      }
      this.#files.set(upload.id, file);
      this.#set([...this.#list, upload]);
      void this.#options.shelf.put(upload.id, file);
    }
    void this.settle();
  }

  /** Those of a draft that came back. */
  async restore(kept: readonly KeptUpload[]): Promise<void> {
    const known = new Set(this.#list.map(({ id }) => id));
    const missing = kept.filter(({ id }) => !known.has(id));
    this.#set([...this.#list, ...missing.map((one): Upload => ({ ...one, received: 0, state: 'waiting', problem: null }))]);
    for (const { id } of missing) {
      const file = await this.#options.shelf.get(id);
      if (file) this.#files.set(id, file);
      else this.#patch(id, { state: 'again' });
    }
    void this.settle();
  }

  remove(id: string): void {
    this.#files.delete(id);
    void this.#options.shelf.drop(id);
    this.#set(this.#list.filter((one) => one.id !== id));
  }
  clear(): void {
    for (const { id } of this.#list) this.remove(id);
  }

  /** Resolves once each is done, refused or stopped. */
  settle(): Promise<void> {
    for (const one of this.#list) if (one.state === 'stopped') this.#patch(one.id, { state: 'waiting' });
    this.#running ??= this.#sendAll().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #sendAll(): Promise<void> {
    for (;;) {
      const next = this.#list.find(({ id, state }) => state === 'waiting' && this.#files.has(id));
      const file = next && this.#files.get(next.id);
      if (!next || !file) return;
      this.#patch(next.id, { state: 'sending' });
      const problem = await this.#sendOne(next, file);
      if (problem === null) this.#patch(next.id, { state: 'done', received: next.size });
      else if (problem.kind === 'refused' && isPassing(problem.failure)) this.#patch(next.id, { state: 'stopped' });
      else this.#patch(next.id, { state: 'refused', problem });
    }
  }

  async #sendOne({ id, name, size }: Upload, file: Blob): Promise<UploadProblem | null> {
    const { api, digest } = this.#options;
    if (!digest) return { kind: 'insecure' };
    let sha256: string;
    try {
      sha256 = hexadecimal(await digest(await file.arrayBuffer()));
    } catch {
      return { kind: 'unreadable' };
    }
    for (let astray = 0; ; ) {
      const announced = await api.announce({ id, name, size, sha256 });
      if (!announced.ok) return { kind: 'refused', failure: announced.failure };
      let { received, finished } = announced.value;
      while (!finished && this.#files.has(id)) {
        this.#patch(id, { received });
        const answer =
          received < size ? await api.sendChunk(id, received, file.slice(received, received + CHUNK_BYTES)) : await api.finish(id);
        if (answer.ok) {
          ({ received, finished } = answer.value);
          continue;
        }
        const isAstray = isRefused(answer.failure, 'wrong_offset') || isRefused(answer.failure, 'wrong_hash');
        if (!isAstray || ++astray > ASTRAY) return { kind: 'refused', failure: answer.failure };
        break;
      }
      if (finished || !this.#files.has(id)) return null;
    }
  }

  #patch(id: string, to: Partial<Upload>): void {
    this.#set(this.#list.map((one) => (one.id === id ? { ...one, ...to } : one)));
  }
  #set(list: readonly Upload[]): void {
    this.#list = list;
    for (const listener of this.#listeners) listener();
  }
}

/** The next try may find it gone. */
function isPassing(failure: Failure): boolean {
  if (failure.kind !== 'refused') return failure.kind !== 'unreadable';
  return ['unavailable', 'internal', 'disk_full', 'too_many_uploads', 'too_many_attempts'].includes(failure.error.error);
}

function hexadecimal(bytes: ArrayBuffer): string {
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
