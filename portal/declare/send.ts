/** Sends a declaration: a stranger's name, the files, then the ticket with what is attached to it. Each step may be done again. */
import type { PushOutcome } from '#shared/contract/api.ts';
import type { PortalDesk } from '#shared/contract/portal.ts';
import type { Kind } from '#shared/domain/model.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import { type Failure, isRefused } from '../api/answer.ts';
import type { PortalApi } from '../api/portal-api.ts';
import type { Uploads } from '../files/uploads.ts';
import { actsOf, contactOf, type Declaration } from './declaration.ts';

export type SendOutcome =
  /** `isEarlier`: an earlier try had arrived, with what was written then. `lost`: names of files that are not on it. */
  | { kind: 'sent'; isEarlier: boolean; lost: string[] }
  | { kind: 'files' }
  | { kind: 'failed'; failure: Failure }
  | { kind: 'refused'; refusal: Refusal };

export async function sendDeclaration(
  draft: Declaration,
  kind: Kind,
  { api, desk, uploads }: { api: PortalApi; desk: PortalDesk; uploads: Uploads },
): Promise<SendOutcome> {
  let beneficiaryId = draft.who === 'me' ? desk.person.id : draft.other?.id;
  if (beneficiaryId === undefined) {
    const { phone, siteId } = contactOf(draft, desk);
    const person = { id: draft.ids.guest, name: (draft.guest ?? '').trim(), phone: phone.trim(), siteId: siteId ?? '' };
    const added = await api.addPerson(person);
    if (!added.ok) return { kind: 'failed', failure: added.failure };
    beneficiaryId = added.value.personId;
  }
  await uploads.settle();
  // One that the server refuses, or that the browser lost, is the person's to take away or to give again.
  const unsent = uploads.list.find(({ state }) => state !== 'done');
  if (unsent?.state === 'stopped') return { kind: 'failed', failure: { kind: 'unreachable' } };
  if (unsent) return { kind: 'files' };

  const pushed = await api.push(actsOf(draft, kind, desk, beneficiaryId));
  if (!pushed.ok) {
    if (isRefused(pushed.failure, 'id_reused')) return (await earlier(api, draft)) ?? { kind: 'failed', failure: pushed.failure };
    return { kind: 'failed', failure: pushed.failure };
  }
  const [opened, ...attached] = pushed.value;
  if (opened?.status === 'rejected') {
    const found = opened.refusal.code === 'id_reused' ? await earlier(api, draft) : undefined;
    return found ?? { kind: 'refused', refusal: opened.refusal };
  }
  return { kind: 'sent', isEarlier: false, lost: lostNames(attached, draft) };
}

/** What was changed after a try whose answer never came is the same operation with other content: the first one stands. */
async function earlier(api: PortalApi, draft: Declaration): Promise<SendOutcome | undefined> {
  const found = await api.ticket(draft.ids.ticket);
  return found.ok ? { kind: 'sent', isEarlier: true, lost: [] } : undefined;
}

function lostNames(outcomes: readonly PushOutcome[], { files, links }: Declaration): string[] {
  const names = [...files.map(({ name }) => name), ...links.map(({ url }) => url)];
  return names.filter((_name, index) => outcomes[index]?.status === 'rejected');
}
