/** The programs of a Dovecot, from which the tests start a mailbox of their own. Where they cannot be had, those tests are left out. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { installOptional } from './optional-packages.mjs';

/** Debian's place; it is on the path of administrators only. */
const folders = ['/usr/sbin', '/usr/local/sbin', ...(process.env.PATH ?? '').split(':')];
/** Where its IMAP is, which is a package of its own. */
const imap = ['/usr/lib/dovecot/imap', '/usr/libexec/dovecot/imap', '/usr/local/libexec/dovecot/imap'];

/** The program `dovecot`; undefined: there is none, or none that speaks IMAP. */
export function dovecotProgram() {
  if (process.platform === 'win32' || !imap.some((file) => existsSync(file))) return undefined;
  return folders.map((folder) => join(folder, 'dovecot')).find((file) => existsSync(file));
}

export function ensureDovecot() {
  if (!dovecotProgram()) installOptional('dovecot-imapd');
}

/** Why the tests on a mailbox cannot run here; undefined when they can. */
export function whyNoDovecot() {
  const program = dovecotProgram();
  if (program === undefined) return 'there is no Dovecot here (Debian: apt-get install dovecot-imapd)';
  const version = spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout?.trim() ?? '';
  // Its settings are written otherwise from 2.4 on.
  return version.startsWith('2.3.')
    ? undefined
    : `this Dovecot is ${version || 'of an unknown version'}, and the tests are written for 2.3`;
}
