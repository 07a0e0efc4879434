/** The programs of a PostgreSQL, from which the tests start a server of their own. Where they cannot be had, those tests are left out. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { installOptional } from './optional-packages.mjs';

/** Debian's place, a folder a version. */
const versions = '/usr/lib/postgresql';

/** The folder of `initdb` and `postgres`, the newest there is; undefined: there is none. */
export function postgresqlPrograms() {
  if (process.platform === 'win32') return undefined;
  const debian = existsSync(versions) ? readdirSync(versions).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [...debian.map((version) => join(versions, version, 'bin')), ...(process.env.PATH ?? '').split(':')];
  return folders.find((folder) => folder !== '' && existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));
}

export function ensurePostgresql() {
  if (!postgresqlPrograms()) installOptional('postgresql');
}

/** Why the tests on PostgreSQL cannot run here; undefined when they can. */
export function whyNoPostgresql() {
  return postgresqlPrograms() ? undefined : 'there is no PostgreSQL here (Debian: apt-get install postgresql)';
}
