/** Where the window was, and how large. */
import { z } from 'zod';
import { parseJson, readIfThere, writeWhole } from './atomic-file.ts';

export const smallest = { width: 960, height: 640 };
const usual = { width: 1280, height: 800 };

const Kept = z.strictObject({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int(),
  height: z.number().int(),
  maximized: z.boolean(),
});
type Kept = z.infer<typeof Kept>;
export interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}
export interface WindowBounds {
  width: number;
  height: number;
  /** Left to the system when the kept place is on no screen any more. */
  x?: number;
  y?: number;
  maximized: boolean;
}

/** `screens`: the work areas at hand now. */
export function readBounds(file: string, screens: readonly Area[]): WindowBounds {
  const kept = Kept.safeParse(parseJson(readIfThere(file))).data;
  if (!kept) return { ...usual, maximized: false };
  const size = { width: Math.max(kept.width, smallest.width), height: Math.max(kept.height, smallest.height), maximized: kept.maximized };
  return screens.some((screen) => showsTitleOf(kept, screen)) ? { ...size, x: kept.x, y: kept.y } : size;
}

export function keepBounds(file: string, bounds: Area, maximized: boolean): void {
  const { x, y, width, height } = bounds;
  writeWhole(file, JSON.stringify({ x, y, width, height, maximized } satisfies Kept));
}

/** Enough of the upper edge is on the screen to take hold of it. */
function showsTitleOf(bounds: Area, screen: Area): boolean {
  const across = Math.min(bounds.x + bounds.width, screen.x + screen.width) - Math.max(bounds.x, screen.x);
  return across >= 100 && bounds.y >= screen.y && bounds.y < screen.y + screen.height - 40;
}
