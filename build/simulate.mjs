/**
 * `npm run simulate -- [--seeds N] [--from S] [--trace] [--shrink]`: desks with seven consoles and everything that can go wrong, in one
 * process and in no time. Ends with 1 when a seed fails.
 */
import { ownNode } from './place.mjs';
import { run } from './run.mjs';
import { setUp } from './setup.mjs';

await setUp();
process.exitCode = await run(ownNode, ['tests/simulation/main.ts', ...process.argv.slice(2)]);
