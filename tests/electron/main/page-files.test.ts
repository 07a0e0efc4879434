import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contentSecurityPolicy, findPageFile, listPageFiles, type PageFiles } from '../../../electron/main/page-files.ts';

let folder: string;
let files: PageFiles;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'guichet-page-'));
  const page = join(folder, 'renderer');
  mkdirSync(join(page, 'assets'), { recursive: true });
  writeFileSync(join(page, 'index.html'), '<!doctype html>');
  writeFileSync(join(page, 'assets', 'index-1.js'), '');
  writeFileSync(join(page, 'assets', 'index-1.js.map'), '{}');
  writeFileSync(join(folder, 'secret.json'), '{}');
  symlinkSync(join(folder, 'secret.json'), join(page, 'assets', 'link.json'));
  files = listPageFiles(page);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the page and its assets are served with their types', () => {
  expect(findPageFile(files, 'app://guichet/')?.file).toBe(join(folder, 'renderer', 'index.html'));
  expect(findPageFile(files, 'app://guichet/assets/index-1.js')?.type).toBe('text/javascript; charset=utf-8');
  expect(findPageFile(files, 'app://guichet/assets/index-1.js?v=1')?.type).toBe('text/javascript; charset=utf-8');
});

test.each([
  'app://guichet/../secret.json',
  'app://guichet/assets/../../secret.json',
  'app://guichet/%2e%2e/secret.json',
  'app://guichet/..%2fsecret.json',
  'app://guichet/assets/..%5c..%5csecret.json',
  'app://guichet/assets/link.json',
  'app://guichet/assets/index-1.js.map',
  'app://guichet/assets',
  'app://guichet/index.html%00.js',
  'app://guichet//etc/passwd',
  'app://other/index.html',
  'app://guichet.example.org/index.html',
  'file:///etc/passwd',
  'nonsense',
])('%s is not there', (address) => {
  expect(findPageFile(files, address)).toBeUndefined();
});

test('the policy allows nothing that it does not name, no inline script, and no connection', () => {
  const rules = new Map(contentSecurityPolicy.split('; ').map((rule) => [rule.split(' ')[0], rule.split(' ').slice(1).join(' ')]));
  expect(rules.get('default-src')).toBe("'none'");
  expect(rules.get('script-src')).toBe("'self'");
  expect(rules.has('connect-src')).toBe(false);
  expect(contentSecurityPolicy).not.toMatch(/unsafe-eval|https?:|\*/);
});
