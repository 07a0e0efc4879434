/** What happens in one simulation, drawn by fast-check from a seed: what people do, what goes wrong, and when. */
import fc from 'fast-check';
import { troubles } from './line.ts';

export const acts = [
  'claim',
  'claim',
  'claim',
  'release',
  'assign',
  'assign',
  'set_urgency',
  'set_category',
  'edit_contact',
  'log_call',
  'note',
  'note',
  'note',
  'wait',
  'wait',
  'resume',
  'resolve',
  'resolve',
  'open',
  'open',
  'reopen',
  'cancel',
  'undo',
  'undo',
  'call',
  'call',
  'draft',
  'dismiss',
] as const;
export type ActName = (typeof acts)[number];

/** What is asked on the portal. */
export const asks = ['open', 'open', 'validate', 'validate', 'refuse', 'note', 'cancel'] as const;
export type AskName = (typeof asks)[number];

export const faults = [
  'trouble',
  'trouble',
  'trouble',
  'trouble',
  'trouble',
  'trouble',
  'partition',
  'partition',
  'away',
  'kill_console',
  'kill_console',
  'kill_console_at_commit',
  'kill_console_at_commit',
  'lose_cache',
  'kill_server',
  'kill_server_at_commit',
  'kill_server_at_commit',
  'restore',
  'clock',
  'roles',
] as const;
export type FaultName = (typeof faults)[number];

/** Whole numbers that choose among what there is when the time comes. */
const pick = fc.integer({ min: 0, max: 9_999 });
/** People work at the same time more often than one after the other. */
const gap = fc.oneof(
  { arbitrary: fc.integer({ min: 0, max: 20 }), weight: 12 },
  { arbitrary: fc.integer({ min: 20, max: 400 }), weight: 4 },
  { arbitrary: fc.integer({ min: 400, max: 8_000 }), weight: 2 },
  { arbitrary: fc.integer({ min: 8_000, max: 120_000 }), weight: 1 },
);

const act = fc.record({ kind: fc.constant('act' as const), gap, who: pick, what: fc.constantFrom(...acts), a: pick, b: pick, c: pick });
const ask = fc.record({ kind: fc.constant('ask' as const), gap, who: pick, what: fc.constantFrom(...asks), a: pick, b: pick });
const fault = fc.record({
  kind: fc.constant('fault' as const),
  gap,
  who: pick,
  what: fc.constantFrom(...faults),
  a: pick,
  b: pick,
  trouble: fc.record({
    kind: fc.constantFrom(...troubles),
    on: fc.constantFrom('push' as const, 'push' as const, 'feed' as const, 'bootstrap' as const, 'any' as const),
    ms: fc.oneof(fc.integer({ min: 0, max: 2_000 }), fc.integer({ min: 2_000, max: 60_000 })),
    status: fc.constantFrom(401, 429, 500, 502, 503),
    times: fc.integer({ min: 1, max: 3 }),
  }),
});
type Drawn<A> = A extends fc.Arbitrary<infer T> ? T : never;
export type Act = Drawn<typeof act>;
export type Ask = Drawn<typeof ask>;
export type Fault = Drawn<typeof fault>;
/** Everything heals, everybody comes in step, and everything is compared. */
export interface Quiet {
  kind: 'quiet';
  gap: number;
}
export type Step = Act | Ask | Fault | Quiet;

const CHAPTERS = 3;
const ACTS = 84;
const ASKS = 10;
const FAULTS = 9;

/** Among the others, at the places that `at` says. */
function mixed(chapter: { acts: Act[]; asks: Ask[]; faults: Fault[]; at: number[] }): Step[] {
  const steps: Step[] = [...chapter.acts];
  [...chapter.asks, ...chapter.faults].forEach((step, index) => void steps.splice((chapter.at[index] ?? 0) % (steps.length + 1), 0, step));
  return [...steps, { kind: 'quiet', gap: 0 }];
}
function exactly<T>(one: fc.Arbitrary<T>, length: number): fc.Arbitrary<T[]> {
  return fc.array(one, { minLength: length, maxLength: length });
}
const chapter = fc
  .record({ acts: exactly(act, ACTS), asks: exactly(ask, ASKS), faults: exactly(fault, FAULTS), at: exactly(pick, ASKS + FAULTS) })
  .map(mixed);
const plan = exactly(chapter, CHAPTERS).map((chapters) => chapters.flat());

export function planOf(seed: number): Step[] {
  const [drawn] = fc.sample(plan, { seed, numRuns: 1 });
  if (!drawn) throw new Error('no plan');
  return drawn;
}
