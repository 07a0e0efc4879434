/** What one types, kept by core at most 250 ms behind the keyboard, and found again where it was left. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { TicketDetail } from '#shared/contract/core.ts';
import { core } from '../core/client.ts';
import { serverNow } from '../time/now.ts';

const SAVE_AFTER_MS = 200;
/** What could not be kept (a full disk) is tried again. */
const AGAIN_AFTER_MS = 3_000;

export type DraftContent = Record<string, unknown>;
type StoredDraft = TicketDetail['drafts'][string];

export interface Draft<T extends DraftContent> {
  content: T;
  change(part: Partial<T>): void;
  /** When core last kept it; null: nothing is kept. */
  savedAt: string | null;
  /** Forgets what is typed, here and in core. */
  discard(): void;
  /** Saves what is not saved yet now; call it before leaving, and before sending: what is sent must come after it. */
  flush(): void;
  /** The operation consumed `sent`: the fields are empty again, unless something was typed meanwhile. */
  consumed(sent: T): void;
}

function isSame(a: DraftContent, b: DraftContent): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/**
 * `empty` are the fields as an untouched form has them; a stored draft is laid over it. What core tells later (a rejection gives the
 * text back, the form was drawn with what was known before) is taken over while nothing is typed here.
 */
export function useDraft<T extends DraftContent>(ticketId: string, form: string, stored: StoredDraft | undefined, empty: T): Draft<T> {
  const [content, setContent] = useState<T>(() => ({ ...empty, ...(stored?.content as Partial<T> | undefined) }));
  const [savedAt, setSavedAt] = useState(stored?.savedAt ?? null);
  const latest = useRef(content);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const untouched = useRef(true);
  const emptyRef = useRef(empty);
  /** What was sent last, until core has shown that its draft is gone: an answer from before that must not bring it back. */
  const sentKey = useRef<string>(undefined);

  const save = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = undefined;
    const isEmpty = isSame(latest.current, emptyRef.current);
    core
      .call('saveDraft', { ticketId, form, content: isEmpty ? null : latest.current })
      .then(() => setSavedAt(isEmpty ? null : new Date(serverNow()).toISOString()))
      .catch(() => {
        setSavedAt(null);
        timer.current ??= setTimeout(() => saveRef.current(), AGAIN_AFTER_MS);
      });
  }, [ticketId, form]);

  const saveRef = useRef(save);
  saveRef.current = save;

  const flush = useCallback(() => {
    if (timer.current !== undefined) save();
  }, [save]);

  useEffect(() => {
    // The window is left or closes: what was typed last goes with it.
    window.addEventListener('blur', flush);
    window.addEventListener('beforeunload', flush);
    return () => {
      window.removeEventListener('blur', flush);
      window.removeEventListener('beforeunload', flush);
      flush();
    };
  }, [flush]);

  const storedKey = stored ? JSON.stringify(stored.content) : null;
  useEffect(() => {
    if (storedKey === null) sentKey.current = undefined;
    if ((storedKey !== null && storedKey === sentKey.current) || !untouched.current) return;
    const given = { ...emptyRef.current, ...(storedKey === null ? {} : (JSON.parse(storedKey) as Partial<T>)) };
    if (isSame(latest.current, given)) return;
    latest.current = given;
    setContent(given);
  }, [storedKey]);
  const storedAt = stored?.savedAt;
  useEffect(() => {
    if (storedAt) setSavedAt(storedAt);
  }, [storedAt]);

  const change = useCallback(
    (part: Partial<T>) => {
      latest.current = { ...latest.current, ...part };
      untouched.current = false;
      setContent(latest.current);
      // From the first unsaved letter on, not from the last: steady typing is saved too.
      timer.current ??= setTimeout(save, SAVE_AFTER_MS);
    },
    [save],
  );

  const reset = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = undefined;
    latest.current = emptyRef.current;
    untouched.current = true;
    setContent(emptyRef.current);
    setSavedAt(null);
  }, []);

  const discard = useCallback(() => {
    reset();
    core.call('saveDraft', { ticketId, form, content: null }).catch(() => undefined);
  }, [reset, ticketId, form]);

  const consumed = useCallback(
    (sent: T) => {
      sentKey.current = JSON.stringify(sent);
      if (latest.current === sent) reset();
    },
    [reset],
  );

  return { content, change, savedAt, discard, flush, consumed };
}
