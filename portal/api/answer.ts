/** What comes back from the server: expected outcomes are values. */
import type { ApiError } from '#shared/contract/api.ts';

export type Failure =
  /** No network, or nobody answers. */
  | { kind: 'unreachable' }
  /** The session is over, and somebody else has signed in since. */
  | { kind: 'signed_out' }
  /** The server says no, and why. */
  | { kind: 'refused'; error: ApiError }
  /** An answer that this page does not know: it is older or newer than the server. */
  | { kind: 'unreadable' };

export type Answer<T> = { ok: true; value: T } | { ok: false; failure: Failure };

export const done = <T>(value: T): Answer<T> => ({ ok: true, value });
export const failed = <T>(failure: Failure): Answer<T> => ({ ok: false, failure });

/** Whether the server refused for this very reason. */
export function isRefused(failure: Failure, error: ApiError['error']): boolean {
  return failure.kind === 'refused' && failure.error.error === error;
}
