/**
 * Keeps a list still while somebody reads it. New tickets wait, the order stays, rows that left stay in place under the pointer;
 * what is written in the rows is always fresh.
 */
import type { ListRow } from '#shared/contract/core.ts';

/** `none`: show everything as it comes. `scrolled`: nothing may move above. `pointer`: nothing may move at all. */
export type Hold = 'none' | 'scrolled' | 'pointer';

export interface Answer {
  /** What was asked, without the window: another question starts over. */
  question: string;
  offset: number;
  total: number;
  rows: readonly ListRow[];
}

export interface Shown extends Answer {
  /** Lines that the list has now; `live` is what the answer counted. */
  live: number;
  /** Tickets that came and are held back. */
  waiting: number;
  /** Rows that left the list and are still drawn. */
  gone: ReadonlySet<string>;
}

const nothingGone: ReadonlySet<string> = new Set();

/** The same object when nothing changed in it, so that its row is not drawn again. */
function keepSame(before: readonly ListRow[], rows: readonly ListRow[]): readonly ListRow[] {
  const old = new Map(before.map((row) => [row.id, row]));
  return rows.map((row) => {
    const same = old.get(row.id);
    return same && JSON.stringify(same) === JSON.stringify(row) ? same : row;
  });
}

function straight(before: Shown | undefined, now: Answer): Shown {
  return { ...now, rows: keepSame(before?.rows ?? [], now.rows), live: now.total, waiting: 0, gone: nothingGone };
}

/** What to draw after an answer, given what is drawn and how still it must be. */
export function settle(before: Shown | undefined, now: Answer, hold: Hold): Shown {
  const mayFlow =
    !before || hold === 'none' || before.question !== now.question || before.offset !== now.offset || before.rows.length === 0;
  if (mayFlow) return straight(before, now);

  const known = new Set(before.rows.map((row) => row.id));
  const incoming = new Map(keepSame(before.rows, now.rows).map((row) => [row.id, row]));
  const lastKnown = now.rows.findLastIndex((row) => known.has(row.id));
  // At the end nothing moves by coming; elsewhere it waits.
  const appended = now.rows.slice(lastKnown + 1).flatMap((row) => incoming.get(row.id) ?? []);
  const waiting = now.rows.slice(0, lastKnown + 1).filter((row) => !known.has(row.id)).length;
  // A full window loses as many rows at its end as came in: they did not leave the list.
  const cutAt = now.offset + now.rows.length < now.total ? before.rows.length - waiting : Number.POSITIVE_INFINITY;

  const gone = new Set<string>();
  const rows = before.rows.flatMap((row, index) => {
    const fresh = incoming.get(row.id);
    if (fresh) return [fresh];
    if (index >= cutAt) return [row];
    if (hold !== 'pointer') return [];
    gone.add(row.id);
    return [row];
  });
  const full = now.offset + now.rows.length < now.total;
  return {
    ...now,
    rows: full ? rows : [...rows, ...appended],
    total: now.total - waiting + gone.size,
    live: now.total,
    waiting,
    gone,
  };
}
