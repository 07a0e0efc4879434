/**
 * Pictures of attached files. What came from outside is never shown as it is: its bytes are decoded here, in the sandbox, and drawn anew, so
 * that only pixels remain of it.
 */
import type { z } from 'zod';
import type { CoreCalls } from '#shared/contract/core.ts';
import type { AttachedFile } from '#shared/domain/model.ts';
import { core } from '../../core/client.ts';

export interface Drawn {
  /** Of a picture that was made here. */
  url: string;
  width: number;
  height: number;
}
type Piece = z.output<CoreCalls['readFile']['output']>;
export type Unseen = 'needs_network' | 'missing' | 'not_drawable';

/** All bytes of an attached file, or why they are not to be had. */
export async function bytesOf(
  ticketId: string,
  file: AttachedFile,
): Promise<{ bytes: Uint8Array<ArrayBuffer>; picture: string | null } | Exclude<Unseen, 'not_drawable'>> {
  const bytes = new Uint8Array(file.size);
  let picture: string | null = null;
  for (let offset = 0; offset < file.size; ) {
    const piece: Piece = await core.call('readFile', { ticketId, fileId: file.id, offset });
    if (piece.state !== 'bytes') return piece.state;
    if (piece.bytes.length === 0) return 'missing';
    bytes.set(piece.bytes.subarray(0, file.size - offset), offset);
    offset += piece.bytes.length;
    picture = piece.picture;
  }
  return { bytes, picture };
}

/** Decoded and drawn anew, at most so large. */
export async function draw(ticketId: string, file: AttachedFile, most: { width: number; height: number }): Promise<Drawn | Unseen> {
  const read = await bytesOf(ticketId, file);
  if (typeof read === 'string') return read;
  if (read.picture === null) return 'not_drawable';
  try {
    const whole = await createImageBitmap(new Blob([read.bytes], { type: read.picture }));
    const scale = Math.min(1, most.width / whole.width, most.height / whole.height);
    const [width, height] = [Math.max(1, Math.round(whole.width * scale)), Math.max(1, Math.round(whole.height * scale))];
    // By halves: made much smaller in one step, lines and letters fall between the pixels.
    let canvas = drawnAt(whole, whole.width, whole.height);
    whole.close();
    while (canvas.width > 2 * width) canvas = drawnAt(canvas, Math.ceil(canvas.width / 2), Math.ceil(canvas.height / 2));
    if (canvas.width !== width) canvas = drawnAt(canvas, width, height);
    return { url: URL.createObjectURL(await canvas.convertToBlob({ type: 'image/png' })), width, height };
  } catch {
    // Its beginning is one of a picture, the rest is none.
    return 'not_drawable';
  }
}

function drawnAt(source: ImageBitmap | OffscreenCanvas, width: number, height: number): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context) context.imageSmoothingQuality = 'high';
  context?.drawImage(source, 0, 0, width, height);
  return canvas;
}
