/** The ledger, a process of its own that nobody kills: each line is on the disk before it is confirmed. */
import { fsyncSync, openSync, writeSync } from 'node:fs';
import type { FromLedger, ToLedger } from './ledger-line.ts';

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('the ledger needs a file');
const ledger = openSync(file, 'ax', 0o600);

// Interrupted, it goes when the one that it serves has gone.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => process.exit(0));
process.on('message', ({ number, line }: ToLedger) => {
  writeSync(ledger, `${JSON.stringify(line)}\n`);
  fsyncSync(ledger);
  process.send?.({ number } satisfies FromLedger);
});
