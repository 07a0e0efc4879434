/**
 * `npm run replay -- --events FILE --final FILE [--checkpoints FILE] [--consoles N] [--database-url URL]`: plays a service desk's log
 * through a real server while consoles follow, and compares both with what the log says. Ends with 1 on a mismatch.
 */
import { ownNode } from './place.mjs';
import { run } from './run.mjs';
import { setUp } from './setup.mjs';

await setUp();
process.exitCode = await run(ownNode, ['build/replay/main.ts', ...process.argv.slice(2)]);
