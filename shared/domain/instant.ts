/** Instants are ISO strings of one fixed shape, so that text order is time order. */
import type { Instant } from './model.ts';

export function laterOf(a: Instant, b: Instant | null | undefined): Instant {
  return b != null && b > a ? b : a;
}
export function earlierOf(a: Instant, b: Instant | null | undefined): Instant {
  return b != null && b < a ? b : a;
}
/** Milliseconds since 1970 of an instant, and back. */
export function msOf(instant: Instant): number {
  return Date.parse(instant);
}
export function instantOf(ms: number): Instant {
  return new Date(ms).toISOString();
}
