/** Runs the project's own tools, with the project's own Node first in PATH. */
import { spawn } from 'node:child_process';
import { hasDisplay, isRoot, ownEnvironment, root } from './place.mjs';

/** Runs to its end with this terminal; resolves with the exit code (128 and more for a signal). */
export function run(command, words, { environment = {}, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, words, { cwd: root, stdio: 'inherit', env: ownEnvironment(environment), ...options });
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(code ?? (signal ? 128 : 1)));
  });
}

/** Makes a display for the command that follows, large enough for the largest window that is tested. */
export const virtualDisplay = ['xvfb-run', '-a', '-s', '-screen 0 1920x1200x24'];

/** The same, in a virtual display where there is none. */
export function runOnDisplay(command, words, options) {
  if (hasDisplay()) return run(command, words, options);
  const [display, ...itsWords] = virtualDisplay;
  return run(display, [...itsWords, command, ...words], options);
}

/** Chromium does not run as root with its sandbox. Only these scripts leave it out, only as root, and say it. */
export function sandboxWords() {
  if (process.platform !== 'linux' || !isRoot) return [];
  console.log('You are root: the console is started with --no-sandbox. For daily work use another user.');
  return ['--no-sandbox'];
}
