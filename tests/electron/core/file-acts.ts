/** What a window does with files, and what has become of them on either side. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { CHUNK_BYTES } from '#shared/contract/limits.ts';
import type { TestConsole } from './console.ts';
import type { Stage } from './stage.ts';

/** As the window does: announced, piece by piece, ended. */
export async function attach(
  one: TestConsole,
  ticketId: string,
  name: string,
  bytes: Uint8Array,
  visibility: 'internal' | 'public' = 'internal',
) {
  const begun = await one.call('beginFile', { ticketId, name, size: bytes.length });
  if (!begun.ok) return { begun, id: '' };
  for (let offset = 0; offset < bytes.length; offset += CHUNK_BYTES) {
    await one.call('addPiece', { id: begun.id, bytes: new Uint8Array(bytes.subarray(offset, offset + CHUNK_BYTES)) });
  }
  return { begun, id: begun.id, performed: await one.call('endFile', { id: begun.id, ticketId, visibility }) };
}

export async function read(one: TestConsole, ticketId: string, fileId: string): Promise<Uint8Array | string> {
  const pieces: Uint8Array[] = [];
  for (let offset = 0; ; ) {
    const answer = await one.call('readFile', { ticketId, fileId, offset });
    if (answer.state !== 'bytes') return answer.state;
    pieces.push(answer.bytes);
    offset += answer.bytes.length;
    if (offset >= answer.size) return Buffer.concat(pieces);
  }
}

export const filesIn = (one: TestConsole): string[] => readdirSync(join(one.profile, 'core', 'files'));

/** Of a ticket, as the server has it. */
export async function attachedOn(stage: Stage, ticketId: string) {
  const { entries } = await (await stage.direct('chloe')).ticket(ticketId);
  return entries.flatMap((entry) => (entry.kind === 'attached' ? [entry.data.attachment] : []));
}

/** Signed in without the network: who it is, and a token once there is a line. */
export function signInLater(stage: Stage, one: TestConsole, server: string, login: string): void {
  one.signInLater(server, login, async () => (await stage.desk.signIn(login)).tokens);
}
