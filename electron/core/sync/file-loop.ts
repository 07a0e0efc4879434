/**
 * Uploads: a loop of its own beside that of the operations, with its own waits, so that neither holds up the other. What the server has is
 * asked anew at each try: nothing of the progress is kept here.
 */
import type { UploadState } from '#shared/contract/api.ts';
import type { UploadProblem } from '#shared/contract/files.ts';
import { CHUNK_BYTES } from '#shared/contract/limits.ts';
import type { FileFolder } from '../files/file-folder.ts';
import type { Machine } from '../machine.ts';
import type { Outbox } from '../storage/outbox.ts';
import type { QueuedFile } from '../storage/queued-files.ts';
import { Backoff } from './backoff.ts';
import type { ServerApi } from './server-api.ts';
import { SyncError } from './sync-error.ts';
import type { TokenSource } from './tokens.ts';

/** How often the server may say that it is somewhere else, for one upload. */
const ASTRAY = 5;
/** When a disk that failed is tried again. */
const DISK_MS = 30_000;

export interface FileLoopOptions {
  api: ServerApi;
  outbox: Outbox;
  personId: string;
  folder: FileFolder;
  tokens: TokenSource;
  isOnline(): boolean;
  /** More of a file has arrived, or it was refused. */
  onProgress(): void;
  /** A file is on the server: its operation may go. */
  onUploaded(): void;
  machine: Machine;
  /** A file was found damaged where nobody can be told by an error. */
  onDamage(error: unknown): void;
}

export class FileLoop {
  readonly #options: FileLoopOptions;
  #stop = new AbortController();
  #running: Promise<void> | undefined;
  #wakeUp: (() => void) | undefined;
  #woken = false;
  /** Monotonic ms before which nothing is sent. */
  #notBefore = 0;
  #line: Backoff;
  /** Files on which the server failed. */
  #held = new Map<string, { until: number; backoff: Backoff }>();
  /** The one that is being sent, and how much of it has arrived. */
  #sending: { id: string; received: number } | undefined;

  constructor(options: FileLoopOptions) {
    this.#options = options;
    this.#line = new Backoff(1_000, 30_000, options.machine.random);
  }

  start(): void {
    this.#running ??= this.#run();
  }
  async stop(): Promise<void> {
    this.#stop.abort();
    this.#wakeUp?.();
    await this.#running;
  }
  /** There is something to send, or the line may be back. `force`: at once, whatever the waits. */
  wake(force = false): void {
    if (force) {
      this.#notBefore = 0;
      for (const hold of this.#held.values()) hold.until = 0;
    }
    this.#woken = true;
    this.#wakeUp?.();
  }
  /** Bytes of this file that have arrived; undefined: it is not its turn. */
  received(id: string): number | undefined {
    return this.#sending?.id === id ? this.#sending.received : undefined;
  }

  async #run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      this.#woken = false;
      try {
        await this.#turn();
      } catch (error) {
        // The outbox cannot be read or written: its disk is full, or it is damaged.
        console.error(error);
        this.#options.onDamage(error);
        this.#notBefore = this.#options.machine.monotonic() + DISK_MS;
        await this.#pause(DISK_MS);
      }
    }
  }

  async #turn(): Promise<void> {
    const file = this.#next();
    if (!file) {
      await this.#sleep();
      return;
    }
    try {
      await this.#upload(file);
      this.#line.reset();
      this.#held.delete(file.id);
      this.#options.onUploaded();
    } catch (error) {
      if (!this.#stop.signal.aborted) this.#failed(file, error);
    }
    this.#sending = undefined;
    if (!this.#stop.signal.aborted) this.#options.onProgress();
  }

  #next(): QueuedFile | undefined {
    const { outbox, personId, isOnline } = this.#options;
    const now = this.#options.machine.monotonic();
    if (!isOnline() || this.#notBefore > now) return undefined;
    return outbox.files.waiting(personId).find((file) => (this.#held.get(file.id)?.until ?? 0) <= now);
  }

  async #upload(file: QueuedFile): Promise<void> {
    const { api, outbox, folder } = this.#options;
    const { signal } = this.#stop;
    let state = await this.#ask(file);
    for (let astray = 0; !state.finished; ) {
      if (state.received >= file.size) {
        state = await api.finishUpload(file.id, signal);
        continue;
      }
      const bytes = await folder.read(file.storedAs, state.received, Math.min(CHUNK_BYTES, file.size - state.received));
      try {
        state = await api.sendPiece(file.id, state.received, bytes, signal);
        this.#progress(file, state);
      } catch (error) {
        if (!(error instanceof SyncError) || error.code !== 'wrong_offset' || ++astray > ASTRAY) throw error;
        state = await this.#ask(file);
      }
    }
    outbox.files.markUploaded(file.id);
  }

  async #ask(file: QueuedFile): Promise<UploadState> {
    const { id, name, size, sha256 } = file;
    const state = await this.#options.api.announceUpload({ id, name, size, sha256 }, this.#stop.signal);
    this.#options.outbox.setMeta('max file bytes', String(state.maxBytes));
    this.#progress(file, state);
    return state;
  }
  #progress(file: QueuedFile, { received }: UploadState): void {
    this.#sending = { id: file.id, received };
    this.#options.onProgress();
  }

  #failed(file: QueuedFile, error: unknown): void {
    const known = error instanceof SyncError ? error : undefined;
    const now = this.#options.machine.monotonic();
    switch (known?.kind) {
      case 'no_answer':
        this.#notBefore = now + this.#line.next();
        return;
      case 'unauthorized':
        this.#options.tokens.renew();
        this.#notBefore = now + this.#line.next();
        return;
      case 'too_many':
        this.#notBefore =
          now + (known.retryAfterMs === null ? this.#line.next() : known.retryAfterMs * (1 + this.#options.machine.random() / 10));
        return;
    }
    const problem = problemOf(error);
    if (problem) this.#options.outbox.files.refuse(file.id, problem);
    // Others may pass.
    else this.#hold(file.id, now);
    if (known?.code === 'wrong_hash') this.#checkOwn(file).catch((failure: unknown) => console.error(failure));
    if (!known && !problem) console.error(error);
  }
  #hold(id: string, now: number): void {
    const hold = this.#held.get(id) ?? { until: 0, backoff: new Backoff(30_000, 600_000, this.#options.machine.random) };
    hold.until = now + hold.backoff.next();
    this.#held.set(id, hold);
  }

  /** Whose bytes were damaged, the line's or this disk's? */
  async #checkOwn(file: QueuedFile): Promise<void> {
    const { folder, outbox, onProgress } = this.#options;
    const hash = await folder.hash(file.storedAs).catch(() => undefined);
    if (hash === file.sha256) {
      this.#held.delete(file.id);
      this.#notBefore = this.#options.machine.monotonic() + this.#line.next();
    } else {
      outbox.files.refuse(file.id, { code: 'damaged', limit: null });
      onProgress();
    }
    this.wake();
  }

  async #sleep(): Promise<void> {
    const now = this.#options.machine.monotonic();
    const waiting = this.#options.outbox.files.waiting(this.#options.personId);
    const holds = waiting.map((file) => this.#held.get(file.id)?.until ?? 0);
    const until = Math.max(this.#notBefore, Math.min(...holds));
    // Without a line it is woken when there is one; with nothing to send, when there is something.
    const ms = waiting.length === 0 || !this.#options.isOnline() ? undefined : Math.max(until - now, 50);
    await this.#pause(ms);
  }

  /** `undefined`: until it is woken. */
  #pause(ms: number | undefined): Promise<void> {
    if (this.#woken || this.#stop.signal.aborted) return Promise.resolve();
    return new Promise<void>((resolve) => {
      const callOff = ms === undefined ? undefined : this.#options.machine.after(ms, () => this.#wakeUp?.());
      this.#wakeUp = () => {
        this.#wakeUp = undefined;
        callOff?.();
        resolve();
      };
    });
  }
}

/** What no further try would change. */
function problemOf(error: unknown): UploadProblem | undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return { code: 'damaged', limit: null };
  if (!(error instanceof SyncError)) return undefined;
  switch (error.code) {
    case 'too_large':
      return { code: 'too_large', limit: error.limit };
    case 'empty_file':
    case 'id_reused':
    case 'invalid_input':
    case 'forbidden':
      return { code: 'not_taken', limit: null };
    default:
      return undefined;
  }
}
