/** A damaged file is never deleted at once: it is kept aside, with what belongs to it. */
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** The database first: a log that is left alone does no harm. */
const PARTS = ['', '-wal', '-shm'] as const;

/** Where the file lies now. */
export function setAside(file: string): string {
  const aside = `${file}.damaged-${new Date().toISOString().replace(/[:.]/g, '')}`;
  for (const part of PARTS) if (existsSync(file + part)) renameSync(file + part, aside + part);
  return aside;
}

/** Deletes what was set aside of this file before: of what the server has too, the last one is enough. */
export function dropAside(file: string): void {
  const folder = dirname(file);
  for (const name of readdirSync(folder)) if (name.startsWith(`${basename(file)}.damaged-`)) rmSync(join(folder, name), { force: true });
}
