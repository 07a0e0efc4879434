/**
 * The folder of attached files, outside of anything that is served, under names that the server chose. What is written is on the disk
 * before it is told. A file is received beside its name and gets it once it is whole: from then on it never changes.
 */
import { createHash, randomUUID } from 'node:crypto';
import { chmodSync, createReadStream, mkdirSync, type ReadStream } from 'node:fs';
import { type FileHandle, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

export interface FileFolder {
  /** Writes at `offset` of a file that is being received; false: less than that is there. */
  write(name: string, offset: number, bytes: Uint8Array): Promise<boolean>;
  /**
   * Makes it whole when size and hash (SHA-256, hexadecimal) are the announced ones. Returns its first bytes. What was received stays until
   * `dropPart`: two may seal the same file at once.
   */
  seal(name: string, announced: { size: number; sha256: string }): Promise<{ head: Uint8Array } | 'wrong' | 'missing'>;
  dropPart(name: string): Promise<void>;
  /** A whole file is there, of this size. */
  holds(name: string, size: number): Promise<boolean>;
  read(name: string): ReadStream;
  /** Also where nothing is there (any more). */
  remove(name: string): Promise<void>;
  /** Removes what a process that was killed while it sealed has left. */
  sweep(): Promise<void>;
}

const SEALING = '.sealing';
const READ_BYTES = 256 * 1024;
/** Nobody seals for so long. */
const SEALING_MS = 3_600_000;
/** As much as it takes to tell what a file is. */
const HEAD_BYTES = 4100;

/** Makes `files` in the data folder; readable by its owner only. */
export function openFileFolder(dataDir: string): FileFolder {
  const folder = join(dataDir, 'files');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  const whole = (name: string) => join(folder, name);
  const part = (name: string) => join(folder, `${name}.part`);

  return {
    write: async (name, offset, bytes) => {
      const handle = await openPart(part(name), offset === 0);
      if (!handle) return false;
      try {
        if ((await handle.stat()).size < offset) return false;
        await writeAll(handle, bytes, offset);
        await handle.sync();
      } finally {
        await handle.close();
      }
      if (offset === 0) await syncFolder(folder);
      return true;
    },
    seal: async (name, announced) => {
      const from = await openPart(part(name), false);
      if (!from) return 'missing';
      try {
        // Into a file of its own: a piece that was sent twice may still be on its way into the other one.
        const sealing = join(folder, `${name}.${randomUUID()}${SEALING}`);
        const to = await open(sealing, 'wx', 0o600);
        try {
          const { head, size, sha256 } = await copy(from, to);
          if (size !== announced.size || sha256 !== announced.sha256) return 'wrong';
          await to.sync();
          await rename(sealing, whole(name));
          await syncFolder(folder);
          return { head };
        } finally {
          await to.close();
          await rm(sealing, { force: true });
        }
      } finally {
        await from.close();
      }
    },
    dropPart: (name) => rm(part(name), { force: true }),
    holds: async (name, size) => (await stat(whole(name)).catch(() => undefined))?.size === size,
    read: (name) => createReadStream(whole(name)),
    remove: async (name) => {
      for (const file of [part(name), whole(name)]) await rm(file, { force: true });
    },
    sweep: async () => {
      for (const file of await readdir(folder)) {
        if (!file.endsWith(SEALING)) continue;
        const found = await stat(join(folder, file)).catch(() => undefined);
        if (found && Date.now() - found.mtimeMs > SEALING_MS) await rm(join(folder, file), { force: true });
      }
    },
  };
}

/** Undefined where it is not there and is not to be made. */
async function openPart(file: string, make: boolean): Promise<FileHandle | undefined> {
  try {
    return await open(file, 'r+');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return make ? open(file, 'w+', 0o600) : undefined;
  }
}

async function writeAll(handle: FileHandle, bytes: Uint8Array, offset: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, offset + done);
    done += bytesWritten;
  }
}

async function copy(from: FileHandle, to: FileHandle): Promise<{ head: Uint8Array; size: number; sha256: string }> {
  const hash = createHash('sha256');
  const buffer = Buffer.alloc(READ_BYTES);
  let head = new Uint8Array();
  let size = 0;
  for (;;) {
    const { bytesRead } = await from.read(buffer, 0, READ_BYTES, size);
    if (bytesRead === 0) return { head, size, sha256: hash.digest('hex') };
    const bytes = buffer.subarray(0, bytesRead);
    if (size === 0) head = Uint8Array.from(bytes.subarray(0, HEAD_BYTES));
    hash.update(bytes);
    await writeAll(to, bytes, size);
    size += bytesRead;
  }
}

async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open a folder; its rename is journalled.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
