/** Small pictures, made once while the window lives; the oldest make room. */
import { useEffect, useState } from 'react';
import type { AttachedFile } from '#shared/domain/model.ts';
import { type Drawn, draw, type Unseen } from './pictures.ts';

/** As it is shown, px; drawn for the screen's own pixels, so that nothing is made smaller once more. */
const BOX = { width: 208, height: 136 };
const KEPT = 100;
/** A ticket that one only steps over asks for nothing. */
const LOOKED_AT_MS = 150;
/** Larger ones are drawn when they are asked for. */
const LARGEST_BYTES = 8_000_000;

const made = new Map<string, Drawn>();

export function hasThumbnail({ type, size }: AttachedFile): boolean {
  return /^image\/(?:png|jpeg|gif|webp)$/.test(type) && size <= LARGEST_BYTES;
}

function keep(id: string, drawn: Drawn): void {
  made.set(id, drawn);
  for (const [oldest, { url }] of made) {
    if (made.size <= KEPT) break;
    made.delete(oldest);
    URL.revokeObjectURL(url);
  }
}

/** Undefined while it is being made. `online`: a change of it is a reason to try again. */
export function useThumbnail(ticketId: string, file: AttachedFile, online: boolean): Drawn | Unseen | undefined {
  const [shown, setShown] = useState<Drawn | Unseen | undefined>(made.get(file.id));
  const isSettled = typeof shown === 'object' || shown === 'not_drawable' || (shown !== undefined && !online);
  useEffect(() => {
    if (isSettled) return;
    let current = true;
    const timer = setTimeout(() => {
      const scale = Math.max(1, window.devicePixelRatio);
      draw(ticketId, file, { width: BOX.width * scale, height: BOX.height * scale })
        .then((drawn) => {
          if (typeof drawn === 'object') keep(file.id, drawn);
          if (current) setShown(drawn);
        })
        .catch(() => current && setShown('missing'));
    }, LOOKED_AT_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [ticketId, file, isSettled]);
  return shown;
}
