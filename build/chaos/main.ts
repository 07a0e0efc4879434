/**
 * `npm run chaos -- [--kills N] [--seed S] [--database-url URL [--servers N]] [--server FILE]`, under the project's own Node. FILE is
 * what runs as the server, a worse one to see that it is caught. Ends with 0 when nothing acknowledged was lost and nothing done twice, 1
 * when something was or too few kills hit work in flight, 2 when it cannot begin with what it was given.
 */
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { type ChaosOptions, type ChaosResult, chaos, isWell } from './chaos.ts';
import type { Finding } from './verdict.ts';

/** A first page of a bootstrap, and a second one. */
const OLD_TICKETS = 260;
const SHOWN = 20;
const whole = (from: number, to: number) => {
  const problem = `must be a number from ${from} to ${to}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, problem)
    .transform(Number)
    .refine((number) => number >= from && number <= to, problem);
};
const Words = z
  .object({
    kills: whole(1, 100_000).default(50),
    seed: whole(0, 999_999_999).default(1),
    'database-url': z.string().min(1).optional(),
    servers: whole(1, 2).default(1),
    server: z.string().min(1).default('server/main.ts'),
  })
  .refine((words) => words.servers === 1 || words['database-url'] !== undefined, {
    path: ['servers'],
    message: 'several servers need one database that all can use: --database-url',
  });
type Asked = Pick<ChaosOptions, 'kills' | 'seed' | 'databaseUrl' | 'servers' | 'serverScript'>;

const interrupted = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => interrupted.abort());

const asked = read(process.argv.slice(2));
try {
  const result = await chaos({ ...asked, oldTickets: OLD_TICKETS, say: (line) => console.log(line), signal: interrupted.signal });
  process.exitCode = tell(result);
} catch (error) {
  process.exitCode = 1;
  if (interrupted.signal.aborted) console.error('Interrupted: everything is stopped and removed.');
  else console.error(error instanceof Error ? error.message : String(error));
}

function tell(result: ChaosResult): number {
  const { kills, inFlight, operations, verdict, folder } = result;
  show('lost', verdict.lost);
  show('twice', verdict.twice);
  show('two holders', verdict.twoHolders);
  show('unequal cache', verdict.unequalCaches);
  if (folder !== null) console.log(`Everything is in ${folder}. Once more: npm run chaos -- ${wordsOf(asked)}`);
  const { lost, twice, twoHolders, unequalCaches } = verdict;
  console.log(
    `kills ${kills}, in flight ${inFlight}, operations ${operations}, lost ${lost.length}, twice ${twice.length}, two holders ${twoHolders.length}, unequal caches ${unequalCaches.length}`,
  );
  return isWell(result, asked.kills) ? 0 : 1;
}

function show(what: string, findings: readonly Finding[]): void {
  for (const finding of findings.slice(0, SHOWN)) console.log(`${what}: ${finding.about}: ${finding.what}`);
  if (findings.length > SHOWN) console.log(`and ${findings.length - SHOWN} more`);
}

function wordsOf({ kills, seed, databaseUrl, servers, serverScript }: Asked): string {
  // The address itself may hold a password.
  const database = databaseUrl === undefined ? '' : ` --database-url URL --servers ${servers}`;
  return `--kills ${kills} --seed ${seed}${database} --server ${serverScript}`;
}

/** Ends the process with one sentence when the words make no sense. */
function read(words: string[]): Asked {
  const text = { type: 'string' } as const;
  try {
    const options = { kills: text, seed: text, 'database-url': text, servers: text, server: text };
    const { kills, seed, servers, server, 'database-url': databaseUrl } = Words.parse(parseArgs({ args: words, options }).values);
    return { kills, seed, servers, databaseUrl, serverScript: server };
  } catch (error) {
    const [issue] = error instanceof z.ZodError ? error.issues : [];
    console.error(issue ? `--${issue.path.join('.')}: ${issue.message}` : (error as Error).message);
    process.exit(2);
  }
}
