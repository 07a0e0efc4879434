/** The profile's folder of core: two SQLite files, readable by their owner only. */
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

export interface ProfileFiles {
  folder: string;
  cache: string;
  outbox: string;
}

/** Makes the folder with mode 0700; a folder that was there is narrowed to it. */
export function profileFiles(folder: string): ProfileFiles {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  return { folder, cache: join(folder, 'cache.db'), outbox: join(folder, 'outbox.db') };
}
