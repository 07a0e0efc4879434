/** What every part of the pane reads: the ticket as core shows it, the desk's lists, the language. */
import { createContext, useContext } from 'react';
import type { DeskInfo, TicketDetail } from '#shared/contract/core.ts';
import type { Words } from './say.ts';
import type { NameBook } from './timeline/entry-words.ts';

export interface TicketScope {
  detail: TicketDetail;
  desk: DeskInfo;
  words: Words;
  names: NameBook;
}

const TicketContext = createContext<TicketScope | null>(null);
export const TicketProvider = TicketContext.Provider;

export function useTicket(): TicketScope {
  const scope = useContext(TicketContext);
  if (!scope) throw new Error('useTicket outside of a ticket pane');
  return scope;
}
