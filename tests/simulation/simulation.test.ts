/** As many seeds as fit into a minute; `npm run simulate` plays more. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeTemplate, type Template } from './desk.ts';
import { planOf } from './plan.ts';
import { type Outcome, simulate } from './simulate.ts';

const BUDGET_MS = 60_000;
/** Seeds that once failed, whose plan still shows what was wrong; each defect has a plain test of its own too. */
const onceFailed: readonly number[] = [];

let template: Template;
beforeAll(async () => {
  template = await makeTemplate();
});
afterAll(() => template.remove());

const again = ({ seed, violations }: Outcome) =>
  `npm run simulate -- --seeds 1 --from ${seed} --trace\n${violations.slice(0, 10).join('\n')}`;

test('whatever goes wrong, everything holds whenever it has come to rest', { timeout: 6 * BUDGET_MS }, async () => {
  const from = performance.now();
  const played: Outcome[] = [];
  const seeds = [...onceFailed];
  for (let next = 1; played.length === 0 || performance.now() - from < BUDGET_MS; next++) {
    const outcome = await simulate(seeds.shift() ?? next, { template });
    expect(outcome.violations, again(outcome)).toEqual([]);
    played.push(outcome);
  }
  console.log(`${played.length} seeds, ${played.reduce((sum, { operations }) => sum + operations, 0)} operations`);
  expect(Math.min(...played.map((one) => one.operations))).toBeGreaterThanOrEqual(200);
  expect(Math.min(...played.map((one) => one.faults))).toBeGreaterThanOrEqual(5);
});

test('the same seed is the same simulation', { timeout: 240_000 }, async () => {
  const plan = planOf(7).slice(0, 60);
  const [one, other] = [await simulate(7, { template, plan }), await simulate(7, { template, plan })];
  expect(other.trace).toEqual(one.trace);
  expect(one.trace.length).toBeGreaterThan(100);
});
