/** Loaded before core: kills its process right before the given file operation on a cache file, counted from 1. */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

let left = Number(process.env.DIE_AT_STEP);
function countDown(file: unknown): void {
  if (!String(file).includes('cache.')) return;
  left -= 1;
  if (left === 0) process.kill(process.pid, 'SIGKILL');
}
const { rmSync, renameSync } = fs;
fs.rmSync = (file, options) => {
  countDown(file);
  rmSync(file, options);
};
fs.renameSync = (from, to) => {
  countDown(from);
  renameSync(from, to);
};
syncBuiltinESMExports();
