import { NEW_TICKET } from '#shared/contract/core.ts';

/** The ticket under which the draft of this operation's form is kept: one that is being opened had no id while it was typed. */
export function draftPlace({ name, ticketId }: { name: string; ticketId: string }): string {
  return name === 'open' ? NEW_TICKET : ticketId;
}
