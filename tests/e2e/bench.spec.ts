/** The bench as an instrument: with a tiny desk it brings every figure, from the real app, and says that it gives no verdict. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { figureNames } from '../../build/bench/figures.ts';
import { projectRoot } from './launch.ts';

interface Told {
  name: string;
  value: number;
  unit: string;
  worse: string;
  budget: number | null;
  limit: number | null;
}

async function bench(words: string[]): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, ['build/bench/main.ts', ...words], { cwd: projectRoot });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      said += String(chunk);
    });
  const code = await new Promise<number | null>((done) => child.once('close', done));
  return { code, said };
}

test('a tiny bench brings every figure, each beside its limit', async () => {
  test.setTimeout(180_000);
  const file = test.info().outputPath('figures.json');
  const { code, said } = await bench(['--tickets', '400', '--samples', '4', '--json', file]);
  expect(said).toContain('no verdict on the budgets');
  expect(code, said).toBe(0);
  const { figures } = JSON.parse(readFileSync(file, 'utf8')) as { figures: Told[] };
  const byName = new Map(figures.map((one) => [one.name, one]));
  expect([...byName.keys()]).toEqual(expect.arrayContaining([...figureNames]));
  expect(byName.size).toBe(figures.length);
  for (const one of figures) {
    // How long nothing was held up may be nothing at all, and no row is to be rendered again.
    if (one.name === 'tick') expect(one.value).toBe(0);
    else if (one.name.startsWith('blocked')) expect(one.value, one.name).toBeGreaterThanOrEqual(0);
    else expect(one.value, one.name).toBeGreaterThan(0);
    expect(Number.isFinite(one.value), one.name).toBe(true);
    if (one.limit !== null) expect(one.limit, one.name).toBeGreaterThan(0);
    expect(['higher', 'lower']).toContain(one.worse);
  }
  for (const name of [
    'key-to-paint',
    'claim-optimistic',
    'search',
    'bootstrap',
    'apply-1000',
    'cold-start',
    'seen-elsewhere',
    'claim-http',
  ])
    expect(byName.get(name)?.limit, name).not.toBeNull();
});

test('a name that is none, or too small a desk, is told in one sentence', async () => {
  for (const [words, sentence] of [
    [['claim-htp'], 'there is no figure claim-htp'],
    [['--tickets', '3'], '--tickets takes a whole number'],
  ] as const) {
    const { code, said } = await bench([...words]);
    expect(code).toBe(2);
    expect(said).toContain(sentence);
    expect(said.trim().split('\n')).toHaveLength(1);
  }
});
