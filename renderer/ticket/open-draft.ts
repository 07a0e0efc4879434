/** The new ticket as it is typed, and what is still missing; pure. */
import type { Importance, Kind, Relevance } from '#shared/domain/model.ts';
import type { Say } from './say.ts';

export interface OpenDraft extends Record<string, unknown> {
  callerId: string | null;
  callerName: string;
  /** null: the caller has the problem. */
  beneficiaryId: string | null;
  beneficiaryName: string;
  kind: Kind;
  title: string;
  description: string;
  phone: string;
  siteId: string | null;
  place: string;
  importance: Importance;
  relevance: Relevance;
  categoryId: string | null;
  onLine: boolean;
}

export const emptyOpening: OpenDraft = {
  callerId: null,
  callerName: '',
  beneficiaryId: null,
  beneficiaryName: '',
  kind: 'incident',
  title: '',
  description: '',
  phone: '',
  siteId: null,
  place: '',
  importance: 'person',
  relevance: 'hindered',
  categoryId: null,
  onLine: true,
};

export function missingIn(draft: OpenDraft, say: Say): Record<string, string> {
  return {
    ...(draft.callerId === null ? { requesterId: say('caller.whoNeeded') } : {}),
    ...(draft.title.trim() === '' ? { title: say('caller.whatNeeded') } : {}),
    ...(draft.categoryId === null ? { categoryId: say('caller.categoryNeeded') } : {}),
    ...(draft.siteId === null ? { siteId: say('caller.siteNeeded') } : {}),
  };
}

/** The input of `open`; call it only when nothing is missing. */
export function openInput(draft: OpenDraft): Record<string, unknown> {
  return {
    kind: draft.kind,
    title: draft.title,
    description: draft.description,
    requesterId: draft.callerId,
    beneficiaryId: draft.beneficiaryId ?? draft.callerId,
    phone: draft.phone,
    place: draft.place,
    siteId: draft.siteId,
    categoryId: draft.categoryId,
    importance: draft.importance,
    relevance: draft.relevance,
    duringCall: draft.onLine,
    channel: 'phone',
  };
}
