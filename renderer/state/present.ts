/** The colleagues who are at a console now, as core tells while this window is being looked at. */
import { create } from 'zustand';
import type { Colleague } from '#shared/contract/core.ts';

export const usePresent = create<{ people: readonly Colleague[] }>()(() => ({ people: [] }));
