/** The rules of docs/architecture.md that a type checker does not see. Imports are read from the text of every source. */
import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { basename, dirname, extname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hostCalls } from '../shared/contract/host.ts';

const root = resolve(import.meta.dirname, '..');
/** Code that runs in a process of its own; none of them knows another. */
const zones = ['renderer', 'portal', 'electron/main', 'electron/preload', 'electron/core', 'server'] as const;
/** What the pages of both kinds are drawn with. */
const look = 'resources/look';
const pages = ['renderer', 'portal'];
const product = ['shared', look, ...zones];

interface Source {
  /** From the project's root, with slashes. */
  path: string;
  text: string;
  /** What it imports: a path from the root for the project's own files, the specifier otherwise. */
  imports: string[];
}

const sources = [...product, 'build', 'tests'].flatMap((folder) => listSources(join(root, folder)));
const inFolder = (folder: string) => sources.filter((source) => source.path.startsWith(`${folder}/`));
const productSources = product.flatMap(inFolder);

test('there is something to look at', () => {
  for (const folder of product) expect(inFolder(folder).length, folder).toBeGreaterThan(0);
  expect(sources.find((source) => source.path === 'electron/main/index.ts')?.imports).toContain('shared/contract/channels.ts');
});

describe('import zones', () => {
  test.each(zones)('%s imports itself, shared and packages only', (zone) => {
    const allowed = [`${zone}/`, 'shared/', ...(pages.includes(zone) ? ['resources/'] : [])];
    const wrong = offences(inFolder(zone), (to) => isOwn(to) && !allowed.some((folder) => to.startsWith(folder)));
    expect(wrong).toEqual([]);
  });

  test('shared imports itself and packages only, and nothing of Node or Electron', () => {
    const wrong = offences(
      inFolder('shared'),
      (to) => (isOwn(to) && !to.startsWith('shared/')) || isNode(to) || /^(electron|react)\b/.test(to),
    );
    expect(wrong).toEqual([]);
  });

  test('electron is imported in main and preload only', () => {
    const others = productSources.filter((source) => !/^electron\/(main|preload)\//.test(source.path));
    expect(offences(others, (to) => to === 'electron')).toEqual([]);
  });

  test.each([look, ...pages])('%s imports nothing of Node', (folder) => {
    expect(offences(inFolder(folder), isNode)).toEqual([]);
  });

  test('an import of the project’s own file says its extension and leads to a file', () => {
    const known = new Set(listFiles(root).map((file) => relative(root, file).replaceAll('\\', '/')));
    expect(offences(sources, (to) => isOwn(to) && !known.has(to.replace(/\?.*$/, '')))).toEqual([]);
  });
});

describe('house style', () => {
  test('shared knows no clock and no chance but those it is handed', () => {
    expect(matches(inFolder('shared'), /\bDate\.now\(|new Date\(\)|Math\.random\(|\bwindow\.|\bdocument\.|\bprocess\./)).toEqual([]);
  });

  test('the renderer asks the operation, never the phase', () => {
    expect(matches(inFolder('renderer'), /\bphase\s*[!=]==?|[!=]==?\s*\w+(\.\w+)*\.phase\b|switch\s*\([^)]*\.phase\)/)).toEqual([]);
  });

  test('no default exports, no barrels', () => {
    expect(matches(productSources, /^export default\b/m)).toEqual([]);
    expect(matches(productSources, /^export \*/m)).toEqual([]);
  });

  test('no test branches in the product', () => {
    expect(matches(productSources, /NODE_ENV|VITEST|PLAYWRIGHT/)).toEqual([]);
  });

  test('files are named kebab-case, components PascalCase, and none is a drawer for anything', () => {
    const wrong = sources
      .map((source) => source.path)
      .filter((path) => {
        const name = basename(path).replace(/(\.(test|spec|d))?\.(ts|tsx|mjs)$/, '');
        const isComponent = path.endsWith('.tsx') && /^(renderer|portal)\//.test(path);
        const shape = isComponent ? /^([A-Z][A-Za-z0-9]*|[a-z][a-z0-9]*(-[a-z0-9]+)*)$/ : /^[a-z0-9]+([-.][a-z0-9]+)*$/;
        const isFree = /^tests\/(renderer|portal)\//.test(path);
        return (!isFree && !shape.test(name)) || /^(utils?|helpers?|common|manager|misc)$|-(utils?|helpers?|manager)$/i.test(name);
      });
    expect(wrong).toEqual([]);
  });

  test('no file is longer than 400 lines, and the boot order stays under 80', () => {
    const long = productSources.filter((source) => lines(source) > 400).map((source) => `${source.path}: ${lines(source)}`);
    expect(long).toEqual([]);
    expect(lines(sources.find((source) => source.path === 'electron/main/index.ts') as Source)).toBeLessThan(80);
  });
});

describe('contract', () => {
  test('preload names every host call, and knows no generic one', () => {
    const preload = inFolder('electron/preload').map((source) => source.text);
    for (const name of Object.keys(hostCalls)) expect(preload.join('\n')).toContain(`${name}: call('${name}')`);
    expect(preload.join('\n').match(/ipcRenderer\.(send|invoke|on)\b/g)).toHaveLength(4);
  });

  test('main registers calls in one place, and every call has its handler', () => {
    const registrations = matches(inFolder('electron/main'), /\bipc(Main)?\.(handle|on|once|handleOnce)\(/);
    expect(registrations).toEqual(['electron/main/host-calls.ts']);
    const handlers = sources.find((source) => source.path === 'electron/main/host-handlers.ts')?.text ?? '';
    for (const name of Object.keys(hostCalls)) expect(handlers).toMatch(new RegExp(`\\n {4}(async )?${name}[:(]`));
  });
});

describe('packages', () => {
  const description = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, Record<string, string>>;
  const dependencies = Object.keys(description.dependencies ?? {});
  const all = [...dependencies, ...Object.keys(description.devDependencies ?? {})];
  const imported = new Set(
    [...sources, ...rootConfigs()].flatMap((source) => source.imports.filter((to) => !isOwn(to) && !isNode(to)).map(packageOf)),
  );

  test('every import of a package is listed in package.json, in one exact version', () => {
    expect([...imported].filter((name) => !all.includes(name)).sort()).toEqual([]);
    const versions = Object.values({ ...description.dependencies, ...description.devDependencies });
    expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  test('what the server and core import at run time is a dependency, not a development tool', () => {
    const needed = [...inFolder('server'), ...inFolder('electron/core'), ...inFolder('shared')].flatMap((source) => source.imports);
    const missing = needed.filter((to) => !isOwn(to) && !isNode(to)).map(packageOf);
    expect([...new Set(missing)].filter((name) => !dependencies.includes(name))).toEqual([]);
  });

  test('no package is listed that nothing uses', () => {
    // Used by their commands, by other packages, or by the type checker only.
    const tools = ['@biomejs/biome', 'node', 'typescript', 'electron', 'postcss', 'postcss-preset-mantine', 'vite', 'happy-dom'];
    const unused = all.filter((name) => !imported.has(name) && !tools.includes(name) && !name.startsWith('@types/'));
    expect(unused).toEqual([]);
  });
});

function offences(from: Source[], isWrong: (to: string) => boolean): string[] {
  return from.flatMap((source) => source.imports.filter(isWrong).map((to) => `${source.path} imports ${to}`));
}

function matches(from: Source[], pattern: RegExp): string[] {
  return from.filter((source) => pattern.test(withoutComments(source.text))).map((source) => source.path);
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
}

function listSources(folder: string): Source[] {
  return listFiles(folder)
    .filter((file) => /\.(ts|tsx|mjs)$/.test(file))
    .map(readSource);
}

function rootConfigs(): Source[] {
  return readdirSync(root)
    .filter((name) => /\.config\.ts$/.test(name))
    .map((name) => readSource(join(root, name)));
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (/^(node_modules|out|release|tour|data|test-results|\.git)$/.test(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? listFiles(path) : [path];
  });
}

function readSource(file: string): Source {
  const path = relative(root, file).replaceAll('\\', '/');
  const text = readFileSync(file, 'utf8');
  return { path, text, imports: importsOf(text).map((specifier) => resolved(path, specifier)) };
}

/** Specifiers of static and dynamic imports, of re-exports, and of CSS taken along. */
function importsOf(text: string): string[] {
  const code = withoutComments(text);
  const found = code.matchAll(/(?:^|[\n;}])\s*(?:import|export)\s(?:[^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g);
  return [...found].map((match) => match[1] ?? match[2] ?? '');
}

/** A path from the root for a relative or `#shared/` import. */
function resolved(from: string, specifier: string): string {
  if (specifier.startsWith('#shared/')) return specifier.slice(1);
  if (specifier.startsWith('.')) return `./${join(dirname(from), specifier)}`.replaceAll('\\', '/').slice(2);
  return specifier;
}

function isOwn(to: string): boolean {
  return extname(to.replace(/\?.*$/, '')) !== '' && /^(shared|renderer|portal|electron|server|build|tests|resources)\//.test(to);
}

function isNode(to: string): boolean {
  return to.startsWith('node:') || builtinModules.includes(to);
}

function packageOf(to: string): string {
  return to
    .split('/')
    .slice(0, to.startsWith('@') ? 2 : 1)
    .join('/');
}

function lines(source: Source): number {
  return source.text.split('\n').length - 1;
}
