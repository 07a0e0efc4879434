import Database from 'better-sqlite3';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fold } from '#shared/domain/words.ts';
import { beginningsOf, excerptOf, matchAll } from '../../../electron/core/storage/search-text.ts';

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

test('one or two letters find how a word begins, or a word that is no longer; three are a prefix of anything', () => {
  const db = new Database(':memory:');
  db.exec("CREATE VIRTUAL TABLE search USING fts5(text, beginnings, content='', detail=none, tokenize='unicode61 remove_diacritics 2')");
  const add = db.prepare('INSERT INTO search(rowid, text, beginnings) VALUES (?, ?, ?)');
  add.run(1, 'rien', beginningsOf('Élodie, 𝔸𝔹 et I-2026-000123'));
  add.run(2, 'le PC du quai', '');
  add.run(3, 'pcmcia', '');
  const found = (text: string) => db.prepare('SELECT rowid FROM search WHERE search MATCH ?').pluck().all(matchAll(text, 'FR'));
  expect(['e', 'él', 'EL', '𝔸', '𝔸𝔹', 'et', '20', '00'].map(found)).toEqual(Array(8).fill([1]));
  expect(found('pc')).toEqual([2]);
  expect(found('pcm')).toEqual([3]);
  expect(found('quai pc')).toEqual([2]);
  expect(['lo', 'x', 'qu'].map(found)).toEqual([[], [], []]);
});
