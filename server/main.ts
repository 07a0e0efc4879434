/** `npm run server`: the server alone, until it is told to stop. */
import { checkRuntime } from './runtime-guard.ts';

const problem = checkRuntime();
if (problem !== undefined) {
  console.error(problem);
  process.exit(1);
}
// Only now: loading the database's addon on an older Node crashes the process.
const { runServer } = await import('./run.ts');
process.exitCode = await runServer(process.env);
