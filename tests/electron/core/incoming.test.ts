import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { asFailure } from '../../../electron/core/failure.ts';
import { FileFolder } from '../../../electron/core/files/file-folder.ts';
import { isDrawable, pictureOf } from '../../../electron/core/files/image.ts';
import { IncomingFiles } from '../../../electron/core/files/incoming.ts';
import { sha256 } from '../../server/uploads.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guichet-incoming-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const TICKET = '00000000-0000-4000-8000-00000000000a';
const AT = '2026-05-04T09:26:00.000Z';

test('a file is kept as it came, under a name of core’s, readable by its owner only', async () => {
  const files = new IncomingFiles(new FileFolder(folder), randomUUID);
  const bytes = new Uint8Array(3_000_000).map((_, index) => index * 7);
  const id = await files.begin(TICKET, '../../etc/passwd', bytes.length);
  // Not waited for in between: pieces are written in the order in which they came.
  const pieces = [0, 1_000_000, 2_000_000].map((from) => files.add(id, bytes.subarray(from, from + 1_000_000)));
  await Promise.all(pieces);
  const kept = await files.end(id, AT);
  expect(kept).toMatchObject({ id, ticketId: TICKET, name: 'passwd', size: bytes.length, sha256: sha256(bytes) });
  expect(readdirSync(folder)).toEqual([kept.storedAs]);
  expect(sha256(readFileSync(join(folder, kept.storedAs)))).toBe(kept.sha256);
  if (process.platform !== 'win32') expect(statSync(join(folder, kept.storedAs)).mode & 0o777).toBe(0o600);
});

/** What is written goes to a device that is always full; the file itself is there. */
class FullFolder extends FileFolder {
  override async create(name: string): Promise<FileHandle> {
    await (await super.create(name)).close();
    return open('/dev/full', 'r+');
  }
}
test.skipIf(!existsSync('/dev/full'))('a full disk refuses the file as such, and leaves nothing of it', async () => {
  const files = new IncomingFiles(new FullFolder(folder), randomUUID);
  const id = await files.begin(TICKET, 'a.bin', 10);
  expect(readdirSync(folder)).toHaveLength(1);
  const failure = await files.add(id, new Uint8Array(10)).catch(asFailure);
  expect(failure).toMatchObject({ kind: 'disk_full' });
  expect(readdirSync(folder)).toEqual([]);
  await expect(files.end(id, AT)).rejects.toThrow('no file is coming');
});

/** The beginning of a PNG of this size. */
function png(width: number, height: number): Buffer {
  const head = Buffer.alloc(33);
  head.write('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1');
  head.writeUInt32BE(width, 16);
  head.writeUInt32BE(height, 20);
  return Buffer.concat([head, deflateSync(Buffer.alloc(64))]);
}
const jpeg = Buffer.from('ffd8ffe000104a46494600010100000100010000ffc000110800300040030122000211010311010000000000000000', 'hex');
const gif = Buffer.concat([Buffer.from('GIF89a'), Buffer.from([0x40, 0, 0x30, 0]), Buffer.alloc(24)]);
const webp = Buffer.concat([Buffer.from('RIFF....WEBPVP8X'), Buffer.alloc(8), Buffer.from([0x3f, 0, 0, 0x2f, 0, 0]), Buffer.alloc(10)]);

test.each([
  ['image/png', png(64, 48)],
  ['image/jpeg', jpeg],
  ['image/gif', gif],
  ['image/webp', webp],
])('%s is known by its first bytes, with its size', (type, bytes) => {
  expect(pictureOf(bytes)).toEqual({ type, width: 64, height: 48 });
});
test.each([
  ['a text', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'.padEnd(64))],
  ['nothing', Buffer.alloc(0)],
  ['a JPEG that ends before its size', Buffer.concat([Buffer.from('ffd8ffe0ffff', 'hex'), Buffer.alloc(64)])],
  ['a JPEG of nonsense', Buffer.concat([Buffer.from([0xff, 0xd8]), Buffer.alloc(64, 0x17)])],
])('%s is no picture', (_name, bytes) => expect(pictureOf(bytes)).toBeUndefined());
test('a picture that would take all memory is not drawn, nor one without pixels', () => {
  const drawable = (width: number, height: number) =>
    isDrawable(pictureOf(png(width, height)) ?? { type: 'image/png', width: 0, height: 0 });
  expect(drawable(6_000, 8_000)).toBe(true);
  expect(drawable(40_000, 40_000)).toBe(false);
  expect(drawable(0, 100)).toBe(false);
});
