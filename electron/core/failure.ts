/** Core's errors as kinds that cross processes, so that a window can say what happened in the user's words. */
import type { CoreFailure } from '#shared/contract/core.ts';
import { isCorrupt } from './storage/sqlite.ts';
import { SyncError } from './sync/sync-error.ts';

export class CoreError extends Error {
  readonly kind: CoreFailure['kind'];
  constructor(kind: CoreFailure['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}

const diskCodes = new Set(['SQLITE_FULL', 'SQLITE_IOERR_WRITE', 'SQLITE_IOERR_FSYNC', 'SQLITE_IOERR_SHMSIZE', 'ENOSPC', 'EDQUOT']);

/** Any thrown value as a failure; a full disk is told apart, because the user can do something about it. */
export function asFailure(error: unknown): CoreFailure {
  if (error instanceof CoreError) return { kind: error.kind, message: error.message };
  if (error instanceof SyncError) return { kind: error.kind === 'no_answer' ? 'out_of_reach' : 'internal', message: error.message };
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  const message = error instanceof Error ? error.message : String(error);
  if (diskCodes.has(code)) return { kind: 'disk_full', message };
  if (isCorrupt(error)) return { kind: 'damaged', message };
  if (code === 'SQLITE_BUSY') return { kind: 'busy', message };
  return { kind: 'internal', message };
}
