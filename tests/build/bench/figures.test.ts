import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { detail, figure, figureNames, isOver, median, percentile, rounded, table, writeJson } from '../../../build/bench/figures.ts';

test('every budget of the design is there under its fixed name', () => {
  const asked = [
    'key-to-paint',
    'claim-optimistic',
    'search',
    'first-pool',
    'bootstrap',
    'apply-1000',
    'blocked',
    'cold-start',
    'seen-elsewhere',
    'claim-http',
    'deadlines',
    'tick',
  ];
  expect(figureNames).toEqual(expect.arrayContaining(asked));
});

describe('a figure is over its budget on the side that is worse', () => {
  test.each([
    ['claim-http', 10, false],
    ['claim-http', 10.1, true],
    ['bootstrap', 20_000, false],
    ['bootstrap', 19_999, true],
    ['tick', 0, false],
    ['tick', 1, true],
  ] as const)('%s at %d: %s', (name, value, over) => {
    expect(isOver(figure(name, value, null))).toBe(over);
  });

  test('without a budget it never is', () => {
    expect(isOver(detail('whatever', 1e9, 'ms'))).toBe(false);
  });
});

describe('percentiles are samples that were taken, by nearest rank', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  test.each([
    [hundred, 0.95, 95],
    [hundred, 0.5, 50],
    [[7], 0.95, 7],
    [[3, 1, 2], 0.95, 3],
  ])('%#', (samples, part, expected) => {
    expect(percentile(samples, part)).toBe(expected);
  });

  test('the median of three is the middle one, and nothing has none', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(() => median([])).toThrow('No samples');
  });
});

test('the table has a line a figure, says what is over, and no more digits than a bench knows', () => {
  const lines = table([
    figure('claim-http', 12.3456, 3.21),
    figure('bootstrap', 25_431.7, 61_002.1),
    detail('claim-http-median', 4, 'ms'),
  ]).split('\n');
  expect(lines).toHaveLength(4);
  expect(lines[1]).toMatch(/^claim-http +12\.3 +ms +≤ 10 +3\.21 +OVER$/);
  expect(lines[2]).toMatch(/^bootstrap +25432 +rows\/s +≥ 20000 +61002 +ok$/);
  expect(lines[3]).toMatch(/^claim-http-median +4 +ms$/);
  expect(rounded(0.012345)).toBe('0.0123');
});

test('the file of figures has name, value, unit, which way is worse, budget and limit of each, and nothing else', () => {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-figures-'));
  try {
    const file = join(folder, 'figures.json');
    writeJson(file, [figure('cold-start', 1234.5, 987), detail('blocked-main', 3, 'ms')]);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      figures: [
        { name: 'cold-start', value: 1234.5, unit: 'ms', worse: 'higher', budget: 1500, limit: 987 },
        { name: 'blocked-main', value: 3, unit: 'ms', worse: 'higher', budget: null, limit: null },
      ],
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
