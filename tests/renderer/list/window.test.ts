import fc from 'fast-check';
import { expect, test } from 'vitest';
import { windowFor, windowSize } from '../../../renderer/list/use-rows.ts';

test('the window holds what is visible, wherever the eye jumps to, also on a tall screen', () => {
  const line = fc.integer({ min: 0, max: 100_000 });
  fc.assert(
    fc.property(line, fc.integer({ min: 1, max: 90 }), line, (first, visible, before) => {
      const last = first + visible;
      const size = windowSize(first, last);
      const from = windowFor(first, last, windowFor(before, before, 0, size), size);
      expect(from).toBeGreaterThanOrEqual(0);
      expect(from).toBeLessThanOrEqual(first);
      expect(from + size).toBeGreaterThan(last);
      // Looked at again it stays: nothing is asked for twice.
      expect(windowFor(first, last, from, windowSize(first, last, size))).toBe(from);
    }),
  );
});

test('the window stays while the eye stays inside, and does not shrink again', () => {
  expect(windowFor(240, 262, 220, 60)).toBe(220);
  expect(windowSize(240, 290)).toBe(120);
  expect(windowSize(240, 250, 120)).toBe(120);
});
