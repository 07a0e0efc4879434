/** When a mail that could not be sent is tried again, and when no more. */
const FIRST_MS = 60_000;
const LONGEST_MS = 3_600_000;
/** So that the mails of one bad minute do not all come back in one. */
const JITTER = 0.2;

/** `attempts`: in vain so far, at least one; `chance`: from 0 to 1. */
export function retryDelayMs(attempts: number, chance: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempts - 1)) * (1 + JITTER * chance);
}

/** What came of a mail that did not leave. `refused`: the mail server will not have this letter or its receiver, now or later. */
export type Failure = 'refused' | 'unavailable';

/** A refusal may be a mail server's bad hour. All else is tried for five days, as mail servers do. */
const MOST_ATTEMPTS = { refused: 3, unavailable: 125 } as const satisfies Record<Failure, number>;

export function isGivenUp(failure: Failure, attempts: number): boolean {
  return attempts >= MOST_ATTEMPTS[failure];
}
