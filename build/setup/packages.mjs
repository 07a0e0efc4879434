/** The npm packages, exactly as package-lock.json names them. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownNode, root } from '../place.mjs';
import { Stop, say } from './say.mjs';

const stampFile = join(root, 'node_modules', '.guichet-lock');

export function ensurePackages() {
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const hash = createHash('sha256').update(lock).digest('hex');
  const installed = read(join(root, 'node_modules', '.package-lock.json'));
  if (read(stampFile) !== hash || installed === undefined) {
    // Somebody may have run npm by hand: npm's own record tells whether everything is there.
    if (installed === undefined || !matches(JSON.parse(lock), JSON.parse(installed))) install();
    writeFileSync(stampFile, hash);
  }
  // The package `node` fetches its binary in an install script, which is the only one the project needs.
  if (!existsSync(ownNode)) npm(['rebuild', 'node'], 'the project’s own Node');
  if (!existsSync(ownNode)) throw new Stop('The package "node" did not install its binary. Try: rm -rf node_modules, then again.');
}

/**
 * True when every package of the lockfile is installed in its version, and no other. Both arguments are parsed lockfiles;
 * packages that npm may leave out (optional, for another platform) may lack.
 */
export function matches(lock, installed) {
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (path === '') continue;
    const found = installed.packages[path];
    if (found === undefined ? !entry.optional && !entry.peer : found.version !== entry.version) return false;
  }
  return Object.keys(installed.packages).every((path) => path in lock.packages);
}

function install() {
  // Scripts are left out: npm 10 knows no allowScripts and would try to compile better-sqlite3, which brings its binaries.
  npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund'], 'the packages of package-lock.json (about 30 s)');
}

function npm(words, what) {
  say(`installing ${what}: npm ${words.join(' ')}`);
  const from = Date.now();
  const done = spawnSync('npm', [...words, '--loglevel=error'], { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  if (done.status !== 0)
    throw new Stop(`npm ${words.join(' ')} failed (see above). Is the npm registry in reach? Try it by hand in ${root}.`);
  say(`installed in ${Math.round((Date.now() - from) / 1000)} s`);
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
