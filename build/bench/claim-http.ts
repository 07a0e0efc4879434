/**
 * `claim-http`: a claim over HTTP, one after the other, durable before it is answered. Its limit is a bare HTTP server in a process of
 * its own that stores the same bytes durably with one plain insert and answers the same bytes. With the address of a PostgreSQL the same
 * is measured there (`claim-http-postgresql`), beside a plain insert there.
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { type PushOutcome, PushResponse } from '#shared/contract/api.ts';
import { serverProcess } from '../../tests/e2e/server-process.ts';
import { BENCH_PASSWORD, benchPeople } from './data-set.ts';
import { detail, type Figure, type FigureName, figure, median, percentile } from './figures.ts';
import type { BenchStage, Measurement } from './measurement.ts';
import { type Answer, HttpSession } from './session.ts';

const [me] = benchPeople;
/** Before these nothing is compiled, nothing cached. */
const WARM_UP = 30;

export const claimHttp: Measurement = {
  names: ['claim-http', 'claim-http-postgresql'],
  run: async (stage, wanted) => {
    const isWanted = (name: string) => wanted.length === 0 || wanted.includes(name);
    const figures: Figure[] = [];
    if (isWanted('claim-http')) figures.push(...(await measureOn(stage, 'claim-http', undefined)));
    if (stage.databaseUrl !== null && (isWanted('claim-http') || isWanted('claim-http-postgresql')))
      figures.push(...(await measureOn(stage, 'claim-http-postgresql', stage.databaseUrl)));
    return figures;
  },
};

async function measureOn(stage: BenchStage, name: FigureName, databaseUrl: string | undefined): Promise<Figure[]> {
  const server = await stage.startServer(databaseUrl);
  const session = new HttpSession(server.url);
  await session.signIn(me.id, BENCH_PASSWORD);
  const pool = poolOf(stage);
  const claims: Answer[] = [];
  let sample = { request: '', answer: '' };
  for (let i = 0; i < WARM_UP + stage.samples; i++) {
    const ticketId = pool[i % pool.length] ?? '';
    const body = operation('claim', ticketId, {});
    const answer = await session.post('/v1/operations', body);
    outcomeOf(answer);
    if (i >= WARM_UP) claims.push(answer);
    sample = { request: JSON.stringify(body), answer: answer.text };
    // Into the pool again, so that there is always something to claim.
    const release = operation('release', ticketId, { reason: 'Bench', seenHolderId: me.id });
    outcomeOf(await session.post('/v1/operations', release));
  }
  session.close();
  await server.stop();
  const plain = await plainHttp(stage, sample, databaseUrl);
  const times = claims.map((one) => one.ms);
  return [
    figure(name, percentile(times, 0.95), percentile(plain, 0.95)),
    detail(`${name}-median`, median(times), 'ms', 'higher', median(plain)),
  ];
}

function operation(name: string, ticketId: string, input: Record<string, unknown>) {
  const now = new Date().toISOString();
  return { operations: [{ id: randomUUID(), name, ticketId, input, madeAt: now, occurredAt: now, offline: false, after: [] }] };
}

function outcomeOf(answer: Answer): PushOutcome {
  const [outcome] = answer.status === 200 ? PushResponse.parse(JSON.parse(answer.text)).outcomes : [];
  if (outcome?.status !== 'applied') throw new Error(`not applied: ${answer.status} ${answer.text.slice(0, 500)}`);
  return outcome;
}

/** Tickets that nobody holds, oldest opening last. */
function poolOf(stage: BenchStage): string[] {
  const db = new Database(stage.dataSet.file, { readonly: true });
  const sql = `SELECT id FROM ticket WHERE phase = 'open' AND json_extract(doc, '$.holderId') IS NULL ORDER BY opened_at DESC`;
  const ids = db.prepare<[], string>(sql).pluck().all();
  db.close();
  if (ids.length === 0) throw new Error('The desk has an empty pool.');
  return ids as string[];
}

/** The same number of requests to the bare server, ms each. */
async function plainHttp(
  stage: BenchStage,
  sample: { request: string; answer: string },
  databaseUrl: string | undefined,
): Promise<number[]> {
  const where = databaseUrl === undefined ? { DATA_DIR: join(stage.folder, 'plain-http') } : { PLAIN_DATABASE_URL: databaseUrl };
  const env = { ...where, ANSWER: sample.answer };
  const server = await serverProcess('build/bench/plain-http-server.ts', env);
  const session = new HttpSession(server.url);
  const times: number[] = [];
  for (let i = 0; i < WARM_UP + stage.samples; i++) {
    const { ms } = await session.post('/', JSON.parse(sample.request));
    if (i >= WARM_UP) times.push(ms);
  }
  session.close();
  await server.stop();
  return times;
}
