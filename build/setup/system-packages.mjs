/** The system libraries that Electron needs on Linux, and a virtual display where there is none. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasDisplay, isRoot, onPath, root } from '../place.mjs';
import { Stop, say } from './say.mjs';

/** Debian's names; several names for one library where newer releases renamed it. */
const libraries = [
  ['libgtk-3-0', 'libgtk-3-0t64'],
  ['libnss3'],
  ['libasound2', 'libasound2t64'],
  ['libgbm1'],
  ['libnotify4'],
  ['libsecret-1-0'],
  ['xdg-utils'],
  ['dbus'],
];
const virtualDisplay = [['xvfb'], ['xauth']];

export function ensureSystemPackages() {
  if (process.platform !== 'linux') return;
  const wanted = hasDisplay() ? libraries : [...libraries, ...virtualDisplay];
  if (onPath('dpkg-query')) ensureOnDebian(wanted);
  else ensureElsewhere();
}

function ensureOnDebian(wanted) {
  const missing = missingOf(wanted, installedNow(wanted.flat()));
  if (missing.length === 0) return;
  const names = namesFor(missing, renamed(read('/etc/os-release')));
  const command = `apt-get install -y --no-install-recommends ${names.join(' ')}`;
  if (!isRoot) throw new Stop(`System packages are missing. Type this, then try again:\n\n  sudo apt-get update && sudo ${command}`);
  say(`installing system packages: ${names.join(' ')}`);
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const words of [['update', '-q'], command.split(' ').slice(1)]) {
    const done = spawnSync('apt-get', ['-q', ...words], { stdio: ['ignore', 'ignore', 'inherit'], env: environment });
    if (done.status !== 0) throw new Stop(`apt-get ${words.join(' ')} failed (see above).`);
  }
  const still = missingOf(wanted, installedNow(wanted.flat()));
  if (still.length > 0) throw new Stop(`These system packages could not be installed: ${still.map((names) => names[0]).join(' ')}`);
}

/** Those of `wanted` of which no name is installed. */
export function missingOf(wanted, installed) {
  return wanted.filter((names) => !names.some((name) => installed.has(name)));
}

/** The name of each library on this release. */
export function namesFor(missing, isRenamed) {
  return missing.map((names) => (isRenamed && names[1] !== undefined ? names[1] : names[0]));
}

/** True for the releases that renamed libraries for 64-bit time: Debian 13, Ubuntu 24.04, and what comes after. */
export function renamed(osRelease) {
  const field = (name) => osRelease.match(new RegExp(`^${name}="?([^"\n]*)`, 'm'))?.[1];
  const version = Number.parseFloat(field('VERSION_ID') ?? 'Infinity');
  return version >= (field('ID') === 'ubuntu' ? 24.04 : 13);
}

function installedNow(names) {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own format
  const told = spawnSync('dpkg-query', ['-W', '-f', '${db:Status-Status} ${Package}\n', ...names], { encoding: 'utf8' });
  const lines = told.stdout.split('\n').filter((line) => line.startsWith('installed '));
  return new Set(lines.map((line) => line.slice('installed '.length)));
}

/** Other distributions: look for the display's tool and, once a runtime is there, for libraries that it does not find. */
function ensureElsewhere() {
  const dnf = 'sudo dnf install gtk3 nss alsa-lib mesa-libgbm libnotify libsecret xdg-utils dbus xorg-x11-server-Xvfb xauth';
  const binary = join(root, 'node_modules', 'electron', 'dist', 'electron');
  const lacking = existsSync(binary)
    ? (spawnSync('ldd', [binary], { encoding: 'utf8' }).stdout ?? '').match(/\S+(?= => not found)/g)
    : null;
  if (lacking !== null) throw new Stop(`Electron does not find these libraries: ${lacking.join(', ')}. On Fedora:\n\n  ${dnf}`);
  if (!hasDisplay() && !onPath('xvfb-run'))
    throw new Stop(`There is no display, and no xvfb-run to make a virtual one. On Fedora:\n\n  ${dnf}`);
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
