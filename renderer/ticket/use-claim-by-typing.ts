/** Editing is claiming: the first letter typed on a pool ticket takes it, visibly, with an undo. */
import { useCallback, useRef, useState } from 'react';
import type { TicketDetail } from '#shared/contract/core.ts';
import { offerOf } from './operations.ts';
import { labelOf, type Outcome, perform } from './perform.ts';

/**
 * `typed()` is called with each change; it claims once when `operation`'s offer says that it would. Undone, the text stays a draft
 * and typing on does not claim again: sending will. `settled()` waits for a claim on its way, so that what is sent comes after it.
 */
export function useClaimByTyping(detail: TicketDetail, operation: string, because: string) {
  const asked = useRef<{ ticketId: string; claim: Promise<Outcome> } | null>(null);
  const [refused, setRefused] = useState<Exclude<Outcome, { kind: 'done' }> | null>(null);
  const ticketId = detail.ticket.id;
  const claims = offerOf(detail, operation)?.claims ?? false;

  const typed = useCallback(() => {
    if (!claims || asked.current?.ticketId === ticketId) return;
    const claim = perform({ name: 'claim', ticketId, ticketLabel: labelOf(detail), input: {}, draft: null, because });
    asked.current = { ticketId, claim };
    void claim.then((outcome) => setRefused(outcome.kind === 'done' ? null : outcome));
  }, [claims, ticketId, detail, because]);

  const settled = useCallback(async () => {
    await asked.current?.claim;
  }, []);

  return { typed, settled, refused };
}
