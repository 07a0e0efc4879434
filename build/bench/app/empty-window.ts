/** The empty window: an Electron window with the libraries of the console's page, which does nothing. The physical limit of the others. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin } from 'vite';
import { type LaunchedApp, type LaunchOptions, projectRoot } from '../../../tests/e2e/launch.ts';
import type { BenchStage } from '../measurement.ts';
import { keyToPaint } from './gauge.ts';
import { launchShown } from './shown-window.ts';

const source = join(import.meta.dirname, 'empty-window');
/** Before these nothing is compiled, nothing cached. */
const WARM_UP = 20;

export interface EmptyWindow {
  /** For `appCommand` and `launchApp`. */
  options: LaunchOptions & { userData: string };
  open(): Promise<LaunchedApp>;
}

/** Builds its page, with the console's own settings (electron.vite.config.ts). */
export async function emptyWindow(stage: BenchStage): Promise<EmptyWindow> {
  const page = join(stage.folder, 'empty-page');
  await build({
    configFile: false,
    root: source,
    logLevel: 'error',
    plugins: [usedLibraries()],
    build: {
      outDir: page,
      emptyOutDir: true,
      target: 'chrome130',
      minify: true,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 5000,
    },
  });
  const options = { app: join(source, 'main.mjs'), words: [`--page=${page}`], userData: join(stage.folder, 'profile-empty') };
  return { options, open: () => launchShown(options) };
}

/** Everything that the console's page imports from packages, by name, so that neither side has more of a library than the other. */
function usedLibraries(): Plugin {
  return {
    name: 'used-libraries',
    load: (asked) => (asked === join(source, 'used.ts') ? importsOf(join(projectRoot, 'renderer')) : undefined),
  };
}

function importsOf(folder: string): string {
  const names = new Map<string, Set<string>>();
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(tsx?|css)$/.test(name));
  for (const file of files) {
    const text = readFileSync(join(folder, file), 'utf8');
    for (const [, module = ''] of text.matchAll(/^@import "([^.][^"]*)";/gm)) names.set(module, new Set());
    for (const [, braces = '', module = ''] of text.matchAll(/^import (?:\{([^}]*)\} from )?'([^.#][^']*)';/gm)) {
      const known = names.get(module) ?? new Set();
      names.set(module, known);
      const imported = braces.split(',').map((one) => one.trim());
      for (const one of imported) if (one !== '' && !one.startsWith('type ')) known.add(one.split(' as ')[0] ?? one);
    }
  }
  const lines: string[] = [];
  const used: string[] = [];
  for (const [module, known] of names) {
    const renamed = [...known].map((name) => `${name} as used${used.push(`used${used.length}`) - 1}`);
    lines.push(renamed.length > 0 ? `import { ${renamed.join(', ')} } from '${module}';` : `import '${module}';`);
  }
  return `${lines.join('\n')}\nexport const used = [${used.join(', ')}];`;
}

export interface EmptySamples {
  /** ms from a key to the frame with the next number. */
  keys: number[];
  /** ms from a key in the field to the frame that repeats its text. */
  letters: number[];
}

export async function emptyKeys({ page }: LaunchedApp, samples: number): Promise<EmptySamples> {
  const keys: number[] = [];
  const letters: number[] = [];
  const warmUp = Math.min(WARM_UP, samples);
  await page.waitForSelector('output');
  for (let i = 1; i <= warmUp + samples; i++) {
    const { ms } = await keyToPaint(page, 'j', (count) => document.querySelector('output')?.textContent === count, String(i));
    if (i > warmUp) keys.push(ms);
  }
  await page.focus('input');
  let text = '';
  for (let i = 1; i <= warmUp + samples; i++) {
    text += 'j';
    const { ms } = await keyToPaint(page, 'j', (whole) => document.querySelector('p')?.textContent === whole, text);
    if (i > warmUp) letters.push(ms);
  }
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  return { keys, letters };
}
