import type { z } from 'zod';
import type { CoreCalls } from '#shared/contract/core.ts';
import { useAsked } from './use-asked.ts';

export type SimilarTicket = z.output<CoreCalls['similar']['output']>[number];

const none: readonly SimilarTicket[] = [];

/** Closed tickets with a solution, near this one; empty until core has answered. */
export function useSimilar(ticketId: string): readonly SimilarTicket[] {
  return useAsked('similar', ticketId) ?? none;
}
