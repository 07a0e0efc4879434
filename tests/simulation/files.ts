/** Folders in memory where the system has such: a kill is not a power cut, nothing here waits for a disk. */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const memory = '/dev/shm';

export function newFolder(): string {
  return mkdtempSync(join(existsSync(memory) ? memory : tmpdir(), 'guichet-simulation-'));
}

/** As a kill leaves it: the file and its log as they are now. What SQLite keeps in shared memory ends with the process. */
export function copyDatabase(from: string, to: string, name: string): void {
  mkdirSync(to, { recursive: true });
  // The file before its log: what a checkpoint moves meanwhile is in both.
  for (const file of [name, `${name}-wal`]) if (existsSync(join(from, file))) copyFileSync(join(from, file), join(to, file));
}
