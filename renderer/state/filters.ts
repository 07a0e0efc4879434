/** How each list is sorted and narrowed, and what is searched; kept while the window is open. */
import { create } from 'zustand';
import type { Sort, View } from '#shared/contract/core.ts';
import type { Kind } from '#shared/domain/model.ts';

export interface Narrowing {
  teamIds: readonly string[];
  siteIds: readonly string[];
  kinds: readonly Kind[];
}
export const everything: Narrowing = { teamIds: [], siteIds: [], kinds: [] };

interface Filters {
  sort: Partial<Record<View, Sort>>;
  narrowing: Partial<Record<View, Narrowing>>;
  text: string;
  setSort(view: View, sort: Sort): void;
  /** Adds the value, or takes it away when it is there. */
  toggle<K extends keyof Narrowing>(view: View, key: K, value: Narrowing[K][number]): void;
  clear(view: View): void;
  setText(text: string): void;
  reset(): void;
}

const start = { sort: {}, narrowing: {}, text: '' };

export const useFilters = create<Filters>()((set) => ({
  ...start,
  setSort: (view, sort) => set((state) => ({ sort: { ...state.sort, [view]: sort } })),
  toggle: (view, key, value) =>
    set((state) => {
      const narrowing = state.narrowing[view] ?? everything;
      const values: readonly string[] = narrowing[key];
      const next = values.includes(value) ? values.filter((other) => other !== value) : [...values, value];
      return { narrowing: { ...state.narrowing, [view]: { ...narrowing, [key]: next } } };
    }),
  clear: (view) => set((state) => ({ narrowing: { ...state.narrowing, [view]: everything } })),
  setText: (text) => set({ text: text.slice(0, 200) }),
  reset: () => set({ ...start }),
}));
