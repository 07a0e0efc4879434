import fc from 'fast-check';
import { expect, test } from 'vitest';
import { excerptOf, fold } from '../../../electron/core/storage/search-text.ts';

test('a word of nothing but accents, as long as a text may be, holds nobody up', () => {
  const marks = '\u0301'.repeat(200_000);
  // Folding the word anew for each of its characters would take minutes.
  expect(excerptOf(`zorglub a${marks}b`, 'a', true)).toBe(`zorglub \uE000a${marks}\uE001b`);
});

test('the marked part of a word folds to what was typed', () => {
  const letters = fc.constantFrom('a', 'é', 'e\u0301', 'Å', 'ß', 'ﬁ', 'ç', '각', 'x\u0323\u0301', '7', '𝔸');
  fc.assert(
    fc.property(fc.array(letters, { minLength: 1, maxLength: 12 }), fc.nat(11), (parts, cut) => {
      const word = parts.join('');
      const typed = parts.slice(0, (cut % parts.length) + 1).join('');
      const marked = /\uE000(.*)\uE001/u.exec(excerptOf(word, typed, true) ?? '')?.[1] ?? '';
      expect(fold(marked)).toBe(fold(typed));
    }),
    { numRuns: 1_000 },
  );
});
