/** Which pictures a window may be given to draw: by their first bytes, never by their name, and none that would take all memory. */

const MOST_PIXELS = 50_000_000;
/** As much of a file as it takes; a JPEG says its size after what its camera wrote. */
export const IMAGE_HEAD_BYTES = 256 * 1024;

export interface Picture {
  type: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp';
  width: number;
  height: number;
}

/** Undefined: not one of these kinds, or it does not say how large it is. */
export function pictureOf(head: Uint8Array): Picture | undefined {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const text = (from: number, length: number) => String.fromCharCode(...head.subarray(from, from + length));
  if (head.length < 30) return undefined;
  if (text(0, 8) === '\x89PNG\r\n\x1a\n') return { type: 'image/png', width: view.getUint32(16), height: view.getUint32(20) };
  if (/^GIF8[79]a$/.test(text(0, 6))) return { type: 'image/gif', width: view.getUint16(6, true), height: view.getUint16(8, true) };
  if (text(0, 4) === 'RIFF' && text(8, 4) === 'WEBP') return webp(view, text(12, 4));
  return head[0] === 0xff && head[1] === 0xd8 ? jpeg(view) : undefined;
}

export function isDrawable({ width, height }: Picture): boolean {
  return width > 0 && height > 0 && width * height <= MOST_PIXELS;
}

function webp(view: DataView, kind: string): Picture | undefined {
  const type = 'image/webp';
  if (kind === 'VP8 ') return { type, width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  if (kind === 'VP8L') {
    const bits = view.getUint32(21, true);
    return { type, width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  const three = (at: number) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
  return kind === 'VP8X' ? { type, width: three(24) + 1, height: three(27) + 1 } : undefined;
}

function jpeg(view: DataView): Picture | undefined {
  for (let at = 2; at + 9 < view.byteLength; ) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    // Fill bytes.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { type: 'image/jpeg', height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}
