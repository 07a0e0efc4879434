/** Builds the console and the portal into out/ when its sources are newer than the last build. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { root } from './place.mjs';
import { run } from './run.mjs';

const configs = ['electron.vite.config.ts', 'portal.vite.config.ts', 'package.json', 'package-lock.json'];
const sources = ['electron', 'renderer', 'portal', 'shared', 'resources', ...configs];
const stamp = join(root, 'out', '.built');

/** Resolves with the exit code of the build, 0 when there was nothing to do. */
export async function buildWhenStale() {
  const built = modified(stamp);
  if (built > 0 && sources.every((source) => newest(join(root, source)) <= built)) return 0;
  return buildApp();
}

export async function buildApp() {
  // Taken before the build: what is saved while it runs makes it stale.
  const from = new Date();
  const quiet = ['--logLevel', 'warn'];
  const code =
    (await run('electron-vite', ['build', ...quiet])) || (await run('vite', ['build', '--config', 'portal.vite.config.ts', ...quiet]));
  if (code === 0) compressPortal();
  if (code === 0) writeFileSync(stamp, `${from.toISOString()}\n`);
  return code;
}

/** A telephone in a corridor loads a third of it; compressed once here instead of at each request. */
function compressPortal() {
  const folder = join(root, 'out', 'portal', 'assets');
  for (const name of readdirSync(folder).filter((one) => /\.(js|css|svg)$/.test(one)))
    writeFileSync(join(folder, `${name}.gz`), gzipSync(readFileSync(join(folder, name)), { level: 9 }));
}

/** Milliseconds since the epoch; folders count too, so that a deleted file is seen. */
function newest(path) {
  const own = modified(path);
  try {
    return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), own);
  } catch {
    return own;
  }
}

function modified(path) {
  try {
    return statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await buildApp();
