/** The pages load the styles of those parts of Mantine that they use: one whose styles were forgotten would be drawn without any. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..', '..');
const mantine = join(root, 'node_modules', '@mantine', 'core');
const read = (file: string) => readFileSync(file, 'utf8');
/** A class without a rule has nothing to load. */
const hasRules = (name: string) => allStyles.includes(`.${name}`);
const allStyles = read(join(mantine, 'styles.layer.css'));

/** Modules of Mantine's components by what they export. */
function modulesByName(): Map<string, string> {
  const index = join(mantine, 'esm', 'index.mjs');
  const found = [...read(index).matchAll(/^import \{ ([^}]*) \} from "(\.[^"]*)";$/gm)];
  return new Map(
    found.flatMap(([, names = '', module = '']) => names.split(', ').map((name) => [name, join(dirname(index), module)] as const)),
  );
}

/** Names of classes in the modules of styles that a module comes to, itself or by others. */
function classesOf(module: string, seen: Set<string>): string[] {
  if (seen.has(module)) return [];
  seen.add(module);
  const text = read(module);
  if (module.endsWith('.module.mjs')) return [...text.matchAll(/"(m_[0-9a-f]+)"/g)].map(([, name = '']) => name);
  return [...text.matchAll(/ from "(\.[^"]*)";/g)].flatMap(([, other = '']) => classesOf(join(dirname(module), other), seen));
}

describe.each(['renderer/theme', 'portal/look'])('%s/mantine.css', (folder) => {
  const page = folder.split('/')[0] ?? '';
  const styles = [...read(join(root, folder, 'mantine.css')).matchAll(/^@import "@mantine\/core\/([^"]*)";$/gm)]
    .map(([, path = '']) => read(join(mantine, path)))
    .join('\n');
  const sources = readdirSync(join(root, page), { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name));
  const imported = sources.flatMap((name) =>
    [...read(join(root, page, name)).matchAll(/^import \{([^}]*)\} from '@mantine\/core';$/gm)].flatMap(([, names = '']) =>
      names.split(',').map((one) => one.trim()),
    ),
  );
  const modules = modulesByName();
  const components = [...new Set(imported)].filter((name) => /^[A-Z]/.test(name) && modules.has(name));

  test.each(components)('has what %s is drawn with', (name) => {
    const missing = classesOf(modules.get(name) ?? '', new Set()).filter((one) => hasRules(one) && !styles.includes(`.${one}`));
    expect(missing).toEqual([]);
  });
});
