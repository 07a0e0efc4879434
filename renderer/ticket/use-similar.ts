import { useEffect, useState } from 'react';
import type { z } from 'zod';
import type { CoreCalls } from '#shared/contract/core.ts';
import { core } from '../core/client.ts';

export type SimilarTicket = z.output<CoreCalls['similar']['output']>[number];

const none: readonly SimilarTicket[] = [];

/** Core looks through hundreds of tickets for it: not for one that is only passed by with J and K. */
const STAYS_MS = 150;

/** Closed tickets with a solution, near this one; empty until core has answered. */
export function useSimilar(ticketId: string): readonly SimilarTicket[] {
  const [known, setKnown] = useState<{ ticketId: string; found: readonly SimilarTicket[] }>();
  useEffect(() => {
    let current = true;
    const ask = () =>
      core
        .call('similar', ticketId)
        .then((found) => current && setKnown({ ticketId, found }))
        .catch(() => undefined);
    const timer = setTimeout(ask, STAYS_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [ticketId]);
  return known?.ticketId === ticketId ? known.found : none;
}
