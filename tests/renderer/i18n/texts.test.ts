import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { typesetFrench } from '#shared/domain/typeset.ts';
import { say } from '../../../renderer/i18n/index.ts';

const renderer = join(import.meta.dirname, '../../../renderer');
type Texts = { [key: string]: string | Texts };
const read = (language: string, namespace: string) =>
  JSON.parse(readFileSync(join(renderer, 'i18n', language, `${namespace}.json`), 'utf8')) as Texts;
const namespaces = readdirSync(join(renderer, 'i18n/fr')).map((file) => file.replace('.json', ''));

function flat(texts: Texts, path = ''): Map<string, string> {
  const all = new Map<string, string>();
  for (const [key, value] of Object.entries(texts)) {
    const name = path ? `${path}.${key}` : key;
    if (typeof value === 'string') all.set(name, value);
    else for (const [inner, text] of flat(value, name)) all.set(inner, text);
  }
  return all;
}
/** Plural forms differ by language ("many" is French); the key without its form must be in both. */
const base = (key: string) => key.replace(/_(zero|one|two|few|many|other)$/, '');
const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();

describe.each(namespaces)('the texts of %s', (namespace) => {
  const fr = flat(read('fr', namespace));
  const en = flat(read('en', namespace));

  test('have the same keys in both languages', () => {
    expect([...new Set([...fr.keys()].map(base))].sort()).toEqual([...new Set([...en.keys()].map(base))].sort());
  });

  test('have the forms of number that each language asks for', () => {
    const wanted = { fr: ['one', 'other'], en: ['one', 'other'] };
    for (const [language, texts] of [
      ['fr', fr],
      ['en', en],
    ] as const) {
      const counted = [...texts.keys()].filter((key) => key !== base(key)).map(base);
      const missing = counted.flatMap((key) =>
        wanted[language].filter((form) => !texts.has(`${key}_${form}`)).map((form) => `${language} ${key}_${form}`),
      );
      expect([...new Set(missing)]).toEqual([]);
    }
  });

  test('ask for the same values in both languages', () => {
    const differing = [...en].filter(([key, text]) => {
      const french = fr.get(key);
      return french !== undefined && placeholders(french).join() !== placeholders(text).join();
    });
    expect(differing).toEqual([]);
  });

  test('are all there, none empty', () => {
    expect([...fr, ...en].filter(([, text]) => text.trim() === '')).toEqual([]);
  });
});

const sources = readdirSync(renderer, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file));

test('no component writes its text itself', () => {
  const written = sources
    .filter((file) => file.endsWith('.tsx'))
    .flatMap((file) => {
      const code = readFileSync(join(renderer, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
      const between = [...code.matchAll(/<[\w.]+(?:\s[^<>]*)?>\s*([^<>{}=;()]*\p{L}{2}[^<>{}=;()]*?)\s*<\//gu)].map(([, text]) => text);
      const attributes = [...code.matchAll(/\s(?:aria-label|title|placeholder|alt|label|aria-description)="([^"]*\p{L}[^"]*)"/gu)].map(
        ([, text]) => text,
      );
      return [...between, ...attributes].map((text) => `${file}: ${text}`);
    })
    // The name of the product is the same in every language.
    .filter((found) => !found.endsWith(': Guichet'));
  expect(written).toEqual([]);
});

test('every text that the shell asks for exists', () => {
  const known = new Set([...flat(read('fr', 'shell')).keys()].flatMap((key) => [key, base(key)]));
  const asked = sources
    .filter((file) => !file.startsWith('ticket/'))
    .flatMap((file) => {
      const code = readFileSync(join(renderer, file), 'utf8');
      return [...code.matchAll(/\bt\(\s*'((?:shell:)?[\w.]+)'/g)].map(([, key]) => ({ file, key: (key ?? '').replace('shell:', '') }));
    });
  expect(asked.length).toBeGreaterThan(50);
  expect(asked.filter(({ key }) => !known.has(key))).toEqual([]);
});

test.each([
  ['Introuvable ?', 'Introuvable\u202f?'],
  ['Trier : par date', 'Trier\u00a0: par date'],
  ['« {{text}} »', '«\u00a0{{text}}\u00a0»'],
  ['{{n}} min', '{{n}}\u00a0min'],
  ['{{percent}} %', '{{percent}}\u00a0%'],
  ['https://exemple.fr', 'https://exemple.fr'],
  ['44 px ou 36 px', '44\u00a0px ou 36\u00a0px'],
])('French spaces do not break: %s', (text, expected) => expect(typesetFrench(text)).toBe(expected));

test('texts that were made before are not mixed up, whatever people wrote in them', () => {
  const made = (requester: string, name: string) => say('ticket:contact.reportedBy', 'fr', { requester, name });
  expect(made('a\nb', 'c')).not.toBe(made('a', 'b\nc'));
});
