/** Names of attached files: for people to read, never a path. */
import { z } from 'zod';

/** Control characters, path separators, and those that turn the writing round, so that "gpj.exe" reads as "exe.jpg". */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const unfit = /[\u0000-\u001f\u007f-\u009f/\\\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]/u;
const LONGEST = 200;

export const FileName = z
  .string()
  .min(1)
  .max(LONGEST)
  .refine((name) => !unfit.test(name) && name.trim() === name && name !== '.' && name !== '..');

/** The name that a file is attached under: what does not fit is left out, a long one is cut before its ending. */
export function cleanFileName(name: string, unnamed: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const clean = [...last]
    .filter((character) => !unfit.test(character))
    .join('')
    .trim();
  if (clean === '' || clean === '.' || clean === '..') return unnamed;
  if (clean.length <= LONGEST) return clean;
  const ending = /\.[^.]{1,10}$/.exec(clean)?.[0] ?? '';
  return `${[...clean.slice(0, LONGEST - ending.length - 1)].join('').trimEnd()}…${ending}`.replace(/[\ud800-\udfff]/gu, '');
}
