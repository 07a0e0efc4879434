/** What the player asks the checker, what the checker answers, and how it is asked: a process for each check. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { z } from 'zod';

export const CheckTask = z.strictObject({
  /** The file of final states. */
  final: z.string(),
  /** Null: at the end. */
  at: z.strictObject({ file: z.string(), instant: z.string() }).nullable(),
  server: z.string(),
  /** Who sees every ticket. */
  login: z.string(),
  /** Everybody's. */
  password: z.string(),
  consoles: z.array(
    z.strictObject({
      number: z.number().int(),
      login: z.string(),
      /** Null: every team. */
      teams: z.array(z.string()).nullable(),
      cacheFile: z.string(),
    }),
  ),
});
export type CheckTask = z.infer<typeof CheckTask>;

const Mismatch = z.strictObject({
  /** A checkpoint's instant, "end", or "import". */
  when: z.string(),
  /** "server" or "console 2". */
  where: z.string(),
  ticket: z.string().nullable(),
  field: z.string(),
  expected: z.unknown(),
  found: z.unknown(),
});
export type Mismatch = z.infer<typeof Mismatch>;

const Check = z.strictObject({ mismatches: z.number().int(), shown: z.array(Mismatch) });
export type Check = z.infer<typeof Check>;

const SHOWN = 20;
/** The first few: enough to find the cause, short enough to be read. */
export function shownMismatches(mismatches: readonly Mismatch[]): Mismatch[] {
  return mismatches.slice(0, SHOWN);
}

const CHECKER = join(import.meta.dirname, 'check.ts');

/** @throws Error when the checker could not come to a verdict, or was told to stop */
export async function askChecker(task: CheckTask, signal: AbortSignal): Promise<Check> {
  // The password goes through the input: arguments are for everybody to see.
  const child = spawn(process.execPath, [CHECKER], { stdio: ['pipe', 'pipe', 'inherit'], signal });
  const ended = once(child, 'close');
  child.stdin.end(JSON.stringify(task));
  const [answer, [code]] = await Promise.all([text(child.stdout), ended]);
  if (code !== 0) throw new Error(`The checker ended with ${code} and without a verdict.`);
  return Check.parse(JSON.parse(answer));
}

export function mismatchLine({ when, where, ticket, field, expected, found }: Mismatch): string {
  const value = (one: unknown) => JSON.stringify(one) ?? 'nothing';
  return `${when}: ${ticket ?? 'no single ticket'}, ${where}: ${field}: expected ${value(expected)}, found ${value(found)}`;
}
