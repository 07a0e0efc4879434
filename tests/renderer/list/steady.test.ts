import { describe, expect, test } from 'vitest';
import type { ListRow } from '#shared/contract/core.ts';
import { type Answer, settle } from '../../../renderer/list/steady.ts';
import { makeRow } from '../world.ts';

const row = (name: string): ListRow => makeRow(0, name.charCodeAt(0), ['low', name, 'Sara Diallo', 'Nantes', 60]);
const answer = (names: string, total = names.length, offset = 0): Answer => ({
  question: 'pool',
  offset,
  total,
  rows: Array.from(names, row),
});
const names = (shown: { rows: readonly ListRow[] }) => shown.rows.map(({ title }) => title).join('');
const before = settle(undefined, answer('abcd'), 'none');

describe('a list that nobody reads', () => {
  test('shows everything in the order it comes', () => {
    const shown = settle(before, answer('xdcba'), 'none');
    expect([names(shown), shown.total, shown.waiting]).toEqual(['xdcba', 5, 0]);
  });
});

describe('a list that is scrolled', () => {
  test('holds new tickets back, and counts them', () => {
    const shown = settle(before, answer('xyabcd'), 'scrolled');
    expect([names(shown), shown.total, shown.live, shown.waiting]).toEqual(['abcd', 4, 6, 2]);
  });
  test('lets new tickets follow at the end, where nothing moves', () => {
    const shown = settle(before, answer('abcdz'), 'scrolled');
    expect([names(shown), shown.total, shown.waiting]).toEqual(['abcdz', 5, 0]);
  });
  test('keeps the order though the answer has another', () => {
    expect(names(settle(before, answer('dcba'), 'scrolled'))).toBe('abcd');
  });
  test('drops what left', () => {
    const shown = settle(before, answer('acd'), 'scrolled');
    expect([names(shown), shown.total]).toEqual(['acd', 3]);
  });
  test('goes on waiting through further answers, and shows all when it is released', () => {
    const held = settle(settle(before, answer('xabcd'), 'scrolled'), answer('yxabcd'), 'scrolled');
    expect([names(held), held.waiting]).toEqual(['abcd', 2]);
    expect(names(settle(held, answer('yxabcd'), 'none'))).toBe('yxabcd');
  });
});

describe('a list under the pointer', () => {
  test('keeps a row that left in its place, and says that it is gone', () => {
    const shown = settle(before, answer('acd'), 'pointer');
    expect([names(shown), shown.total, [...shown.gone]]).toEqual(['abcd', 4, [row('b').id]]);
  });
  test('takes a row back that came again', () => {
    const gone = settle(before, answer('acd'), 'pointer');
    expect(settle(gone, answer('abcd'), 'pointer').gone.size).toBe(0);
  });
});

describe('a window of a longer list', () => {
  const window = settle(undefined, answer('abcd', 1000, 200), 'none');
  test('does not call gone what new rows only pushed out of it', () => {
    const shown = settle(window, answer('xabc', 1001, 200), 'pointer');
    expect([names(shown), shown.waiting, shown.gone.size]).toEqual(['abcd', 1, 0]);
  });
  test('starts over when it moves', () => {
    expect(names(settle(window, answer('efgh', 1000, 400), 'pointer'))).toBe('efgh');
  });
});

test('another question starts over, held or not', () => {
  expect(names(settle(before, { ...answer('xyz'), question: 'mine' }, 'pointer'))).toBe('xyz');
});

test('a row in which nothing changed is the same object, so that it is not drawn again', () => {
  const shown = settle(before, answer('abcd'), 'none');
  expect(shown.rows[0]).toBe(before.rows[0]);
});
