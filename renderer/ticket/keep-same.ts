import { useRef } from 'react';

/**
 * Core answers a watch with whole new objects. Parts that say the same stay the same object, so that a saved draft or a moved
 * clock does not render the timeline again.
 */
export function keepSame<T extends object>(before: T | undefined, next: T): T {
  if (!before) return next;
  const kept: Partial<T> = {};
  let changed = false;
  for (const key of Object.keys(next) as (keyof T)[]) {
    const isSame = before[key] === next[key] || JSON.stringify(before[key]) === JSON.stringify(next[key]);
    kept[key] = isSame ? before[key] : next[key];
    changed ||= !isSame;
  }
  return changed ? (kept as T) : before;
}

export function useKeptSame<T extends object>(next: T): T {
  const before = useRef<T>(undefined);
  before.current = keepSame(before.current, next);
  return before.current;
}
