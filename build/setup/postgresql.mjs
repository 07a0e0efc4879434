/** The programs of a PostgreSQL, from which the tests start a server of their own. Where they cannot be had, those tests are left out. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isRoot, onPath } from '../place.mjs';
import { say } from './say.mjs';

/** Debian's place, a folder a version. */
const versions = '/usr/lib/postgresql';

/** The folder of `initdb` and `postgres`, the newest there is; undefined: there is none. */
export function postgresqlPrograms() {
  if (process.platform === 'win32') return undefined;
  const debian = existsSync(versions) ? readdirSync(versions).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [...debian.map((version) => join(versions, version, 'bin')), ...(process.env.PATH ?? '').split(':')];
  return folders.find((folder) => folder !== '' && existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));
}

/** Installs Debian's package where that needs nobody's password. A machine without it goes on without those tests. */
export function ensurePostgresql() {
  if (postgresqlPrograms() || !isRoot || !onPath('apt-get')) return;
  say('installing system packages: postgresql');
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const words of [['update'], ['install', '-y', '--no-install-recommends', 'postgresql']]) {
    const done = spawnSync('apt-get', ['-q', ...words], { stdio: ['ignore', 'ignore', 'inherit'], env: environment });
    if (done.status !== 0) return;
  }
}

/** Why the tests on PostgreSQL cannot run here; undefined when they can. */
export function whyNoPostgresql() {
  return postgresqlPrograms() ? undefined : 'there is no PostgreSQL here (Debian: apt-get install postgresql)';
}
