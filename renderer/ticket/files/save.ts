import type { AttachedFile } from '#shared/domain/model.ts';
import { bytesOf } from './pictures.ts';

export type Saved = 'saved' | 'not_saved' | 'needs_network' | 'missing' | { failed: string };

/** To where the person says; the system is told that it comes from outside. */
export async function saveFile(ticketId: string, file: AttachedFile): Promise<Saved> {
  const read = await bytesOf(ticketId, file).catch((error: unknown) => ({ failed: String(error) }));
  if (typeof read === 'string' || 'failed' in read) return read;
  const answer = await window.guichet.saveFile({ name: file.name, bytes: read.bytes });
  if (!answer.ok) return { failed: answer.failure.kind === 'other' ? answer.failure.detail : answer.failure.kind };
  return answer.value.saved ? 'saved' : 'not_saved';
}
