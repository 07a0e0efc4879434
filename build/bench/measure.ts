/** Runs the measurements that were asked for, one after the other, on one stage. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ServerProcess, serverProcess } from '../../tests/e2e/server-process.ts';
import { appMeasurement } from './app/app-measurement.ts';
import { applyMeasurement } from './apply.ts';
import { bootstrapMeasurement } from './bootstrap.ts';
import { claimHttp } from './claim-http.ts';
import { dataSet } from './data-set.ts';
import { deadlines } from './deadlines.ts';
import type { Figure } from './figures.ts';
import type { BenchStage, Measurement } from './measurement.ts';

/** Kept between runs, and out of the repository. */
const KEPT = join(import.meta.dirname, '..', '..', 'data', 'bench');
const measurements: readonly Measurement[] = [deadlines, claimHttp, bootstrapMeasurement, applyMeasurement, appMeasurement];

export interface BenchOptions {
  /** Empty: all. */
  names: readonly string[];
  tickets: number;
  samples: number;
  databaseUrl: string | null;
  say(line: string): void;
}

export async function measure({ names, tickets, samples, databaseUrl, say }: BenchOptions): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-bench-'));
  const servers: ServerProcess[] = [];
  try {
    const desk = await dataSet(KEPT, tickets, say);
    const stage: BenchStage = {
      folder,
      dataSet: desk,
      samples,
      databaseUrl,
      say,
      startServer: async (url) => {
        const dataDir = join(folder, `server-${servers.length}`);
        if (url === undefined) desk.copyTo(dataDir);
        else await desk.putInto(url, dataDir);
        const environment = { DATA_DIR: dataDir, ALLOW_IMPORT: '1', ...(url !== undefined && { DATABASE_URL: url }) };
        const server = await serverProcess('server/main.ts', environment);
        servers.push(server);
        return server;
      },
    };
    const wanted = measurements.filter((one) => names.length === 0 || one.names.some((name) => names.includes(name)));
    const figures: Figure[] = [];
    for (const one of wanted) {
      const from = performance.now();
      figures.push(...(await one.run(stage, names)));
      say(`${one.names.join(', ')}: ${((performance.now() - from) / 1000).toFixed(1)} s`);
    }
    return figures;
  } finally {
    for (const server of servers) await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
