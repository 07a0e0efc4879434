/**
 * What differs between the databases: how one is opened, what a transaction is, how other processes are reached. What the feed
 * rests on is above it, once, in `write-transaction.ts`.
 */
import type { OperationNodeSource, RawBuilder, Transaction } from 'kysely';
import type { Position } from './database.ts';
import type { Tables } from './tables.ts';

/** An insert or an update, made and not executed yet. */
export interface Write extends OperationNodeSource {
  execute(): Promise<readonly { numUpdatedRows?: bigint; numInsertedOrUpdatedRows?: bigint | undefined }[]>;
}

/** A query, made and not executed yet. */
export interface Query<Row> extends OperationNodeSource {
  execute(): Promise<Row[]>;
}
export type RowsOf<Queries extends readonly Query<unknown>[]> = {
  -readonly [Index in keyof Queries]: Queries[Index] extends Query<infer Row> ? Row[] : never;
};

export interface Store {
  /** Other processes may serve the same database. */
  readonly isShared: boolean;
  /** One consistent state, in which nothing can be written. */
  read<T>(work: (raw: Transaction<Tables>) => Promise<T>): Promise<T>;
  /** One transaction. Where it lost against another one, `work` is done again, with nothing left of the first time. */
  write<T>(work: (raw: Transaction<Tables>) => Promise<T>): Promise<T>;
  /** Waits until no other transaction holds one of these names; they are held to the end of this one. */
  lock(raw: Transaction<Tables>, names: readonly string[]): Promise<void>;
  /** The first thing in a transaction that writes: holds these names, and tells the position as it was before it waited for them. */
  begin(raw: Transaction<Tables>, names: readonly string[]): Promise<Position>;
  /** Queries that know nothing of each other: the rows of each. */
  rowsOf<const Queries extends readonly Query<unknown>[]>(raw: Transaction<Tables>, queries: Queries): Promise<RowsOf<Queries>>;
  /** Writes of different rows, which know nothing of each other; how many rows each of them changed. */
  together(raw: Transaction<Tables>, writes: readonly Write[]): Promise<number[]>;
  /** Asked of the counter's row by whoever takes it: the other processes hear of it when that is committed. Undefined: there are none. */
  readonly announcing: RawBuilder<unknown> | undefined;
  /** Waits for whoever is changing a ticket; then nobody else does, to the end of this transaction. */
  lockTickets(raw: Transaction<Tables>): Promise<void>;
  /** Positions that were announced, one's own among them, and perhaps several times. */
  onAnnounced(listener: (position: Position) => void): void;
  /** After a commit with so many rows of the feed. */
  committed(rows: number): void;
  /** Does the work, unless another process has some under the same name in hand (undefined then). */
  alone<T>(name: string, work: () => Promise<T>): Promise<T | undefined>;
  close(): Promise<void>;
}

/** Thrown in a transaction that has to be done again: what it was judged by has changed. */
export class OvertakenError extends Error {}

/** The database cannot be reached, or not any more: the same request may succeed later. */
export class DatabaseUnavailableError extends Error {
  constructor(where: string, cause: unknown) {
    super(`The database ${where} cannot be reached: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.name = 'DatabaseUnavailableError';
  }
}
