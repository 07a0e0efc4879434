/** Files on their way from a window: written as they come, hashed as they come, and forgotten unless they come whole. */
import { createHash, type Hash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { cleanFileName } from '#shared/domain/file-name.ts';
import { CoreError } from '../failure.ts';
import type { NewFile } from '../storage/queued-files.ts';
import type { FileFolder } from './file-folder.ts';
import { IMAGE_HEAD_BYTES, pictureOf } from './image.ts';

interface Coming {
  id: string;
  ticketId: string;
  name: string;
  size: number;
  storedAs: string;
  handle: FileHandle;
  hash: Hash;
  head: Uint8Array;
  received: number;
  /** Pieces are written one after the other. */
  turn: Promise<void>;
}

/** A window that asks for more at once has lost its way. */
const AT_ONCE = 20;

export class IncomingFiles {
  readonly #folder: FileFolder;
  readonly #coming = new Map<string, Coming>();
  readonly #newId: () => string;

  constructor(folder: FileFolder, newId: () => string) {
    this.#folder = folder;
    this.#newId = newId;
  }

  async begin(ticketId: string, name: string, size: number): Promise<string> {
    if (this.#coming.size >= AT_ONCE) throw new CoreError('busy', 'too many files at once');
    const [id, storedAs] = [this.#newId(), this.#newId()];
    const handle = await this.#folder.create(storedAs);
    this.#coming.set(id, {
      id,
      ticketId,
      name: cleanFileName(name, 'file'),
      size,
      storedAs,
      handle,
      hash: createHash('sha256'),
      head: new Uint8Array(),
      received: 0,
      turn: Promise.resolve(),
    });
    return id;
  }

  /** The next bytes. A write that fails (a full disk) ends the file, and leaves nothing of it. */
  async add(id: string, bytes: Uint8Array): Promise<void> {
    const one = this.#get(id);
    one.turn = one.turn.then(async () => {
      if (one.received + bytes.length > one.size) throw new CoreError('invalid_input', 'more bytes than announced');
      for (let done = 0; done < bytes.length; ) {
        done += (await one.handle.write(bytes, done, bytes.length - done, one.received + done)).bytesWritten;
      }
      one.hash.update(bytes);
      if (one.head.length < IMAGE_HEAD_BYTES) one.head = Buffer.concat([one.head, bytes.subarray(0, IMAGE_HEAD_BYTES)]);
      one.received += bytes.length;
    });
    try {
      await one.turn;
    } catch (error) {
      await this.drop(id);
      throw error;
    }
  }

  /** It is whole and on the disk: what to queue. Its bytes are the caller's from here on. */
  async end(id: string, madeAt: string): Promise<NewFile> {
    const one = this.#get(id);
    try {
      await one.turn;
      if (one.received !== one.size) throw new CoreError('invalid_input', 'fewer bytes than announced');
      await one.handle.sync();
      await this.#folder.settle();
    } catch (error) {
      await this.drop(id);
      throw error;
    }
    this.#coming.delete(id);
    await one.handle.close();
    const type = pictureOf(one.head)?.type ?? 'application/octet-stream';
    const { ticketId, name, size, storedAs } = one;
    return { id, ticketId, name, size, sha256: one.hash.digest('hex'), type, storedAs, madeAt };
  }

  /** Also where there is none (any more). */
  async drop(id: string): Promise<void> {
    const one = this.#coming.get(id);
    if (!one) return;
    this.#coming.delete(id);
    await one.turn.catch(() => undefined);
    await one.handle.close().catch(() => undefined);
    await this.#folder.remove(one.storedAs);
  }
  async dropAll(): Promise<void> {
    for (const id of [...this.#coming.keys()]) await this.drop(id);
  }

  #get(id: string): Coming {
    const one = this.#coming.get(id);
    if (!one) throw new CoreError('invalid_input', 'no file is coming under this id');
    return one;
  }
}
