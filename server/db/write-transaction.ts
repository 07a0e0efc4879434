/**
 * A transaction that writes. When it changed rows it takes the next value of the feed's counter as its last statement; after it come
 * only feed rows and outcomes. So the order of the feed is the order of commits, on any database that locks the counter's row.
 */
import { randomUUID } from 'node:crypto';
import type { Transaction } from 'kysely';
import { type FeedItem, type Position, positionColumns, positionOf, readPosition, type WriteTx } from './database.ts';
import { OvertakenError, type Store, type Write } from './store.ts';
import type { Tables } from './tables.ts';

const ROWS_PER_INSERT = 100;

/** What a transaction has to say once its rows are written. */
interface Told {
  items: Map<string, FeedItem>;
  scopes: Set<string>;
  outcomes: ((seq: number) => readonly Write[])[];
  directoryStep: 0 | 1;
}

/** `moved`: the position that it took; undefined: it changed nothing that the feed tells. `rows`: of the feed. */
export interface Written<T> {
  value: T;
  moved: Position | undefined;
  rows: number;
}

/** `names`: locks that it takes at once. */
export function writeTransaction<T>(
  store: Store,
  clock: () => Date,
  work: (tx: WriteTx) => Promise<T>,
  names: readonly string[],
): Promise<Written<T>> {
  return store.write(async (raw) => {
    const told: Told = { items: new Map(), scopes: new Set(), outcomes: [], directoryStep: 0 };
    const before = await store.begin(raw, names);
    const tx = handle(store, raw, clock, before, names, told);
    const value = await work(tx);
    if (told.items.size === 0) {
      if (told.outcomes.length > 0) {
        const { seq } = await readPosition(raw);
        await store.together(
          raw,
          told.outcomes.flatMap((writes) => writes(seq)),
        );
      }
      return { value, moved: undefined, rows: 0 };
    }
    const moved = await takePosition(store, raw, told.directoryStep);
    // Who may do what, and the people and teams that this was judged by, may have changed since it began.
    if (before.directoryVersion !== moved.directoryVersion - told.directoryStep) throw new OvertakenError();
    const scopes = [...told.scopes].map((personId) =>
      raw
        .insertInto('person_scope')
        .values({ person_id: personId, seq: moved.seq })
        .onConflict((conflict) => conflict.column('person_id').doUpdateSet({ seq: moved.seq })),
    );
    const outcomes = told.outcomes.flatMap((writes) => writes(moved.seq));
    await store.together(raw, [...feedRows(raw, [...told.items.values()], moved, tx.now.toISOString()), ...scopes, ...outcomes]);
    return { value, moved, rows: told.items.size };
  });
}

/** Waits for whoever has taken it before and not committed yet. */
async function takePosition(store: Store, raw: Transaction<Tables>, directoryStep: 0 | 1): Promise<Position> {
  const { announcing } = store;
  const taking = raw
    .updateTable('position')
    .set((e) => ({
      seq: e('seq', '+', 1),
      tag: randomUUID().slice(0, 8),
      directory_version: e('directory_version', '+', directoryStep),
    }))
    .returning(positionColumns);
  return positionOf(await (announcing ? taking.returning(announcing.as('announced')) : taking).executeTakeFirstOrThrow());
}

function feedRows(raw: Transaction<Tables>, items: readonly FeedItem[], { seq, tag }: Position, at: string): Write[] {
  const inserts: Write[] = [];
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
    inserts.push(raw.insertInto('feed').values(rows));
  }
  return inserts;
}

function handle(
  store: Store,
  raw: Transaction<Tables>,
  clock: () => Date,
  position: Position,
  names: readonly string[],
  told: Told,
): WriteTx {
  let now = clock();
  const held = new Set(names);
  return {
    position,
    selectFrom: raw.selectFrom.bind(raw) as WriteTx['selectFrom'],
    fn: raw.fn,
    insertInto: raw.insertInto.bind(raw) as unknown as WriteTx['insertInto'],
    updateTable: raw.updateTable.bind(raw) as unknown as WriteTx['updateTable'],
    deleteFrom: raw.deleteFrom.bind(raw) as unknown as WriteTx['deleteFrom'],
    get now() {
      return now;
    },
    lock: async (...wanted) => {
      const missing = wanted.filter((name) => !held.has(name));
      if (missing.length === 0) return;
      await store.lock(raw, missing);
      for (const name of missing) held.add(name);
      // What others did while this one waited is the past.
      now = clock();
    },
    rowsOf: (queries) => store.rowsOf(raw, queries),
    together: (writes) => store.together(raw, writes),
    lockTickets: async () => {
      await store.lockTickets(raw);
      now = clock();
    },
    feed: (item) => {
      const key = `${item.table}\t${item.rowId}`;
      const known = told.items.get(key);
      told.items.set(key, known ? { ...item, teamBefore: known.teamBefore, peopleBefore: known.peopleBefore } : item);
    },
    directoryChanged: () => {
      told.directoryStep = 1;
    },
    scopeChanged: (personId) => told.scopes.add(personId),
    afterSeq: (writes) => told.outcomes.push(writes),
  };
}
