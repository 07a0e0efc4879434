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
  /** A real server process over a fresh copy of the data set; stopped at the end of the run unless it was before. */
  startServer(): Promise<ServerProcess>;
  /** A line for whoever watches. */
  say(line: string): void;
}

export interface Measurement {
  /** Names that select it on the command line. */
  names: readonly string[];
  /** `wanted`: those that were asked for; empty: all. */
  run(stage: BenchStage, wanted: readonly string[]): Promise<Figure[]>;
}
