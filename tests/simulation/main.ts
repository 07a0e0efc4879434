/**
 * `npm run simulate -- [--seeds N] [--from S] [--trace] [--shrink]`, under the project's own Node. Ends with 1 when a seed fails, 2 when
 * it cannot begin with what it was given. `--trace` tells what happened; `--shrink` leaves out what is not needed for a seed to fail.
 */
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { makeTemplate, type Template } from './desk.ts';
import { planOf } from './plan.ts';
import { shrink } from './shrink.ts';
import { invariantOf, type Outcome, simulate } from './simulate.ts';

const SHOWN = 10;
const number = (from: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `must be a number from ${from}`)
    .transform(Number)
    .refine((one) => one >= from, `must be a number from ${from}`);
const Words = z.object({
  seeds: number(1).default(100),
  from: number(0).default(1),
  trace: z.boolean().default(false),
  shrink: z.boolean().default(false),
});
type Words = z.output<typeof Words>;

const words = read(process.argv.slice(2));
const template = await makeTemplate();
let failed = 0;
try {
  for (let seed = words.from; seed < words.from + words.seeds; seed++) if (!(await tell(seed, words, template))) failed += 1;
} finally {
  template.remove();
}
console.log(`seeds ${words.seeds}, failed ${failed}`);
process.exitCode = failed === 0 ? 0 : 1;

async function tell(seed: number, { trace, shrink: isShrunk }: Words, from: Template): Promise<boolean> {
  const outcome = await simulate(seed, { template: from });
  if (trace) console.log(outcome.trace.join('\n'));
  const { operations, faults, violations, digest } = outcome;
  const how = violations.length === 0 ? 'holds' : 'FAILED';
  console.log(`seed ${seed}: ${operations} operations, ${faults} faults, ${digest.slice(0, 8)}: ${how}`);
  if (violations.length === 0) return true;
  for (const violation of violations.slice(0, SHOWN)) console.log(`  ${violation}`);
  if (violations.length > SHOWN) console.log(`  and ${violations.length - SHOWN} more`);
  console.log(`  again: npm run simulate -- --seeds 1 --from ${seed} --trace`);
  if (isShrunk) await tellShrunk(outcome, from);
  return false;
}

async function tellShrunk({ seed, violations }: Outcome, from: Template): Promise<void> {
  const invariant = invariantOf(violations[0] ?? '');
  let last: Outcome | undefined;
  const plan = await shrink(planOf(seed), async (shorter) => {
    const outcome = await simulate(seed, { template: from, plan: shorter });
    const fails = outcome.violations.some((violation) => invariantOf(violation) === invariant);
    if (fails) last = outcome;
    return fails;
  });
  console.log(`  ${plan.length} steps are enough:`);
  for (const step of plan) console.log(`    ${JSON.stringify(step)}`);
  console.log(last ? [...last.trace, ...last.violations].map((line) => `    ${line}`).join('\n') : '');
}

/** Ends the process with one sentence when the words make no sense. */
function read(given: string[]): Words {
  const [text, flag] = [{ type: 'string' }, { type: 'boolean' }] as const;
  try {
    const { values } = parseArgs({ args: given, options: { seeds: text, from: text, trace: flag, shrink: flag } });
    return Words.parse(values);
  } catch (error) {
    const [issue] = error instanceof z.ZodError ? error.issues : [];
    console.error(issue ? `--${issue.path.join('.')}: ${issue.message}` : (error as Error).message);
    process.exit(2);
  }
}
