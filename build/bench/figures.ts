/** What a bench finds: figures with a fixed name, each beside its budget and beside the physical limit of the same run. */
import { writeFileSync } from 'node:fs';

export interface Figure {
  name: string;
  value: number;
  unit: string;
  /** Which direction is worse. */
  worse: 'higher' | 'lower';
  /** DESIGN section 11; null: told for the explanation of another figure. */
  budget: number | null;
  /** The same work without the product, in the same unit: plain inserts, plain HTTP, an empty window; null: there is none. */
  limit: number | null;
}

/** Budgets by name, as DESIGN section 11 has them. */
const budgets = {
  'key-to-paint': { budget: 50, unit: 'ms', worse: 'higher' },
  'claim-optimistic': { budget: 30, unit: 'ms', worse: 'higher' },
  search: { budget: 50, unit: 'ms', worse: 'higher' },
  'first-pool': { budget: 2000, unit: 'ms', worse: 'higher' },
  bootstrap: { budget: 20_000, unit: 'rows/s', worse: 'lower' },
  'bootstrap-over-raw': { budget: 2, unit: '×', worse: 'higher' },
  'apply-1000': { budget: 250, unit: 'ms', worse: 'higher' },
  blocked: { budget: 50, unit: 'ms', worse: 'higher' },
  'cold-start': { budget: 1500, unit: 'ms', worse: 'higher' },
  'cold-start-over-empty': { budget: 1.3, unit: '×', worse: 'higher' },
  'seen-elsewhere': { budget: 300, unit: 'ms', worse: 'higher' },
  'claim-http': { budget: 10, unit: 'ms', worse: 'higher' },
  deadlines: { budget: 1000, unit: 'ms', worse: 'higher' },
  tick: { budget: 0, unit: 'rows', worse: 'higher' },
  'claim-http-postgresql': { budget: 10, unit: 'ms', worse: 'higher' },
} as const satisfies Record<string, Pick<Figure, 'budget' | 'unit' | 'worse'>>;
export type FigureName = keyof typeof budgets;
/** Those that need a database of PostgreSQL to be named. */
export const onPostgresql: readonly FigureName[] = ['claim-http-postgresql'];
export const figureNames = (Object.keys(budgets) as FigureName[]).filter((name) => !onPostgresql.includes(name));

export function figure(name: FigureName, value: number, limit: number | null): Figure {
  return { name, value, limit, ...budgets[name] };
}
/** Told beside the others, without a budget of its own. */
export function detail(name: string, value: number, unit: string, worse: Figure['worse'] = 'higher', limit: number | null = null): Figure {
  return { name, value, unit, worse, budget: null, limit };
}

export function isOver({ value, budget, worse }: Figure): boolean {
  return budget !== null && (worse === 'higher' ? value > budget : value < budget);
}

/** The value that this part of the samples does not exceed (nearest rank). @throws Error without samples */
export function percentile(samples: readonly number[], part: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)];
  if (value === undefined) throw new Error('No samples.');
  return value;
}
export const median = (samples: readonly number[]) => percentile(samples, 0.5);

/** Three significant digits, whole from a hundred on: a bench knows no more. */
export function rounded(value: number): string {
  if (value >= 100) return String(Math.round(value));
  return Number(value.toPrecision(3)).toString();
}

export function table(figures: readonly Figure[]): string {
  const head = ['name', 'value', 'unit', 'budget', 'limit', ''];
  const rows = figures.map((one) => {
    const sign = one.worse === 'higher' ? '≤' : '≥';
    const budget = one.budget === null ? '' : `${sign} ${rounded(one.budget)}`;
    const verdict = one.budget === null ? '' : isOver(one) ? 'OVER' : 'ok';
    return [one.name, rounded(one.value), one.unit, budget, one.limit === null ? '' : rounded(one.limit), verdict];
  });
  const lines = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const numeric = new Set([1, 3, 4]);
  return lines
    .map((line) =>
      line
        .map((cell, c) => (numeric.has(c) ? cell.padStart(widths[c] ?? 0) : cell.padEnd(widths[c] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

export function writeJson(file: string, figures: readonly Figure[]): void {
  writeFileSync(file, `${JSON.stringify({ figures }, null, 2)}\n`);
}
