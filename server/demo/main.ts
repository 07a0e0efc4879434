/** `node server/demo/main.ts [FOLDER]`: the server with the demo desk, made once in its data folder and kept there. */
import { checkRuntime } from '../runtime-guard.ts';

const problem = checkRuntime();
if (problem !== undefined) {
  console.error(problem);
  process.exit(1);
}
// Only now: loading the database's addon on an older Node crashes the process.
const { runDemo } = await import('./run-demo.ts');
process.exitCode = await runDemo(process.env, process.argv[2]);
