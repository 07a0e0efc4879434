/**
 * Sees to what the project needs on this machine, and says what it does: packages, the Electron runtime, system libraries.
 * Plain Node 20, no packages. Quick when nothing is missing. `npm start` and `npm test` begin with it.
 */
import { fileURLToPath } from 'node:url';
import { ensureElectron } from './setup/electron-runtime.mjs';
import { ensurePackages } from './setup/packages.mjs';
import { Stop, say } from './setup/say.mjs';
import { ensureSystemPackages } from './setup/system-packages.mjs';

/** Returns when everything is there; otherwise says what to do and ends the process with 1. */
export async function setUp() {
  const from = Date.now();
  try {
    const major = Number(process.versions.node.split('.')[0]);
    if (major < 20) throw new Stop(`Node ${process.versions.node} is too old: Node 20 or newer is needed (https://nodejs.org).`);
    ensurePackages();
    ensureSystemPackages();
    const runtime = await ensureElectron();
    say(`ready: Electron ${runtime.version} (${runtime.kind}), ${((Date.now() - from) / 1000).toFixed(1)} s`);
    return runtime;
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    console.error(`\n${error.message}\n`);
    process.exit(1);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await setUp();
