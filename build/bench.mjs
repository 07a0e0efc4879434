/**
 * `npm run bench -- [NAME…] [--json FILE]`: measures every budget, each beside the physical limit taken in the same run. Where there
 * is no display it uses a virtual one.
 */
import { buildWhenStale } from './app.mjs';
import { isRoot, ownNode } from './place.mjs';
import { runOnDisplay } from './run.mjs';
import { setUp } from './setup.mjs';

await setUp();
const built = await buildWhenStale();
if (isRoot) console.log('You are root: the console is started with --no-sandbox. For daily work use another user.');
process.exitCode = built === 0 ? await runOnDisplay(ownNode, ['build/bench/main.ts', ...process.argv.slice(2)]) : built;
