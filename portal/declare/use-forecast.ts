import { useEffect, useRef, useState } from 'react';
import type { Expected } from '#shared/contract/portal.ts';
import type { Kind } from '#shared/domain/model.ts';
import { usePortal } from '../desk/desk-context.ts';
import { contactOf, type Declaration } from './declaration.ts';

const WAIT_MS = 600;
/** Below this a text says nothing of what it is about. */
const SHORTEST = 6;
/** It stands in the address, where an accent counts six times: Node reads 16 KiB of a request's head. */
const LONGEST = 1_200;

/** What the service promises for such a ticket; undefined as long as it is not known. */
export function useExpected(draft: Declaration, kind: Kind): Expected | undefined {
  const { api, desk } = usePortal();
  const { siteId } = contactOf(draft, desk);
  const { importance, relevance } = draft;
  return useNewest(
    siteId && importance && relevance ? JSON.stringify([siteId, importance, relevance, kind]) : undefined,
    async () => {
      if (!siteId || !importance || !relevance) return undefined;
      const answer = await api.expected({ kind, siteId, importance, relevance });
      return answer.ok ? answer.value : undefined;
    },
    0,
  );
}

/** How many open tickets of the same site look the same. */
export function useSimilar(draft: Declaration): number | undefined {
  const { api, desk } = usePortal();
  const { siteId } = contactOf(draft, desk);
  const text = `${draft.title} ${draft.description}`.trim().slice(0, LONGEST);
  return useNewest(
    siteId && text.length >= SHORTEST ? JSON.stringify([siteId, draft.categoryId, text]) : undefined,
    async () => {
      const query = { siteId: siteId ?? '', text, ...(draft.categoryId ? { categoryId: draft.categoryId } : {}) };
      const answer = await api.similar(query);
      return answer.ok ? answer.value : undefined;
    },
    WAIT_MS,
  );
}

/** The answer to the newest question, asked once it has stood for so long; undefined while it is open. */
function useNewest<T>(question: string | undefined, ask: () => Promise<T | undefined>, waitMs: number): T | undefined {
  const [known, setKnown] = useState<{ question: string; answer: T | undefined }>();
  const asking = useRef(ask);
  asking.current = ask;
  useEffect(() => {
    if (question === undefined) return;
    let isOver = false;
    const timer = setTimeout(async () => {
      const answer = await asking.current();
      if (!isOver) setKnown({ question, answer });
    }, waitMs);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [question, waitMs]);
  return known && known.question === question ? known.answer : undefined;
}
