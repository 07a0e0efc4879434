import { useCallback, useEffect, useRef, useState } from 'react';
import type { z } from 'zod';

/** At most this much of what was typed is lost with the browser. */
const WRITE_MS = 200;

export interface Kept<T> {
  value: T;
  /** It was there when the page came. */
  wasKept: boolean;
  change(to: Partial<T>): void;
  /** Nothing of it is left here; the next change begins a new one. */
  forget(): void;
}

/** What is being written, which survives its page, its tab and the browser. What can no longer be read is as if it were not there. */
export function useKept<T extends object>(key: string, schema: z.ZodType<T>, fresh: () => T): Kept<T> {
  const [{ value, wasKept }, setState] = useState(() => {
    const kept = readKept(key, schema);
    return { value: kept ?? fresh(), wasKept: kept !== undefined };
  });
  const newest = useRef(value);
  const unwritten = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const write = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = undefined;
    if (!unwritten.current) return;
    unwritten.current = false;
    try {
      localStorage.setItem(key, JSON.stringify(newest.current));
    } catch {
      // A browser that keeps nothing, or is full: the page itself still has it.
    }
  }, [key]);

  const change = useCallback(
    (to: Partial<T>) => {
      newest.current = { ...newest.current, ...to };
      unwritten.current = true;
      timer.current ??= setTimeout(write, WRITE_MS);
      setState((state) => ({ ...state, value: newest.current }));
    },
    [write],
  );

  const forget = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = undefined;
    unwritten.current = false;
    newest.current = fresh();
    try {
      localStorage.removeItem(key);
    } catch {
      // Nothing was kept.
    }
    setState({ value: newest.current, wasKept: false });
  }, [key, fresh]);

  useEffect(() => {
    window.addEventListener('pagehide', write);
    document.addEventListener('visibilitychange', write);
    return () => {
      window.removeEventListener('pagehide', write);
      document.removeEventListener('visibilitychange', write);
      write();
    };
  }, [write]);

  return { value, wasKept, change, forget };
}

function readKept<T>(key: string, schema: z.ZodType<T>): T | undefined {
  try {
    const parsed = schema.safeParse(JSON.parse(localStorage.getItem(key) ?? 'null'));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
