/** SQLite in the data folder: one process, one writer, one reader. */
import { chmodSync, closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { checkpoints } from './checkpoints.ts';
import { readPosition } from './database.ts';
import { openSqliteReader, openSqliteWriter } from './dialect-sqlite.ts';
import { prepareSchema } from './migrate.ts';
import type { Query, RowsOf, Store } from './store.ts';

/** Where the database of a data folder is. */
export function databaseFile(dataDir: string): string {
  return join(dataDir, 'guichet.db');
}

/** One at a time, in the order of the calls. */
function queue(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work, work);
    last = mine.catch(() => undefined);
    return mine;
  };
}

/** Also in a folder that others may enter. SQLite gives its side files the mode of the database. */
function ownerOnly(file: string): void {
  closeSync(openSync(file, 'a', 0o600));
  for (const one of [file, `${file}-wal`, `${file}-shm`]) if (existsSync(one)) chmodSync(one, 0o600);
}

/** Opens `guichet.db` in the folder, creating both, and migrates it. @throws FutureSchemaError */
export async function sqliteStore(dataDir: string, clock: () => Date): Promise<Store> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = databaseFile(dataDir);
  ownerOnly(file);
  const writer = openSqliteWriter(file);
  try {
    await prepareSchema(writer, clock);
  } catch (error) {
    await writer.destroy();
    throw error;
  }
  const reader = openSqliteReader(file);
  const log = checkpoints(file);
  const oneRead = queue();
  const oneWrite = queue();
  return {
    isShared: false,
    read: (work) => oneRead(() => reader.transaction().execute(work)),
    write: (work) => oneWrite(() => writer.transaction().execute(work)),
    // Whoever writes has the whole database, and there is nobody else.
    lock: async () => undefined,
    begin: (raw) => readPosition(raw),
    rowsOf: async <const Queries extends readonly Query<unknown>[]>(_raw: unknown, queries: Queries) => {
      const rows: unknown[][] = [];
      for (const query of queries) rows.push(await query.execute());
      return rows as RowsOf<Queries>;
    },
    together: async (_raw, writes) => {
      const changed: number[] = [];
      for (const write of writes) {
        const [result] = await write.execute();
        changed.push(Number(result?.numUpdatedRows ?? result?.numInsertedOrUpdatedRows ?? 0));
      }
      return changed;
    },
    announcing: undefined,
    lockTickets: async () => undefined,
    onAnnounced: () => undefined,
    committed: (rows) => log.committed(rows),
    alone: (_name, work) => work(),
    close: async () => {
      await oneRead(async () => reader.destroy());
      await log.stop();
      // Last: it can put the rest of the log into the database, and remove it.
      await oneWrite(async () => writer.destroy());
    },
  };
}
