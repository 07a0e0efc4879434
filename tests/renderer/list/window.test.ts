import fc from 'fast-check';
import { expect, test } from 'vitest';
import { windowFor } from '../../../renderer/list/use-rows.ts';

test('the window holds what is visible, wherever the eye jumps to', () => {
  const line = fc.integer({ min: 0, max: 100_000 });
  fc.assert(
    fc.property(line, fc.integer({ min: 1, max: 60 }), line, (first, visible, before) => {
      const from = windowFor(first, first + visible, windowFor(before, before, 0));
      expect(from).toBeGreaterThanOrEqual(0);
      expect(from).toBeLessThanOrEqual(first);
      expect(from + 120).toBeGreaterThan(first + visible);
    }),
  );
});

test('the window stays while the eye stays inside', () => {
  expect(windowFor(240, 270, 200)).toBe(200);
});
