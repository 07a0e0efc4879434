import { useCallback, useEffect, useRef, useState } from 'react';
import type { ListQuery } from '#shared/contract/core.ts';
import { core } from '../core/client.ts';
import { type Answer, type Hold, type Shown, settle } from './steady.ts';

/** Rows asked for at once. The window moves before the eye reaches its edge, in steps, so that it moves seldom. */
const WINDOW = 120;
/** At first, before anybody scrolls: a list that opens, and each letter of a search, is answered sooner for it. */
const FIRST = 48;
const STEP = 30;
const MARGIN = 30;

/** Where the window starts for these visible lines; `from` when it may stay. */
export function windowFor(first: number, last: number, from: number): number {
  const near = (first >= from + MARGIN || from === 0) && last + MARGIN < from + WINDOW;
  if (near) return from;
  return Math.max(0, Math.round(((first + last) / 2 - WINDOW / 2) / STEP) * STEP);
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
  const [start, setStart] = useState({ key, offset: 0, limit: FIRST });
  const { offset, limit } = start.key === key ? start : { offset: 0, limit: FIRST };
  const [shown, setShown] = useState<Shown>();
  const latest = useRef<Answer>(undefined);
  const holding = useRef<Hold>('none');

  useEffect(
    () =>
      core.watch('list', { ...(JSON.parse(key) as Question), offset, limit }, (value) => {
        const answer = { question: key, ...value };
        latest.current = answer;
        setShown((before) => settle(before, answer, holding.current));
      }),
    [key, offset, limit],
  );

  const look = useCallback(
    (first: number, last: number) =>
      setStart((now) => {
        const before = now.key === key ? now : { key, offset: 0, limit: FIRST };
        const offset = windowFor(first, last, before.offset);
        const limit = offset === 0 && last + STEP / 2 < FIRST ? before.limit : WINDOW;
        return offset === before.offset && limit === before.limit ? before : { key, offset, limit };
      }),
    [key],
  );

  const hold = useCallback((how: Hold) => {
    const before = holding.current;
    holding.current = how;
    const answer = latest.current;
    if (how === 'none' && before !== 'none' && answer) setShown((old) => settle(old, answer, 'none'));
  }, []);

  return { shown, look, hold };
}
