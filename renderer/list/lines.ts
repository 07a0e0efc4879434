/** A list as lines of known height: rows, headings, and rows that are not loaded yet. */
import type { ListRow } from '#shared/contract/core.ts';

export type Line =
  | { type: 'row'; row: ListRow; gone: boolean }
  | { type: 'heading'; key: string; label: string; count: number | null }
  | { type: 'unloaded' };

export interface Lines {
  count: number;
  /** Only a list that is loaded whole is in groups. */
  hasHeadings: boolean;
  at(index: number): Line;
  /** The line of a ticket, or -1 when it is not in the list or not loaded. */
  indexOf(ticketId: string): number;
}

/** Lines of a windowed list: `offset` is the place of the first row that is loaded. */
export function windowedLines(rows: readonly ListRow[], offset: number, total: number, gone: ReadonlySet<string>): Lines {
  return {
    count: total,
    hasHeadings: false,
    at: (index) => {
      const row = rows[index - offset];
      return row ? { type: 'row', row, gone: gone.has(row.id) } : { type: 'unloaded' };
    },
    indexOf: (ticketId) => {
      const index = rows.findIndex((row) => row.id === ticketId);
      return index < 0 ? -1 : index + offset;
    },
  };
}

/** Lines in groups, each under its heading; for lists that are loaded whole. Empty groups are left out. */
export function groupedLines(
  groups: readonly { key: string; label: string; rows: readonly ListRow[] }[],
  gone: ReadonlySet<string>,
  counted: boolean,
): Lines {
  const lines: Line[] = groups
    .filter(({ rows }) => rows.length > 0)
    .flatMap(({ key, label, rows }): Line[] => [
      { type: 'heading', key, label, count: counted ? rows.length : null },
      ...rows.map((row): Line => ({ type: 'row', row, gone: gone.has(row.id) })),
    ]);
  return {
    count: lines.length,
    hasHeadings: true,
    at: (index) => lines[index] ?? { type: 'unloaded' },
    indexOf: (ticketId) => lines.findIndex((line) => line.type === 'row' && line.row.id === ticketId),
  };
}

/** The next line that is a row, from `index` in a direction (1 or -1), itself included; -1 when there is none. */
export function nearestRow(lines: Lines, index: number, direction: 1 | -1): number {
  for (let at = index; at >= 0 && at < lines.count; at += direction) if (lines.at(at).type !== 'heading') return at;
  return -1;
}

/** Where headings stand, as one text that changes when they move. */
export function headingsOf(lines: Lines): string {
  return lines.hasHeadings
    ? Array.from({ length: lines.count }, (_, index) => (lines.at(index).type === 'heading' ? index : '')).join()
    : '';
}
