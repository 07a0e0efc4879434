/** Files that a person gives to a ticket: handed to core piece by piece; what is not taken says why, at the place to write. */
import { create } from 'zustand';
import type { Performed } from '#shared/contract/core.ts';
import type { UploadProblem } from '#shared/contract/files.ts';
import { CHUNK_BYTES } from '#shared/contract/limits.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import { CoreError, core } from '../../core/client.ts';
import { offerUndo } from '../perform.ts';
import { useUndo } from '../undo.ts';

export interface NotTaken {
  name: string;
  why: { problem: UploadProblem } | { refusal: Refusal } | { failed: string };
}
export type Visibility = 'internal' | 'public';

interface AttachingState {
  /** The ticket that the last files were for. */
  ticketId: string | null;
  notTaken: readonly NotTaken[];
  /** Files that core has not answered for yet. */
  coming: number;
  attach(ticket: { id: string; label: string }, files: readonly File[], visibility: Visibility): Promise<void>;
  dismiss(): void;
}

export const useAttaching = create<AttachingState>()((set, get) => ({
  ticketId: null,
  notTaken: [],
  coming: 0,
  attach: async ({ id, label }, files, visibility) => {
    set({ ticketId: id, notTaken: [], coming: get().coming + files.length });
    const taken: Taken[] = [];
    for (const file of files) {
      const answer = await attachOne(id, file, visibility);
      if ('operationIds' in answer) taken.push(answer);
      set(({ coming, ticketId, notTaken }) => ({
        coming: coming - 1,
        notTaken: 'operationIds' in answer || ticketId !== id ? notTaken : [...notTaken, { name: file.name, why: answer }],
      }));
    }
    tellOf(taken, label);
  },
  dismiss: () => set({ notTaken: [] }),
}));

type Taken = Extract<Performed, { ok: true }>;

/** Files that were given together are taken back together; one that has left already ends what the notice offered before it. */
function tellOf(taken: readonly Taken[], label: string): void {
  if (taken.length === 0) return;
  if (taken.some((one) => !one.undoable)) {
    useUndo.getState().dismiss();
    return;
  }
  const together: Taken = {
    ok: true,
    operationIds: taken.flatMap((one) => one.operationIds),
    claimed: taken.some((one) => one.claimed),
    undoable: true,
  };
  offerUndo('attach', together, label, { count: taken.length });
}

async function attachOne(ticketId: string, file: File, visibility: Visibility): Promise<Taken | NotTaken['why']> {
  let begun: string | undefined;
  try {
    const answer = await core.call('beginFile', { ticketId, name: file.name, size: file.size });
    if (!answer.ok) return 'problem' in answer ? { problem: answer.problem } : { refusal: answer.refusal };
    begun = answer.id;
    for (let offset = 0; offset < file.size; offset += CHUNK_BYTES) {
      const bytes = new Uint8Array(await file.slice(offset, offset + CHUNK_BYTES).arrayBuffer());
      await core.call('addPiece', { id: begun, bytes });
    }
    const performed = await core.call('endFile', { id: begun, ticketId, visibility });
    return performed.ok ? performed : { refusal: performed.refusal };
  } catch (error) {
    // A folder that was dropped cannot be read, and a core that was started anew knows of no file.
    if (begun !== undefined) core.call('dropFile', begun).catch(() => undefined);
    return { failed: error instanceof CoreError ? error.failure.message : String(error) };
  }
}
