/** What went wrong between console and server, by what it means for the next try. */
import { AxiosError } from 'axios';
import { ApiError } from '#shared/contract/api.ts';

export type SyncErrorKind =
  | 'no_answer' // out of reach, cut, timed out
  | 'unauthorized'
  | 'too_many' // 429 and 503: wait as told
  | 'no_room' // the server's disk is full
  | 'resync'
  | 'too_old' // this console is
  | 'server_too_old'
  | 'refused' // another 4xx: the request is wrong as it stands
  | 'server' // 5xx
  | 'bad_answer'; // not what the contract says

interface SyncErrorOptions {
  mayHaveArrived?: boolean;
  retryAfterMs?: number | null;
  code?: ApiError['error'] | null;
  limit?: number | null;
}

export class SyncError extends Error {
  readonly kind: SyncErrorKind;
  /** With no answer: whether the request can have reached the server. */
  readonly mayHaveArrived: boolean;
  readonly retryAfterMs: number | null;
  /** What the server called it, where it said so; `limit` with `too_large`, bytes. */
  readonly code: ApiError['error'] | null;
  readonly limit: number | null;
  constructor(kind: SyncErrorKind, message: string, options: SyncErrorOptions = {}) {
    super(message);
    this.kind = kind;
    this.mayHaveArrived = options.mayHaveArrived ?? true;
    this.retryAfterMs = options.retryAfterMs ?? null;
    this.code = options.code ?? null;
    this.limit = options.limit ?? null;
  }
}

/** No connection came about at all. */
const neverConnected = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL']);

export function noAnswer(error: unknown): SyncError {
  if (error instanceof SyncError) return error;
  const code = error instanceof AxiosError ? (error.code ?? '') : '';
  const message = error instanceof Error ? error.message : String(error);
  return new SyncError('no_answer', message || code, { mayHaveArrived: !neverConnected.has(code) });
}

/** What a server may ask for, ms: no hammering, no wait that nobody sees the end of (nor one that a timer cannot count). */
const SHORTEST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 3_600_000;

/** Any status but 2xx. `retryAfter`: the header, in seconds or as a date. */
export function refusedBy(status: number, body: unknown, retryAfter: unknown): SyncError {
  const parsed = ApiError.safeParse(body);
  const message = parsed.success ? parsed.data.message : `HTTP ${status}`;
  const told = waitOf(retryAfter) ?? (parsed.success && parsed.data.retryAfter !== undefined ? parsed.data.retryAfter * 1_000 : null);
  const retryAfterMs = told === null ? null : Math.min(Math.max(told, SHORTEST_WAIT_MS), LONGEST_WAIT_MS);
  if (parsed.success && parsed.data.error === 'console_too_old') return new SyncError('too_old', message);
  if (status === 401) return new SyncError('unauthorized', message);
  if (status === 409 && parsed.success && parsed.data.error === 'resync') return new SyncError('resync', message);
  if (parsed.success && parsed.data.error === 'disk_full') return new SyncError('no_room', message, { retryAfterMs });
  if (status === 429 || status === 503) return new SyncError('too_many', message, { retryAfterMs });
  return new SyncError(status >= 500 ? 'server' : 'refused', message, {
    code: parsed.success ? parsed.data.error : null,
    limit: parsed.success ? (parsed.data.limit ?? null) : null,
  });
}

function waitOf(header: unknown): number | null {
  if (typeof header !== 'string' || header === '') return null;
  const seconds = Number(header);
  if (!Number.isNaN(seconds)) return seconds * 1_000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : date - Date.now();
}
