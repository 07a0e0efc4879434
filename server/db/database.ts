/**
 * The database: reading and writing are different handles. A write is one transaction which, when it changed rows, takes the
 * next value of the feed's counter as its last statement; after it come only feed rows and outcomes. So the order of the feed
 * is the order of commits, on any dialect that locks the counter's row.
 */
import { randomUUID } from 'node:crypto';
import { chmodSync, closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { Kysely, Transaction } from 'kysely';
import type { TableName } from '#shared/domain/model.ts';
import { checkpoints } from './checkpoints.ts';
import { openSqliteReader, openSqliteWriter } from './dialect-sqlite.ts';
import { migrate } from './migrate.ts';
import type { Tables } from './tables.ts';

/** Sees one consistent state and cannot write. */
export type ReadDb = Pick<Kysely<Tables>, 'selectFrom' | 'fn'>;

export interface Position {
  epoch: string;
  seq: number;
  tag: string;
  directoryVersion: number;
}

/** A row that changed: what the feed tells of it. `people` see it without a role (requester, beneficiary). */
export interface FeedItem {
  table: TableName;
  rowId: string;
  ticketId: string | null;
  teamBefore: string | null;
  teamAfter: string | null;
  peopleBefore: readonly string[] | null;
  peopleAfter: readonly string[] | null;
}

/** The audit log is only appended to, the counter only moved by `write`. */
type Changeable = Omit<Tables, 'audit' | 'position'>;
export interface WriteTx extends ReadDb {
  insertInto: Transaction<Omit<Tables, 'position'>>['insertInto'];
  updateTable: Transaction<Changeable>['updateTable'];
  deleteFrom: Transaction<Changeable>['deleteFrom'];
  /** Server time of this transaction. */
  readonly now: Date;
  /** Adds a row to what the feed will say of this transaction (once a row: the first `before` stays, the last `after` counts). */
  feed(item: FeedItem): void;
  /** The directory changed: copies in memory reload. */
  directoryChanged(): void;
  /** These people's rights changed: their next pull starts over. */
  scopeChanged(personId: string): void;
  /** Runs after the counter was taken: outcomes, which carry the seq. */
  afterSeq(insert: (seq: number) => Promise<void>): void;
}

export interface GuichetDatabase {
  read<T>(work: (db: ReadDb) => Promise<T>): Promise<T>;
  write<T>(work: (tx: WriteTx) => Promise<T>): Promise<T>;
  /** Called after each commit that moved the feed. Returns the unsubscriber. */
  onPosition(listener: (position: Position) => void): () => void;
  close(): Promise<void>;
}

export async function readPosition(db: ReadDb): Promise<Position> {
  const row = await db.selectFrom('position').selectAll().executeTakeFirstOrThrow();
  return { epoch: row.epoch, seq: row.seq, tag: row.tag, directoryVersion: row.directory_version };
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

const ROWS_PER_INSERT = 500;

async function insertFeed(raw: Transaction<Tables>, items: readonly FeedItem[], seq: number, tag: string, at: string): Promise<void> {
  for (let start = 0; start < items.length; start += ROWS_PER_INSERT) {
    const rows = items.slice(start, start + ROWS_PER_INSERT).map((item, index) => ({
      seq,
      n: start + index,
      tag,
      table_name: item.table,
      row_id: item.rowId,
      ticket_id: item.ticketId,
      team_before: item.teamBefore,
      team_after: item.teamAfter,
      people_before: item.peopleBefore && JSON.stringify(item.peopleBefore),
      people_after: item.peopleAfter && JSON.stringify(item.peopleAfter),
      at,
    }));
    await raw.insertInto('feed').values(rows).execute();
  }
}

/** Also in a folder that others may enter. SQLite gives its side files the mode of the database. */
function ownerOnly(file: string): void {
  closeSync(openSync(file, 'a', 0o600));
  for (const one of [file, `${file}-wal`, `${file}-shm`]) if (existsSync(one)) chmodSync(one, 0o600);
}

/** Where the database of a data folder is. */
export function databaseFile(dataDir: string): string {
  return join(dataDir, 'guichet.db');
}

/** Opens `guichet.db` in the folder, creating both, and migrates it. @throws FutureSchemaError */
export async function openDatabase(options: { dataDir: string; clock?: () => Date }): Promise<GuichetDatabase> {
  const clock = options.clock ?? (() => new Date());
  mkdirSync(options.dataDir, { recursive: true, mode: 0o700 });
  const file = databaseFile(options.dataDir);
  ownerOnly(file);
  const writer = openSqliteWriter(file);
  try {
    await migrate(writer, clock);
    await writer
      .insertInto('position')
      .values({ id: 1, epoch: randomUUID(), seq: 0, tag: '0', directory_version: 0 })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  } catch (error) {
    await writer.destroy();
    throw error;
  }
  const reader = openSqliteReader(file);
  const log = checkpoints(file);
  const listeners = new Set<(position: Position) => void>();
  const oneRead = queue();
  const oneWrite = queue();

  async function transact<T>(work: (tx: WriteTx) => Promise<T>): Promise<T> {
    let moved: Position | undefined;
    let rows = 0;
    const value = await writer.transaction().execute(async (raw) => {
      const items = new Map<string, FeedItem>();
      const scopes = new Set<string>();
      const outcomes: ((seq: number) => Promise<void>)[] = [];
      let directoryStep = 0;
      const now = clock();
      const free = raw as unknown as Transaction<Omit<Tables, 'position'>>;
      const changeable = raw as unknown as Transaction<Changeable>;
      const tx: WriteTx = {
        selectFrom: raw.selectFrom.bind(raw) as WriteTx['selectFrom'],
        fn: raw.fn,
        insertInto: free.insertInto.bind(free) as WriteTx['insertInto'],
        updateTable: changeable.updateTable.bind(changeable) as WriteTx['updateTable'],
        deleteFrom: changeable.deleteFrom.bind(changeable) as WriteTx['deleteFrom'],
        now,
        feed: (item) => {
          const key = `${item.table}\t${item.rowId}`;
          const known = items.get(key);
          items.set(key, known ? { ...item, teamBefore: known.teamBefore, peopleBefore: known.peopleBefore } : item);
        },
        directoryChanged: () => {
          directoryStep = 1;
        },
        scopeChanged: (personId) => scopes.add(personId),
        afterSeq: (insert) => outcomes.push(insert),
      };
      const result = await work(tx);
      if (items.size === 0) {
        if (outcomes.length > 0) {
          const { seq } = await readPosition(raw);
          for (const insert of outcomes) await insert(seq);
        }
        return result;
      }
      rows = items.size;
      const tag = randomUUID().slice(0, 8);
      const row = await raw
        .updateTable('position')
        .set((e) => ({
          seq: e('seq', '+', 1),
          tag,
          directory_version: e('directory_version', '+', directoryStep),
        }))
        .returningAll()
        .executeTakeFirstOrThrow();
      await insertFeed(raw, [...items.values()], row.seq, tag, now.toISOString());
      for (const personId of scopes) {
        await raw
          .insertInto('person_scope')
          .values({ person_id: personId, seq: row.seq })
          .onConflict((conflict) => conflict.column('person_id').doUpdateSet({ seq: row.seq }))
          .execute();
      }
      for (const insert of outcomes) await insert(row.seq);
      moved = { epoch: row.epoch, seq: row.seq, tag, directoryVersion: row.directory_version };
      return result;
    });
    log.committed(rows);
    if (moved) for (const listener of listeners) listener(moved);
    return value;
  }

  return {
    read: (work) => oneRead(() => reader.transaction().execute((raw) => work(raw))),
    write: (work) => oneWrite(() => transact(work)),
    onPosition: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      await oneRead(async () => reader.destroy());
      await log.stop();
      // Last: it can put the rest of the log into the database, and remove it.
      await oneWrite(async () => writer.destroy());
    },
  };
}
