import { describe, expect, test } from 'vitest';
import { fold, matchWords } from '../../../renderer/palette/commands.ts';

const marked = (text: string, typed: string) =>
  matchWords(text, typed)
    ?.map((span) => (span.match ? `[${span.text}]` : span.text))
    .join('') ?? null;

describe('a command is found', () => {
  test.each([
    ['Mettre en attente', 'att', 'Mettre en [att]ente'],
    ['Résoudre', 'reso', '[Réso]udre'],
    ['Changer l’urgence', 'urg', 'Changer l’[urg]ence'],
    ['Prendre en charge', 'pr ch', '[Pr]endre en [ch]arge'],
    ['Rappels', '', 'Rappels'],
  ])('%s by "%s"', (text, typed, expected) => expect(marked(text, typed)).toBe(expected));

  test.each([
    ['Batterie gonflée', 'att'],
    ['Résoudre', 'resoudre tout'],
  ])('but not %s by "%s"', (text, typed) => expect(marked(text, typed)).toBeNull());
});

test('folding keeps every letter in its place', () => {
  for (const text of ['Éric Pons', 'œuvre', 'İstanbul', 'naïve ﬁn']) expect(fold(text).length).toBe(text.length);
});
