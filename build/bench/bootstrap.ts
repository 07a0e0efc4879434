/**
 * `bootstrap`: a fresh console (headless core, a process of its own) takes in everything from a real server, search index included, in
 * rows a second. The limit is the same rows and the same index by plain inserts into the same tables.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';
import { BENCH_PASSWORD, benchPeople } from './data-set.ts';
import { detail, figure } from './figures.ts';
import type { Measurement } from './measurement.ts';
import { plainInserts } from './plain-inserts.ts';

const Told = z.object({ ms: z.number(), firstRowsMs: z.number(), seq: z.number() });

export const bootstrapMeasurement: Measurement = {
  names: ['bootstrap', 'bootstrap-over-raw'],
  run: async (stage) => {
    const server = await stage.startServer();
    const profile = join(stage.folder, 'bootstrapped');
    const words = ['build/bench/follow-once.ts', '--profile', profile, '--server', server.url, '--login', benchPeople[0].id];
    const said = execFileSync(process.execPath, words, { encoding: 'utf8', env: { ...process.env, GUICHET_PASSWORD: BENCH_PASSWORD } });
    await server.stop();
    const { ms, firstRowsMs } = Told.parse(JSON.parse(said));
    const raw = plainInserts(join(profile, 'core', 'cache.db'), join(stage.folder, 'plain-cache.db'));
    const perSecond = raw.rows / (ms / 1000);
    const rawPerSecond = raw.rows / (raw.ms / 1000);
    return [
      figure('bootstrap', perSecond, rawPerSecond),
      figure('bootstrap-over-raw', ms / raw.ms, null),
      detail('bootstrap-whole', ms / 1000, 's', 'higher', raw.ms / 1000),
      detail('bootstrap-first-page', firstRowsMs, 'ms'),
    ];
  },
};
