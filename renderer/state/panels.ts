/** What floats over the console of this window. */
import { create } from 'zustand';

interface Panels {
  palette: boolean;
  outbox: boolean;
  setPalette(open: boolean): void;
  setOutbox(open: boolean): void;
}

export const usePanels = create<Panels>()((set) => ({
  palette: false,
  outbox: false,
  setPalette: (palette) => set({ palette }),
  setOutbox: (outbox) => set({ outbox }),
}));
