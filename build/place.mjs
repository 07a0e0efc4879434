/** Where things are, for the scripts in this folder. Plain Node, no packages: it runs before they are installed. */
import { existsSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
export const bin = join(root, 'node_modules', '.bin');

/** The project's own Node (24), whatever the machine has. */
export const ownNode = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** The environment for everything after the setup: the project's own tools, and its Node, come first. */
export function ownEnvironment(more = {}) {
  const path = process.env.PATH ?? '';
  return { ...process.env, PATH: path.startsWith(bin + delimiter) ? path : bin + delimiter + path, ...more };
}

export const isRoot = process.getuid?.() === 0;

export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

export function onPath(command) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => folder !== '' && existsSync(join(folder, command)));
}
