/** What is open in this window: the view, the ticket chosen in each view, the form in the pane. No rules, no data. */
import { create } from 'zustand';
import type { View } from '#shared/contract/core.ts';
import type { ClockView } from '#shared/contract/sla.ts';

export type Page = 'console' | 'open_for_caller' | 'outbox' | 'mails' | 'settings';

interface Selection {
  page: Page;
  view: View;
  /** The ticket in the pane; stays when it leaves the list. */
  ticketId: string | null;
  /** The form that is open in the pane ("resolve", "wait", …), or null. */
  form: string | null;
  /** The clock of the selected ticket whose deadline is being explained, or null. */
  explained: ClockView['clock'] | null;
  /** The ticket last chosen in each view, found again on return. */
  chosen: Partial<Record<View, string>>;
  /** Moves to a neighbour in the list that is there; null while none is. */
  stepBy: ((by: 1 | -1) => void) | null;
  show(view: View): void;
  select(ticketId: string | null): void;
  /** Selects the ticket, and says why this clock's deadline is where it is. */
  explain(ticketId: string, clock: ClockView['clock']): void;
  endExplanation(): void;
  /** Opens a form of the selected ticket. */
  openForm(name: string): void;
  closeForm(): void;
  goTo(page: Page): void;
  /** The list says how to reach a row's neighbours. */
  offerSteps(stepBy: ((by: 1 | -1) => void) | null): void;
  /** Leaves nothing behind for the next person who signs in. */
  reset(): void;
}

const start = { page: 'console', view: 'pool', ticketId: null, form: null, explained: null, chosen: {}, stepBy: null } as const;

/** What another ticket in the pane changes; nothing where it is there already. */
function chosenAs(ticketId: string | null, state: Selection): Partial<Selection> {
  if (state.ticketId === ticketId) return {};
  const chosen = ticketId === null ? state.chosen : { ...state.chosen, [state.view]: ticketId };
  return { ticketId, form: null, explained: null, chosen };
}

export const useSelection = create<Selection>()((set) => ({
  ...start,
  show: (view) => set(({ chosen }) => ({ page: 'console', view, ticketId: chosen[view] ?? null, form: null, explained: null })),
  select: (ticketId) => set((state) => (state.ticketId === ticketId ? state : chosenAs(ticketId, state))),
  explain: (ticketId, explained) => set((state) => ({ ...chosenAs(ticketId, state), page: 'console', explained })),
  endExplanation: () => set({ explained: null }),
  openForm: (form) => set({ form, page: 'console', explained: null }),
  closeForm: () => set({ form: null }),
  goTo: (page) => set({ page }),
  offerSteps: (stepBy) => set({ stepBy }),
  reset: () => set({ ...start }),
}));
