import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const portal = join(import.meta.dirname, '../../../portal');
type Texts = { [key: string]: string | Texts };
const read = (language: string) => flat(JSON.parse(readFileSync(join(portal, 'i18n', `${language}.json`), 'utf8')));

function flat(texts: Texts, path = ''): Map<string, string> {
  const all = new Map<string, string>();
  for (const [key, value] of Object.entries(texts)) {
    const name = path ? `${path}.${key}` : key;
    if (typeof value === 'string') all.set(name, value);
    else for (const [inner, text] of flat(value, name)) all.set(inner, text);
  }
  return all;
}
const base = (key: string) => key.replace(/_(one|other)$/, '');
const placeholders = (text: string) =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)]
    .map(([, name]) => name)
    .sort()
    .join();
const fr = read('fr');
const en = read('en');
const sources = readdirSync(portal, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file));
const textOf = (file: string) => readFileSync(join(portal, file), 'utf8');

test('every text is there in both languages, asks for the same values, and none is empty', () => {
  expect([...fr.keys()].sort()).toEqual([...en.keys()].sort());
  expect([...fr].filter(([key, text]) => placeholders(text) !== placeholders(en.get(key) ?? '')).map(([key]) => key)).toEqual([]);
  expect([...fr, ...en].filter(([, text]) => text.trim() === '')).toEqual([]);
});

test('every text that a page asks for by its whole key exists', () => {
  const known = new Set([...fr.keys()].map(base));
  const asked = sources.flatMap((file) => [...textOf(file).matchAll(/\bt\(\s*'([\w.]+)'/g)].map(([, key]) => ({ file, key: key ?? '' })));
  expect(asked.length).toBeGreaterThan(80);
  expect(asked.filter(({ key }) => !known.has(key))).toEqual([]);
});

test('every text is asked for', () => {
  const code = sources.map(textOf).join('\n');
  // A key that is put together leaves its fixed beginning in the source: `end.${answer}`, `declare.title.${kind}`.
  const beginnings = [...code.matchAll(/[`'](?:\w+\.)*(?=\$\{)/g)].map(([found]) => found.slice(1)).filter((found) => found.length > 1);
  const isAsked = (key: string) => code.includes(`'${base(key)}'`) || beginnings.some((beginning) => key.startsWith(beginning));
  expect([...fr.keys()].filter((key) => !isAsked(key))).toEqual([]);
});

test('no component writes its text itself', () => {
  const written = sources
    .filter((file) => file.endsWith('.tsx'))
    .flatMap((file) => {
      const code = textOf(file).replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
      const between = [...code.matchAll(/<[\w.]+(?:\s[^<>]*)?>\s*([^<>{}=;()]*\p{L}{2}[^<>{}=;()]*?)\s*<\//gu)].map(([, text]) => text);
      const attributes = [...code.matchAll(/\s(?:aria-label|title|placeholder|alt|label)="([^"]*\p{L}[^"]*)"/gu)].map(([, text]) => text);
      return [...between, ...attributes].map((text) => `${file}: ${text}`);
    })
    // The beginning of every address is the same in every language.
    .filter((found) => !found.endsWith(': https://'));
  expect(written).toEqual([]);
});
