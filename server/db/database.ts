/** The database: reading and writing are different handles. Which database it is, is said once, when it is opened. */
import type { Kysely, Transaction } from 'kysely';
import type { TableName } from '#shared/domain/model.ts';
import { postgresStore } from './postgres-store.ts';
import { sqliteStore } from './sqlite-store.ts';
import type { Query, RowsOf, Store, Write } from './store.ts';
import type { PositionTable, Tables } from './tables.ts';
import { writeTransaction } from './write-transaction.ts';

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
  /** Where the feed stood when this transaction began. */
  readonly position: Position;
  /** Server time of this transaction, since it had its locks. */
  readonly now: Date;
  /**
   * Before it reads what it is going to change: nobody else works on what has one of these names, until this transaction ends. All of
   * them at once. (On SQLite nobody else writes anyway.)
   */
  lock(...names: readonly string[]): Promise<void>;
  /** Asks in one go what does not depend on each other's answers: the rows of each query. */
  rowsOf<const Queries extends readonly Query<unknown>[]>(queries: Queries): Promise<RowsOf<Queries>>;
  /** Does writes of different rows, which know nothing of each other, in one go; how many rows each of them changed. */
  together(writes: readonly Write[]): Promise<number[]>;
  /** The same for every ticket there is, and those that would be opened: for what changes how all of them are measured. */
  lockTickets(): Promise<void>;
  /** Adds a row to what the feed will say of this transaction (once a row: the first `before` stays, the last `after` counts). */
  feed(item: FeedItem): void;
  /** The directory changed: copies in memory reload. */
  directoryChanged(): void;
  /** These people's rights changed: their next pull starts over. */
  scopeChanged(personId: string): void;
  /** Written after the counter was taken, together with what the feed tells: outcomes, which carry the seq. */
  afterSeq(writes: (seq: number) => readonly Write[]): void;
}

export interface GuichetDatabase {
  /** Other processes may serve it as well: what has to hold for all of them is kept in it, and not in memory. */
  readonly isShared: boolean;
  read<T>(work: (db: ReadDb) => Promise<T>): Promise<T>;
  /**
   * `work` may be done again from its beginning, when others were quicker: it changes nothing but by `tx`. `names`: locks that it begins
   * with, where they are known before (`WriteTx.lock`).
   */
  write<T>(work: (tx: WriteTx) => Promise<T>, names?: readonly string[]): Promise<T>;
  /** Does a job, unless another process has it in hand (undefined then). */
  alone<T>(name: string, work: () => Promise<T>): Promise<T | undefined>;
  /** Called after commits that moved the feed, also those of other processes. Returns the unsubscriber. */
  onPosition(listener: (position: Position) => void): () => void;
  close(): Promise<void>;
}

export const positionColumns = ['position.epoch', 'position.seq', 'position.tag', 'position.directory_version'] as const;
export async function readPosition(db: ReadDb): Promise<Position> {
  return positionOf(await db.selectFrom('position').select(positionColumns).executeTakeFirstOrThrow());
}
export function positionOf(row: Omit<PositionTable, 'id'>): Position {
  return { epoch: row.epoch, seq: row.seq, tag: row.tag, directoryVersion: row.directory_version };
}

/**
 * Opens the database at the address, or else `guichet.db` in the folder, which are created; migrates it.
 * @throws FutureSchemaError, DatabaseUnavailableError
 */
export async function openDatabase(options: {
  dataDir: string;
  databaseUrl?: string | null;
  clock?: () => Date;
}): Promise<GuichetDatabase> {
  const { dataDir, databaseUrl, clock = () => new Date() } = options;
  return databaseOver(databaseUrl ? await postgresStore(databaseUrl, clock) : await sqliteStore(dataDir, clock), clock);
}

export function databaseOver(store: Store, clock: () => Date): GuichetDatabase {
  const listeners = new Set<(position: Position) => void>();
  let told: Position | undefined;
  function tell(position: Position): void {
    if (told && told.epoch === position.epoch && told.seq >= position.seq) return;
    told = position;
    for (const listener of listeners) listener(position);
  }
  store.onAnnounced(tell);
  return {
    isShared: store.isShared,
    read: (work) => store.read(work),
    write: async (work, names = []) => {
      const { value, moved, rows } = await writeTransaction(store, clock, work, names);
      store.committed(rows);
      if (moved) tell(moved);
      return value;
    },
    alone: (name, work) => store.alone(name, work),
    onPosition: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => store.close(),
  };
}
