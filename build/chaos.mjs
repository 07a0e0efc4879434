/**
 * `npm run chaos -- --kills N --seed S [--database-url URL [--servers N]]`: people work while consoles and servers are killed and the
 * network cuts and stalls; then everything heals, and what was acknowledged is looked for. Ends with 1 when something is not as it must be.
 */
import { ownNode } from './place.mjs';
import { run } from './run.mjs';
import { setUp } from './setup.mjs';

await setUp();
process.exitCode = await run(ownNode, ['build/chaos/main.ts', ...process.argv.slice(2)]);
