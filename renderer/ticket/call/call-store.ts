/** Beginning a call, and what of it is only this window's: whether the call bar is folded, and what has to be asked or said first. */
import { create } from 'zustand';
import type { TicketDetail } from '#shared/contract/core.ts';
import type { Instant } from '#shared/domain/model.ts';
import { dialability, dialled } from '#shared/domain/phone.ts';
import { CoreError, core } from '../../core/client.ts';
import { dropLetters, holdLetters } from '../../keys/early-letters.ts';
import { serverNow } from '../../time/now.ts';

/** Said beside the number: keys of the namespace `ticket`. */
export interface CallNotice {
  ticketId: string;
  /** `ask`: dial all the same? */
  kind: 'ask' | 'problem';
  key: string;
  values: Record<string, string>;
}
interface CallUi {
  folded: boolean;
  notice: CallNotice | null;
  /** The system did not take the number: said in the call bar. */
  notDialled: boolean;
  fold(folded: boolean): void;
  tell(notice: CallNotice | null): void;
  reset(): void;
}

const start = { folded: false, notice: null, notDialled: false };

export const useCallUi = create<CallUi>()((set) => ({
  ...start,
  fold: (folded) => set({ folded }),
  tell: (notice) => set({ notice }),
  reset: () => set({ ...start }),
}));

const QUARTER_MS = 15 * 60_000;
const STEP_MS = 5 * 60_000;

/** A quarter of an hour on, at a round five minutes; when the site is closed, at its next opening. */
export function proposedCallback(now: number, { openNow, changesAt }: TicketDetail['siteHours']): Instant {
  const quarter = Math.ceil((now + QUARTER_MS) / STEP_MS) * STEP_MS;
  const opening = !openNow && changesAt ? Date.parse(changesAt) : 0;
  return new Date(Math.max(quarter, opening)).toISOString();
}

/** Dials, or asks first, or says why not. `confirmed`: the person was asked. */
export async function beginCall(detail: TicketDetail, shown: string, confirmed = false): Promise<void> {
  const { ticket } = detail;
  const ui = useCallUi.getState();
  const tell = (kind: CallNotice['kind'], key: string, values: Record<string, string> = {}) => {
    dropLetters();
    ui.tell({ ticketId: ticket.id, kind, key, values: { number: shown, ...values } });
  };
  if (detail.call?.ticketId === ticket.id) return ui.fold(false);
  if (ticket.phone.typed.trim() === '') return tell('problem', 'contact.none');
  const number = dialled(ticket.phone);
  if (number === null) return tell('problem', 'contact.cannot');
  const verdict = dialability(number);
  if (verdict.kind === 'no') return tell('problem', 'contact.never');
  if (verdict.kind === 'ask' && !confirmed) return tell('ask', `contact.ask.${verdict.why}`);
  useCallUi.setState({ notice: null, notDialled: false, folded: false });
  // The call bar comes once the call is kept: what is typed until then is its note.
  holdLetters();
  try {
    // Kept before the system dials, so that a kill cannot lose it.
    const call = await core.call('startCall', { ticketId: ticket.id, personId: ticket.beneficiaryId, number: ticket.phone });
    if (call.callbackAt === null)
      await core.call('updateCall', { note: call.note, callbackAt: proposedCallback(serverNow(), detail.siteHours) });
    const answer = await window.guichet.dial(number);
    if (!answer.ok) useCallUi.setState({ notDialled: true });
  } catch (error) {
    if (error instanceof CoreError && error.failure.kind === 'busy') return tell('problem', 'contact.busy');
    if (error instanceof CoreError && error.failure.kind === 'disk_full') return tell('problem', 'form.failure.disk_full');
    tell('problem', 'contact.failed', { detail: error instanceof CoreError ? error.failure.message : String(error) });
  }
}
