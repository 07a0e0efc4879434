import type { Entry, Ticket } from '../model.ts';

/** Everybody who ever held the ticket, from its timeline: who claimed it and to whom it was assigned. What was undone never was. */
export function pastHoldersOf(entries: readonly Entry[], ticket: Pick<Ticket, 'holderId'>): string[] {
  const holders = new Set<string>();
  for (const entry of entries) {
    if (entry.undone) continue;
    if (entry.kind === 'claimed') holders.add(entry.authorId);
    if (entry.kind === 'assigned' && entry.data.toId !== null) holders.add(entry.data.toId);
  }
  if (ticket.holderId !== null) holders.add(ticket.holderId);
  return [...holders];
}
