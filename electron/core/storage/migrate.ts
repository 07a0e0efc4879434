/** Brings outbox.db to this program's version, one frozen file a step; a file from a newer program is refused, never touched. */
import { CoreError } from '../failure.ts';
import { operations } from './migrations/0001-operations.ts';
import { call } from './migrations/0002-call.ts';
import { rejections } from './migrations/0003-rejections.ts';
import { files } from './migrations/0004-files.ts';
import { alerts } from './migrations/0005-alerts.ts';
import type { Sqlite } from './sqlite.ts';

export const migrations: readonly { version: number; sql: string }[] = [operations, call, rejections, files, alerts];
export const OUTBOX_VERSION = migrations.length;

/** Each step is a transaction of its own. `upTo`: for tests of a step with rows in. */
export function migrate(db: Sqlite, upTo: number = OUTBOX_VERSION): void {
  const found = Number(db.pragma('user_version', { simple: true }));
  if (found > OUTBOX_VERSION) {
    throw new CoreError(
      'newer_files',
      `outbox.db was written by a newer Guichet (version ${found}, this one knows ${OUTBOX_VERSION}); update Guichet, nothing was changed`,
    );
  }
  for (const step of migrations) {
    if (step.version <= found || step.version > upTo) continue;
    db.transaction(() => {
      db.exec(step.sql);
      db.pragma(`user_version = ${step.version}`);
    }).immediate();
  }
}
