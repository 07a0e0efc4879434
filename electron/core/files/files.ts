/** Everything that one signed-in person's files need: those that come from a window, those that wait, those that are looked at. */
import { join } from 'node:path';
import type { z } from 'zod';
import type { CoreCalls, Performed } from '#shared/contract/core.ts';
import type { UploadView } from '#shared/contract/files.ts';
import { CHUNK_BYTES } from '#shared/contract/limits.ts';
import type { AttachedFile } from '#shared/domain/model.ts';
import { attachedUpload } from '#shared/domain/ticket/attach.ts';
import { offerOf } from '#shared/domain/ticket/registry.ts';
import type { Machine } from '../machine.ts';
import { FileLoop } from '../sync/file-loop.ts';
import type { ServerApi } from '../sync/server-api.ts';
import { SyncError } from '../sync/sync-error.ts';
import type { TokenSource } from '../sync/tokens.ts';
import { isPending } from '../view/optimistic.ts';
import { subjectOf } from '../view/replay.ts';
import { perform, type SendNow } from '../work/perform.ts';
import type { Workplace } from '../workplace.ts';
import { FetchedFiles } from './fetched.ts';
import { FileFolder, readPiece } from './file-folder.ts';
import { IMAGE_HEAD_BYTES, isDrawable, pictureOf } from './image.ts';
import { IncomingFiles } from './incoming.ts';

/** Until a server has said otherwise; and the most that crosses the port to a window. */
const MAX_FILE_BYTES = 25 * 1024 * 1024;
/** Of files that were attached: kept for a server that is put back to an earlier state. */
const KEPT_BYTES = 1024 * 1024 * 1024;

type Output<K extends 'beginFile' | 'readFile'> = z.input<CoreCalls[K]['output']>;

export interface FilesOptions {
  place: Workplace;
  /** Core's folder in the profile. */
  folder: string;
  api: ServerApi;
  tokens: TokenSource;
  onProgress(): void;
  onUploaded(): void;
  machine: Machine;
  onDamage(error: unknown): void;
}

export class Files {
  readonly #place: Workplace;
  readonly #folder: FileFolder;
  readonly #incoming: IncomingFiles;
  readonly #fetched: FetchedFiles;
  readonly #loop: FileLoop;
  readonly #tokens: TokenSource;
  /** Nothing comes in before what a kill has left is gone; after that nothing is swept that comes in. */
  #swept: Promise<void> | undefined;
  #pruning: Promise<void> | undefined;

  constructor({ place, folder, api, tokens, onProgress, onUploaded, machine, onDamage }: FilesOptions) {
    const { outbox, personId, line } = place;
    this.#place = place;
    this.#tokens = tokens;
    this.#folder = new FileFolder(join(folder, 'files'));
    this.#incoming = new IncomingFiles(this.#folder, machine.newId);
    this.#fetched = new FetchedFiles(join(folder, 'fetched'), api);
    this.#loop = new FileLoop({
      api,
      outbox,
      personId,
      tokens,
      folder: this.#folder,
      isOnline: () => line.isOnline(),
      onProgress,
      onUploaded,
      machine,
      onDamage,
    });
  }

  /** Again and again: whenever the session has a new token. */
  start(): void {
    this.#place.outbox.files.prune(KEPT_BYTES);
    this.#swept ??= this.#folder.keepOnly(this.#place.outbox.files.storedNames()).catch((error: unknown) => console.error(error));
    this.#pruning = this.#swept.then(() => this.#pruneFetched()).catch((error: unknown) => console.error(error));
    this.#loop.start();
  }
  async stop(): Promise<void> {
    await this.#pruning;
    await Promise.all([this.#loop.stop(), this.#fetched.stop(), this.#incoming.dropAll()]);
  }
  wake(force = false): void {
    this.#loop.wake(force);
  }

  /** Refused at once: by the rules, or for its size. */
  async begin(ticketId: string, name: string, size: number): Promise<Output<'beginFile'>> {
    const limit = this.#maxBytes();
    if (size > limit) return { ok: false, problem: { code: 'too_large', limit } };
    if (size === 0) return { ok: false, problem: { code: 'empty', limit: null } };
    const place = this.#place;
    const offer = offerOf('attach', subjectOf(place.view.state(ticketId)), place.context(ticketId, ticketId));
    if (!offer.offered && offer.refusal) return { ok: false, refusal: offer.refusal };
    await this.#swept;
    return { ok: true, id: await this.#incoming.begin(ticketId, name, size) };
  }
  add(id: string, bytes: Uint8Array): Promise<void> {
    return this.#incoming.add(id, bytes);
  }
  drop(id: string): Promise<void> {
    return this.#incoming.drop(id);
  }

  /** Queues the operation that attaches it, in one transaction with the file. */
  async end(id: string, visibility: 'internal' | 'public', sendNow: SendNow): Promise<Performed> {
    const place = this.#place;
    const file = await this.#incoming.end(id, place.now());
    const input = { content: { kind: 'file', id }, visibility };
    const upload: AttachedFile = { kind: 'file', id, name: file.name, size: file.size, type: file.type };
    const alongside = () => place.outbox.files.add(place.personId, file);
    try {
      const performed = await perform(place, { name: 'attach', ticketId: file.ticketId, input, draft: null, alongside, upload }, sendNow);
      if (!performed.ok) await this.#folder.remove(file.storedAs);
      else this.#loop.wake();
      return performed;
    } catch (error) {
      if (!place.outbox.files.get(id)) await this.#folder.remove(file.storedAs);
      throw error;
    }
  }

  /** A piece of an attached file of a ticket in sight. */
  async read(ticketId: string, fileId: string, offset: number): Promise<Output<'readFile'>> {
    const file = this.#attachment(ticketId, fileId);
    if (!file) return { state: 'missing' };
    const found = await this.#local(ticketId, file);
    if (found !== undefined) return this.#piece(found, file, offset);
    const problem = await this.#fetch(ticketId, file);
    return problem ? { state: problem } : this.#piece(await this.#local(ticketId, file), file, offset);
  }

  /** What has become of my files on this ticket that the server has not yet attached. */
  uploads(ticketId: string): Record<string, UploadView> {
    const views: Record<string, UploadView> = {};
    const { outbox, view } = this.#place;
    for (const operation of view.pending(ticketId)?.operations ?? []) {
      const id = isPending(operation) ? attachedUpload(operation.name, operation.input) : undefined;
      const file = id === undefined ? undefined : outbox.files.get(id);
      if (id === undefined || !file) continue;
      const { size, state, problem } = file;
      const received = this.#loop.received(id);
      if (state === 'refused') views[id] = { state, received: 0, size, problem };
      else if (state === 'uploaded') views[id] = { state: 'uploaded', received: size, size, problem: null };
      else views[id] = { state: received === undefined ? 'waiting' : 'uploading', received: received ?? 0, size, problem: null };
    }
    return views;
  }

  #maxBytes(): number {
    const told = Number(this.#place.outbox.meta('max file bytes') ?? MAX_FILE_BYTES);
    return Math.min(told, MAX_FILE_BYTES);
  }

  #attachment(ticketId: string, fileId: string): AttachedFile | undefined {
    for (const entry of this.#place.view.state(ticketId).entries) {
      if (entry.kind !== 'attached' || entry.undone) continue;
      const { attachment } = entry.data;
      if (attachment.kind === 'file' && attachment.id === fileId) return attachment;
    }
    return undefined;
  }

  /** The path of what lies here. */
  async #local(ticketId: string, file: AttachedFile): Promise<string | undefined> {
    const own = this.#place.outbox.files.get(file.id);
    return own?.authorId === this.#place.personId ? this.#folder.pathOf(own.storedAs) : this.#fetched.find(ticketId, file);
  }

  async #fetch(ticketId: string, file: AttachedFile): Promise<'needs_network' | 'missing' | undefined> {
    if (!this.#place.line.isOnline()) return 'needs_network';
    try {
      await this.#fetched.fetch(ticketId, file);
      return undefined;
    } catch (error) {
      if (!(error instanceof SyncError)) throw error;
      if (error.kind === 'unauthorized') this.#tokens.renew();
      return error.kind === 'refused' ? 'missing' : 'needs_network';
    }
  }

  async #piece(path: string | undefined, file: AttachedFile, offset: number): Promise<Output<'readFile'>> {
    if (path === undefined) return { state: 'needs_network' };
    try {
      const picture = pictureOf(await readPiece(path, 0, IMAGE_HEAD_BYTES));
      const bytes = await readPiece(path, offset, CHUNK_BYTES);
      return { state: 'bytes', size: file.size, picture: picture && isDrawable(picture) ? picture.type : null, bytes };
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return { state: 'missing' };
      throw error;
    }
  }

  async #pruneFetched(): Promise<void> {
    // While a cache is being filled it does not say what is out of sight.
    if (this.#place.reader.position() === null) return;
    await this.#fetched.prune((ticketId) => this.#place.view.state(ticketId).ticket !== undefined);
  }
}
