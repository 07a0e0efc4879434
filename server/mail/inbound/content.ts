/** Whole mails in the folder of files, under names of their own, while somebody still has to read them. */
import type { FileFolder } from '../../files/folder.ts';
import { sha256 } from './parse.ts';

/** On the disk once it answers; its name. */
export async function storeContent(files: FileFolder, mailId: string, raw: Uint8Array): Promise<string> {
  const name = `mail-${mailId}`;
  // Of an earlier try, perhaps longer.
  await files.dropPart(name);
  await files.write(name, 0, raw);
  const sealed = await files.seal(name, { size: raw.length, sha256: sha256(raw) });
  await files.dropPart(name);
  if (sealed === 'wrong' || sealed === 'missing') throw new Error('A mail is not as it was written.');
  return name;
}

/** Undefined: it is gone, with whoever was done with it or because the folder was not restored. */
export async function readContent(files: FileFolder, name: string): Promise<Uint8Array | undefined> {
  const pieces: Buffer[] = [];
  try {
    for await (const piece of files.read(name)) pieces.push(piece as Buffer);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  return Buffer.concat(pieces);
}
