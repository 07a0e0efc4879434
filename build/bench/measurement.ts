/** One bench: which figures it brings, and how. */
import type { ServerProcess } from '../../tests/e2e/server-process.ts';
import type { DataSet } from './data-set.ts';
import type { Figure } from './figures.ts';

/** What every measurement works with. */
export interface BenchStage {
  /** Of this run, removed at its end. */
  folder: string;
  dataSet: DataSet;
  /** How many times something is done whose percentile is told; small in a test of the instrument. */
  samples: number;
  /** Of PostgreSQL, empty, and for this run alone; null: nothing is measured there. */
  databaseUrl: string | null;
  /** A real server process over a fresh copy of the data set, in SQLite or at the address; stopped at the end of the run unless it was before. */
  startServer(databaseUrl?: string): Promise<ServerProcess>;
  /** A line for whoever watches. */
  say(line: string): void;
}

export interface Measurement {
  /** Names that select it on the command line. */
  names: readonly string[];
  /** `wanted`: those that were asked for; empty: all. */
  run(stage: BenchStage, wanted: readonly string[]): Promise<Figure[]>;
}
