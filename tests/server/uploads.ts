/** Uploads as a console makes them. */
import { createHash, randomUUID } from 'node:crypto';
import type { UploadState } from '#shared/contract/api.ts';
import { CHUNK_BYTES } from '#shared/contract/limits.ts';
import type { Answer, TestSession } from './desk.ts';

export const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

export function announce(session: TestSession, name: string, bytes: Uint8Array, more: object = {}): Promise<Answer<UploadState>> {
  return session.call('POST', '/v1/uploads', { id: randomUUID(), name, size: bytes.length, sha256: sha256(bytes), ...more });
}
/** The piece at `offset`, as much as a piece may have. */
export function put(session: TestSession, id: string, bytes: Uint8Array, offset: number): Promise<Answer<UploadState>> {
  return session.call('PUT', `/v1/uploads/${id}?offset=${offset}`, bytes.subarray(offset, offset + CHUNK_BYTES));
}
/** A whole upload, finished; its id. */
export async function uploadFile(session: TestSession, name: string, bytes: Uint8Array): Promise<string> {
  const { body } = await announce(session, name, bytes);
  for (let { received } = body; received < bytes.length; ) {
    const answer = await put(session, body.id, bytes, received);
    if (answer.status !== 200) throw new Error(`a piece was answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    received = answer.body.received;
  }
  const finished = await session.call<UploadState>('POST', `/v1/uploads/${body.id}/finish`);
  if (!finished.body.finished) throw new Error(`finish answered ${finished.status}: ${JSON.stringify(finished.body)}`);
  return body.id;
}
