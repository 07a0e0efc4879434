/**
 * `npm run replay -- [--events FILE] [--final FILE] [--checkpoints FILE] [--consoles N] [--database-url URL]`, under the project's
 * own Node. The log that comes with the project (resources/replay) is played when no other is named. Ends with 0 when everything
 * fits, 1 when something does not or the replay failed, 2 when it cannot begin with what it was given.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { LogError } from './log.ts';
import { type ReplayOptions, replay } from './play.ts';
import { mismatchLine } from './verdict.ts';

const resources = join(import.meta.dirname, '../../resources/replay');
const MOST_CONSOLES = 50;
const Words = z.object({
  events: z.string().min(1).optional(),
  final: z.string().min(1).default(join(resources, 'final.ndjson.gz')),
  checkpoints: z.string().min(1).optional(),
  consoles: z
    .string()
    .regex(/^\d+$/, `must be a number from 1 to ${MOST_CONSOLES}`)
    .transform(Number)
    .refine((number) => number >= 1 && number <= MOST_CONSOLES, `must be a number from 1 to ${MOST_CONSOLES}`)
    .default(2),
  'database-url': z.string().min(1).optional(),
});

const interrupted = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => interrupted.abort());

try {
  process.exitCode = await tell({ ...read(process.argv.slice(2)), say: (line) => console.log(line), signal: interrupted.signal });
} catch (error) {
  process.exitCode = error instanceof LogError ? 2 : 1;
  if (interrupted.signal.aborted) console.error('Interrupted: everything is stopped and removed.');
  else console.error(error instanceof Error ? error.message : String(error));
}

async function tell(options: ReplayOptions): Promise<number> {
  const { tickets, operations, mismatches, shown, operationsPerSecond } = await replay(options);
  for (const mismatch of shown) console.log(mismatchLine(mismatch));
  if (mismatches > shown.length) console.log(`and ${mismatches - shown.length} more`);
  console.log(`tickets ${tickets}, operations ${operations}, mismatches ${mismatches}, operations/s ${operationsPerSecond}`);
  return mismatches === 0 ? 0 : 1;
}

/** Ends the process with one sentence when the words make no sense. */
function read(words: string[]): Pick<ReplayOptions, 'events' | 'final' | 'checkpoints' | 'consoles' | 'databaseUrl'> {
  const text = { type: 'string' } as const;
  try {
    const { values } = parseArgs({
      args: words,
      options: { events: text, final: text, checkpoints: text, consoles: text, 'database-url': text },
    });
    const { events, final, checkpoints, consoles, 'database-url': databaseUrl } = Words.parse(values);
    if (events !== undefined) return { events, final, checkpoints, consoles, databaseUrl };
    const ours = { events: join(resources, 'events.ndjson.gz'), checkpoints: checkpoints ?? join(resources, 'checkpoints.json') };
    return { ...ours, final, consoles, databaseUrl };
  } catch (error) {
    const [issue] = error instanceof z.ZodError ? error.issues : [];
    console.error(issue ? `--${issue.path.join('.')}: ${issue.message}` : (error as Error).message);
    process.exit(2);
  }
}
