/** Leaves out of a plan what is not needed for it to fail. */
import type { Step } from './plan.ts';

/** `fails`: whether a plan still does. What is returned fails, and as a rule no half, quarter … of it can be left out. */
export async function shrink(plan: readonly Step[], fails: (plan: readonly Step[]) => Promise<boolean>): Promise<readonly Step[]> {
  let smallest = plan;
  for (let size = Math.ceil(plan.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let start = 0; start < smallest.length; ) {
      // The last one is where everything is compared.
      const without = smallest.filter((step, index) => index < start || index >= start + size || step.kind === 'quiet');
      if (without.length < smallest.length && (await fails(without))) smallest = without;
      else start += size;
    }
  }
  return smallest;
}
