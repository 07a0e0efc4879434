/**
 * Uploads: announced, received in pieces that may be sent again, sealed when the hash is right. What counts is in the database, and a
 * piece is counted once it is on the disk: several processes may take the pieces of one upload in turn.
 */
import { randomUUID } from 'node:crypto';
import { fileTypeFromBuffer } from 'file-type';
import type { z } from 'zod';
import type { UploadRequest, UploadState } from '#shared/contract/api.ts';
import { CHUNK_BYTES } from '#shared/contract/limits.ts';
import type { ReadDb, WriteTx } from '../db/database.ts';
import type { UploadTable } from '../db/tables.ts';
import { ApiFailure } from '../http/api-failure.ts';
import type { Services } from '../http/services.ts';

/** What one person's uploads that are not attached yet may take, in files of the largest size. */
const UNATTACHED_FILES = 20;
const QUOTA_RETRY_S = 600;
const MIB = 1024 * 1024;

export type UploadServices = Pick<Services, 'database' | 'files' | 'clock' | 'settings'>;
type Announced = z.output<typeof UploadRequest>;

/** Again with the same content it answers how far it is. @throws ApiFailure */
export async function announce(services: UploadServices, personId: string, announced: Announced): Promise<UploadState> {
  const { maxFileBytes } = services.settings;
  if (announced.size === 0) throw new ApiFailure('empty_file');
  if (announced.size > maxFileBytes) {
    const limit = maxFileBytes / MIB;
    const message = {
      fr: `Le fichier est trop volumineux : ${limit} Mo au plus.`,
      en: `The file is too large: ${limit} MB at most.`,
    };
    throw new ApiFailure('too_large', { message, limit: maxFileBytes });
  }
  const row = await services.database.write(async (tx) => {
    // The quota is read and then used up.
    await tx.lock(`uploads of ${personId}`);
    const known = await tx.selectFrom('upload').selectAll().where('id', '=', announced.id).executeTakeFirst();
    if (known) {
      const same = known.name === announced.name && known.size === announced.size && known.sha256 === announced.sha256;
      if (known.person_id !== personId || !same) throw new ApiFailure('id_reused');
      // It is just being forgotten, and can be announced anew then.
      if (known.state === 'leaving') throw new ApiFailure('unavailable', { retryAfter: QUOTA_RETRY_S });
      return known;
    }
    const waiting = await unattachedBytes(tx, personId);
    if (waiting + announced.size > UNATTACHED_FILES * maxFileBytes) throw new ApiFailure('too_many_uploads', { retryAfter: QUOTA_RETRY_S });
    const fresh: UploadTable = {
      ...announced,
      person_id: personId,
      stored_as: randomUUID(),
      state: 'receiving',
      received: 0,
      type: null,
      ticket_id: null,
      operation_id: null,
      touched_at: tx.now.toISOString(),
    };
    await tx.insertInto('upload').values(fresh).execute();
    return fresh;
  });
  return stateOf(services, await standing(services, row));
}

/** @throws ApiFailure not_found, also for an upload of somebody else */
export async function howFar(services: UploadServices, personId: string, id: string): Promise<UploadState> {
  return stateOf(services, await standing(services, await ownUpload(services, personId, id)));
}

/** Answers once the bytes are on the disk. @throws ApiFailure */
export async function receive(
  services: UploadServices,
  personId: string,
  id: string,
  offset: number,
  bytes: Uint8Array,
): Promise<UploadState> {
  const upload = await ownUpload(services, personId, id);
  const end = offset + bytes.length;
  // A piece whose answer was lost.
  if (upload.state !== 'receiving' || end <= upload.received) return stateOf(services, upload);
  if (offset !== upload.received || end > upload.size || (bytes.length !== CHUNK_BYTES && end !== upload.size)) {
    throw new ApiFailure('wrong_offset');
  }
  if (!(await services.files.write(upload.stored_as, offset, bytes))) {
    // The folder is older than the database, or newer: nothing of it can be relied on.
    await moveTo(services, upload, { received: 0 });
    throw new ApiFailure('wrong_offset');
  }
  const moved = await moveTo(services, upload, { received: end });
  // Somebody sent the same piece at the same time: both wrote the same, one is counted.
  return moved ? stateOf(services, { ...upload, received: end }) : howFar(services, personId, id);
}

/** @throws ApiFailure wrong_offset: not all of it is there; wrong_hash: it starts over */
export async function finish(services: UploadServices, personId: string, id: string): Promise<UploadState> {
  const upload = await ownUpload(services, personId, id);
  if (upload.state !== 'receiving') return stateOf(services, upload);
  if (upload.received < upload.size) throw new ApiFailure('wrong_offset');
  const sealed = await services.files.seal(upload.stored_as, upload);
  if (sealed === 'wrong' || sealed === 'missing') {
    // Another request may have finished it meanwhile, and taken the part away.
    const now = await ownUpload(services, personId, id);
    if (now.state !== 'receiving') return stateOf(services, now);
    await moveTo(services, upload, { received: 0 });
    throw new ApiFailure('wrong_hash');
  }
  const type = (await fileTypeFromBuffer(sealed.head))?.mime ?? 'application/octet-stream';
  const moved = await moveTo(services, upload, { state: 'finished', type });
  await services.files.dropPart(upload.stored_as);
  return moved ? stateOf(services, { ...upload, state: 'finished' }) : howFar(services, personId, id);
}

async function ownUpload({ database }: UploadServices, personId: string, id: string): Promise<UploadTable> {
  const row = await database.read((db) => db.selectFrom('upload').selectAll().where('id', '=', id).executeTakeFirst());
  if (row?.person_id !== personId || row.state === 'leaving') throw new ApiFailure('not_found');
  return row;
}

/** Only from where it was when it was looked at. */
async function moveTo(
  { database }: UploadServices,
  { id, received, state }: UploadTable,
  to: Partial<Pick<UploadTable, 'received' | 'state' | 'type'>>,
): Promise<boolean> {
  return database.write(async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('upload')
      .set({ ...to, touched_at: tx.now.toISOString() })
      .where('id', '=', id)
      .where('received', '=', received)
      .where('state', '=', state)
      .executeTakeFirstOrThrow();
    return numUpdatedRows === 1n;
  });
}

/** A finished file that is no longer in the folder (restored without it) is received once more. */
async function standing(services: UploadServices, upload: UploadTable): Promise<UploadTable> {
  if (upload.state !== 'finished') return upload;
  if (await services.files.holds(upload.stored_as, upload.size)) {
    // Left by a process that was killed before it could.
    await services.files.dropPart(upload.stored_as);
    return upload;
  }
  const again = { state: 'receiving', received: 0, type: null } as const;
  await moveTo(services, upload, again);
  return { ...upload, ...again };
}

async function unattachedBytes(tx: WriteTx, personId: string): Promise<number> {
  const row = await (tx as ReadDb)
    .selectFrom('upload')
    .select((e) => e.fn.sum<number | string | null>('size').as('bytes'))
    .where('person_id', '=', personId)
    .where('state', '!=', 'attached')
    .executeTakeFirst();
  return Number(row?.bytes ?? 0);
}

function stateOf({ settings, clock }: UploadServices, upload: UploadTable): UploadState {
  const { id, received, state } = upload;
  return { id, received, finished: state !== 'receiving', maxBytes: settings.maxFileBytes, serverTime: clock().toISOString() };
}
