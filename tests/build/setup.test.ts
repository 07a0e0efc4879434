import { expect, test } from 'vitest';
import { matches } from '../../build/setup/packages.mjs';
import { missingOf, namesFor, renamed } from '../../build/setup/system-packages.mjs';

const lock = {
  packages: {
    '': { version: '0.1.0' },
    'node_modules/a': { version: '1.0.0' },
    'node_modules/b': { version: '2.0.0', optional: true },
  },
};

test('packages that npm installed by hand need no second installation', () => {
  expect(matches(lock, { packages: { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '2.0.0' } } })).toBe(true);
  expect(matches(lock, { packages: { 'node_modules/a': { version: '1.0.0' } } })).toBe(true);
});

test.each([
  ['one is missing', { 'node_modules/b': { version: '2.0.0' } }],
  ['one has another version', { 'node_modules/a': { version: '1.0.1' } }],
  ['one is too many', { 'node_modules/a': { version: '1.0.0' }, 'node_modules/c': { version: '1.0.0' } }],
])('%s: the packages are installed anew', (_case, packages) => {
  expect(matches(lock, { packages })).toBe(false);
});

test.each([
  ['Debian 12', 'ID=debian\nVERSION_ID="12"\n', false],
  ['Debian 13', 'ID=debian\nVERSION_ID="13"\n', true],
  ['Debian testing, which has no number', 'ID=debian\n', true],
  ['Ubuntu 22.04', 'ID=ubuntu\nVERSION_ID="22.04"\n', false],
  ['Ubuntu 24.04', 'ID=ubuntu\nVERSION_ID="24.04"\n', true],
])('%s: the names of the libraries', (_name, osRelease, isRenamed) => {
  expect(renamed(osRelease)).toBe(isRenamed);
});

test('only what is missing under every name is installed, under the name of the release', () => {
  const wanted = [['libgtk-3-0', 'libgtk-3-0t64'], ['libnss3'], ['libasound2', 'libasound2t64']];
  const missing = missingOf(wanted, new Set(['libgtk-3-0t64']));
  expect(namesFor(missing, true)).toEqual(['libnss3', 'libasound2t64']);
  expect(namesFor(missing, false)).toEqual(['libnss3', 'libasound2']);
});
