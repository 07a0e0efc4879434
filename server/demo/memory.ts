/** What the demo desk remembers in its data folder: since when it lives, up to when it has lived, and its importer's password. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Instant } from '#shared/domain/model.ts';

const Memory = z.strictObject({
  /** Tickets opened after this instant belong to the desk. */
  from: Instant,
  /** Of the tickets that somebody held when the desk began, the part that belongs to it. */
  heldPart: z.number(),
  /** Everything up to this instant is imported; null: nothing yet. */
  until: Instant.nullable(),
  /** The first import goes up to here, also when it had to be started again. */
  begunAt: Instant,
  /** Times that the desk slept through: no ticket was opened then. */
  asleep: z.array(z.strictObject({ from: Instant, to: Instant })),
});
export type Memory = z.infer<typeof Memory>;

const memoryFile = (dataDir: string) => join(dataDir, 'demo.json');
const passwordFile = (dataDir: string) => join(dataDir, 'demo-importer.key');

/** @throws ZodError on a file that this version did not write */
export function readMemory(dataDir: string): Memory | undefined {
  const file = memoryFile(dataDir);
  return existsSync(file) ? Memory.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
}
export function writeMemory(dataDir: string, memory: Memory): void {
  const file = memoryFile(dataDir);
  // Written beside and renamed: a kill leaves the old one or the new one.
  writeFileSync(`${file}.new`, `${JSON.stringify(memory, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** Random, made once, readable by the server's user only. */
export function importerPassword(dataDir: string): string {
  const file = passwordFile(dataDir);
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600 });
  }
  return readFileSync(file, 'utf8').trim();
}
