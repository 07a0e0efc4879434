import { useCallback, useEffect, useRef, useState } from 'react';
import type { ListQuery } from '#shared/contract/core.ts';
import { core } from '../core/client.ts';
import { type Answer, type Hold, type Shown, settle } from './steady.ts';

/** Of a list in groups, which is loaded whole: nobody has more calls to make. */
const WHOLE = 400;
const STEP = 12;
const MARGIN = 12;

/** Rows asked for at once: what is near the eye, and no more, since each change is answered with all of them. */
const SIZES = [30, 60, 120] as const;
/** Of a list that is another one at each letter, and seldom read beyond its top. */
export const SEARCH_SIZE = SIZES[0];
const LIST_SIZE = SIZES[1];

/** How many for these visible lines. A tall screen needs more than `before`, and goes on needing them. */
export function windowSize(first: number, last: number, before: number = LIST_SIZE): number {
  const needed = last - first + 1 + (first > 0 ? 2 : 1) * MARGIN;
  return SIZES.find((size) => size >= before && size >= needed) ?? SIZES[2];
}

/** Where a window of this size starts for these visible lines; `from` when it may stay. It moves before the eye reaches its edge, in steps. */
export function windowFor(first: number, last: number, from: number, size: number): number {
  const near = (first >= from + MARGIN || from === 0) && last + MARGIN < from + size;
  if (near) return from;
  return Math.max(0, Math.round(((first + last) / 2 - size / 2) / STEP) * STEP);
}

export type Question = Omit<ListQuery, 'offset' | 'limit'>;

export interface Rows {
  shown: Shown | undefined;
  /** Tells which lines are visible; asks for another window when they leave this one. */
  look(first: number, last: number): void;
  /** How still the list must be from now on; `none` lets everything in that waited. */
  hold(how: Hold): void;
}

/** The rows of a list of any length, through a window that follows the eye, kept still while it is read. */
export function useRows(question: Question): Rows {
  const key = JSON.stringify(question);
  const [start, setStart] = useState({ key, offset: 0, size: windowSize(0, 0, question.view === 'search' ? SEARCH_SIZE : LIST_SIZE) });
  const offset = start.key === key ? start.offset : 0;
  const { size } = start;
  const isWhole = question.view === 'callbacks';
  const [shown, setShown] = useState<Shown>();
  const latest = useRef<Answer>(undefined);
  const holding = useRef<Hold>('none');

  useEffect(
    () =>
      core.watch('list', { ...(JSON.parse(key) as Question), offset, limit: isWhole ? WHOLE : size }, (value) => {
        const answer = { question: key, ...value };
        latest.current = answer;
        setShown((before) => settle(before, answer, holding.current));
      }),
    [key, offset, size, isWhole],
  );

  const look = useCallback(
    (first: number, last: number) =>
      setStart((now) => {
        const from = now.key === key ? now.offset : 0;
        const size = windowSize(first, last, now.size);
        const offset = isWhole ? 0 : windowFor(first, last, from, size);
        return now.key === key && offset === from && size === now.size ? now : { key, offset, size };
      }),
    [key, isWhole],
  );

  const hold = useCallback((how: Hold) => {
    const before = holding.current;
    holding.current = how;
    const answer = latest.current;
    if (how === 'none' && before !== 'none' && answer) setShown((old) => settle(old, answer, 'none'));
  }, []);

  return { shown, look, hold };
}
