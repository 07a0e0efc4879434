/**
 * `npm run tour`: a working day in the real console, told step by step, each step checked, with pictures in tour/. Ends with 1
 * when a step does not hold. Where there is no display it plays in a virtual one.
 */
import { buildWhenStale } from './app.mjs';
import { isRoot, ownNode } from './place.mjs';
import { runOnDisplay } from './run.mjs';
import { setUp } from './setup.mjs';

await setUp();
const built = await buildWhenStale();
if (isRoot) console.log('You are root: the console is started with --no-sandbox. For daily work use another user.');
process.exitCode = built === 0 ? await runOnDisplay(ownNode, ['build/tour/play.ts']) : built;
