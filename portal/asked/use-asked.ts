import { useCallback, useEffect, useRef, useState } from 'react';
import type { Answer, Failure } from '../api/answer.ts';

export interface Asked<T> {
  /** The newest that came; stays when a later question fails. */
  value: T | undefined;
  failure: Failure | undefined;
  reload(): Promise<void>;
}

/**
 * Asks the server when a page appears, when somebody comes back to it, and every so many ms while it is looked at.
 * `load`: the same function as long as the question is the same.
 */
export function useAsked<T>(load: () => Promise<Answer<T>>, everyMs?: number): Asked<T> {
  const [value, setValue] = useState<T>();
  const [failure, setFailure] = useState<Failure>();
  /** An answer that was overtaken is not shown. */
  const newest = useRef(0);

  const reload = useCallback(async () => {
    newest.current += 1;
    const mine = newest.current;
    const answer = await load();
    if (mine !== newest.current) return;
    setFailure(answer.ok ? undefined : answer.failure);
    if (answer.ok) setValue(() => answer.value);
  }, [load]);

  useEffect(() => {
    void reload();
    return () => {
      newest.current += 1;
    };
  }, [reload]);

  useEffect(() => {
    if (everyMs === undefined) return;
    const look = () => {
      if (document.visibilityState === 'visible') void reload();
    };
    const timer = setInterval(look, everyMs);
    window.addEventListener('focus', look);
    document.addEventListener('visibilitychange', look);
    window.addEventListener('online', look);
    return () => {
      clearInterval(timer);
      window.removeEventListener('focus', look);
      document.removeEventListener('visibilitychange', look);
      window.removeEventListener('online', look);
    };
  }, [reload, everyMs]);

  return { value, failure, reload };
}
