/** The profile's folder of files to be uploaded: names are core's, what is kept is on the disk before it is told. */
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync } from 'node:fs';
import { type FileHandle, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

const READ_BYTES = 256 * 1024;

export class FileFolder {
  readonly folder: string;

  /** Makes the folder with mode 0700. */
  constructor(folder: string) {
    this.folder = folder;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
  }

  /** A new file, readable by its owner only. */
  create(name: string): Promise<FileHandle> {
    return open(join(this.folder, name), 'wx', 0o600);
  }
  /** The file's place in its folder is on the disk too. */
  async settle(): Promise<void> {
    // Windows cannot open a folder; there it is journalled.
    if (process.platform === 'win32') return;
    const handle = await open(this.folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  }
  /** At most `length` bytes from `offset` on. @throws ENOENT */
  read(name: string, offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    return readPiece(this.pathOf(name), offset, length);
  }
  pathOf(name: string): string {
    return join(this.folder, name);
  }
  /** SHA-256, hexadecimal. */
  async hash(name: string): Promise<string> {
    const handle = await open(join(this.folder, name), 'r');
    try {
      const hash = createHash('sha256');
      for (let offset = 0; ; ) {
        const bytes = await readAt(handle, offset, READ_BYTES);
        if (bytes.length === 0) return hash.digest('hex');
        hash.update(bytes);
        offset += bytes.length;
      }
    } finally {
      await handle.close();
    }
  }
  async remove(name: string): Promise<void> {
    await rm(join(this.folder, name), { force: true });
  }
  /** Removes everything but these: what a kill has left half, and what is no longer needed. */
  async keepOnly(names: ReadonlySet<string>): Promise<void> {
    for (const name of await readdir(this.folder)) if (!names.has(name)) await this.remove(name);
  }
}

/** At most `length` bytes of a file from `offset` on. @throws ENOENT */
export async function readPiece(path: string, offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const handle = await open(path, 'r');
  try {
    return await readAt(handle, offset, length);
  } finally {
    await handle.close();
  }
}

async function readAt(handle: FileHandle, offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await handle.read(bytes, done, length - done, offset + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return done === length ? bytes : bytes.slice(0, done);
}
