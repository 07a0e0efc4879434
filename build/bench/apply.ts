/**
 * `apply-1000`: a console that has the whole desk takes in 1000 changed rows (500 tickets, a note each): from the page as it came over
 * the line to rows, lists and search index on the disk, and every screen told. The limit is the same writes by plain statements.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';
import { BENCH_PASSWORD, benchPeople } from './data-set.ts';
import { detail, figure, median } from './figures.ts';
import type { Measurement } from './measurement.ts';

const Told = z.object({ applied: z.array(z.number()).min(1), plain: z.array(z.number()).min(1) });
const ROUNDS = 7;

export const applyMeasurement: Measurement = {
  names: ['apply-1000'],
  run: async (stage) => {
    const server = await stage.startServer();
    const profile = join(stage.folder, 'applied');
    const words = ['--profile', profile, '--server', server.url, '--login', benchPeople[0].id];
    const env = { ...process.env, GUICHET_PASSWORD: BENCH_PASSWORD };
    execFileSync(process.execPath, ['build/bench/follow-once.ts', ...words], { env, stdio: ['ignore', 'ignore', 'inherit'] });
    const rounds = String(Math.min(ROUNDS, stage.samples));
    const said = execFileSync(process.execPath, ['build/bench/apply-rounds.ts', ...words, '--rounds', rounds], { encoding: 'utf8', env });
    await server.stop();
    const { applied, plain } = Told.parse(JSON.parse(said));
    return [
      figure('apply-1000', median(applied), median(plain)),
      detail('apply-1000-worst', Math.max(...applied), 'ms', 'higher', Math.max(...plain)),
    ];
  },
};
