/** What can be taken back right now: one thing at a time, for eight seconds. */
import { create } from 'zustand';
import { core } from '../core/client.ts';

export const UNDO_MS = 8000;
/** What core takes back at once. */
const MOST_AT_ONCE = 10;

export interface Undoable {
  /** Ids in the order in which they were queued; taken back last first. */
  operationIds: readonly string[];
  /** Keys of the namespace `ticket`. */
  title: string;
  /** Of what the title tells, where it says a number. */
  count?: number;
  detail: string | null;
  /** "I-2026-004211", or the title while there is no number. */
  ticket: string;
  /** Called once it is undone: a form may want to know. */
  onUndone?: () => void;
}
interface UndoState {
  current: (Undoable & { key: number }) | null;
  /** What came of the last undo: a refusal stands for as long as the offer would have. */
  refused: boolean;
  offer(undoable: Undoable): void;
  run(): Promise<void>;
  dismiss(): void;
}

/** Last first, so that nothing goes before what hangs on it. False: not all of it could be. */
async function takeBack(ids: readonly string[]): Promise<boolean> {
  for (let end = ids.length; end > 0; end -= MOST_AT_ONCE) {
    const answer = await core.call('undo', ids.slice(Math.max(0, end - MOST_AT_ONCE), end)).catch(() => null);
    if (!answer?.ok) return false;
  }
  return true;
}

let next = 1;
let timer: ReturnType<typeof setTimeout> | undefined;

export const useUndo = create<UndoState>()((set, get) => {
  const endIn = (ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => set({ current: null, refused: false }), ms);
  };
  return {
    current: null,
    refused: false,
    offer: (undoable) => {
      set({ current: { ...undoable, key: next++ }, refused: false });
      endIn(UNDO_MS);
    },
    run: async () => {
      const { current, refused } = get();
      if (!current || refused) return;
      clearTimeout(timer);
      if (await takeBack(current.operationIds)) {
        current.onUndone?.();
        if (get().current?.key === current.key) set({ current: null });
      } else {
        set({ refused: true });
        endIn(UNDO_MS);
      }
    },
    dismiss: () => {
      clearTimeout(timer);
      set({ current: null, refused: false });
    },
  };
});
