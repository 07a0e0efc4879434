/** Debian's packages of programs that some tests need and the product does not. */
import { spawnSync } from 'node:child_process';
import { isRoot, onPath } from '../place.mjs';
import { say } from './say.mjs';

/** Installs them where that needs nobody's password. A machine without them goes on without those tests. */
export function installOptional(...packages) {
  if (!isRoot || !onPath('apt-get')) return;
  say(`installing system packages: ${packages.join(' ')}`);
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const words of [['update'], ['install', '-y', '--no-install-recommends', ...packages]]) {
    const done = spawnSync('apt-get', ['-q', ...words], { stdio: ['ignore', 'ignore', 'inherit'], env: environment });
    if (done.status !== 0) return;
  }
}
