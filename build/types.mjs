/** Checks the types of every folder, each under its own rules; as many at a time as there are processors. */
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { ownEnvironment, root } from './place.mjs';

const waiting = ['shared', 'server', 'renderer', 'portal', 'electron/main', 'electron/preload', 'electron/core', 'build', 'tests'];
let failed = 0;

function check(folder) {
  return new Promise((resolve, reject) => {
    const child = spawn('tsc', ['-p', folder, '--pretty', 'false'], {
      cwd: root,
      env: ownEnvironment(),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let told = '';
    child.stdout.on('data', (data) => {
      told += data;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${folder}${told ? `\n${told}` : ''}`);
      if (code !== 0) failed++;
      resolve();
    });
  });
}

async function checkWaiting() {
  for (let folder = waiting.shift(); folder !== undefined; folder = waiting.shift()) await check(folder);
}
await Promise.all(Array.from({ length: availableParallelism() }, checkWaiting));
process.exitCode = failed === 0 ? 0 : 1;
