/**
 * `seen-elsewhere`: a colleague claims, notes and releases a ticket over HTTP; from the moment the request leaves to the frame in which
 * the console shows it. Its limit is the same request until it is answered and a bare event stream has told of it, with no console there.
 */
import Database from 'better-sqlite3';
import { Colleague } from '../../../tests/e2e/colleague.ts';
import type { ServerProcess } from '../../../tests/e2e/server-process.ts';
import { type Say, textsOf } from '../../../tests/e2e/texts.ts';
import { BENCH_PASSWORD, benchPeople } from '../data-set.ts';
import { detail, type Figure, figure, median, percentile } from '../figures.ts';
import type { BenchStage } from '../measurement.ts';
import type { DeskWindow } from './desk-window.ts';
import { actToPaint } from './gauge.ts';
import { PositionStream } from './position-stream.ts';

const [, second] = benchPeople;
const say = textsOf('fr');
/** Before these nothing is compiled, nothing cached. */
const WARM_UP = 6;

interface Act {
  name: 'claim' | 'note' | 'release';
  input: Record<string, unknown>;
  /** What the pane then says, in the head or in the timeline. */
  shows: { where: string; text: string };
}

/** One after the other, round and round, on one ticket of the pool. */
function acts(text: string, words: Say): readonly Act[] {
  const head = 'main header > div';
  return [
    { name: 'claim', input: {}, shows: { where: head, text: second.name } },
    { name: 'note', input: { text, visibility: 'internal' }, shows: { where: 'main ol', text } },
    { name: 'release', input: { reason: 'Mesure', seenHolderId: second.id }, shows: { where: head, text: words('ticket:head.inPool') } },
  ];
}

/** Runs in the page. */
function isShown({ where, text }: Act['shows']): boolean {
  return document.querySelector(where)?.textContent?.includes(text) ?? false;
}

/** The feed's position with the operation in it. */
async function operate(colleague: Colleague, ticketId: string, { name, input }: Act): Promise<number> {
  const outcome = await colleague.operate(name, ticketId, input);
  if (outcome.status !== 'applied') throw new Error(`${name} of a colleague: ${JSON.stringify(outcome)}`);
  return outcome.seq;
}

/** Calls `once` for each operation of whole rounds, so that the ticket ends in the pool; the first ones are not counted. */
async function rounds(stage: BenchStage, label: string, once: (act: Act) => Promise<number>): Promise<number[]> {
  const samples: number[] = [];
  for (let round = 0; samples.length < WARM_UP + stage.samples; round++)
    for (const act of acts(`Vu ailleurs : ${label}, ${round}.`, say)) samples.push(await once(act));
  return samples.slice(WARM_UP);
}

/** Of the raw server: nobody else listens. */
export async function plainPokes(stage: BenchStage, server: ServerProcess): Promise<number[]> {
  const colleague = await Colleague.signIn(server.url, second.id, BENCH_PASSWORD);
  const stream = await PositionStream.open(server.url, second.id, BENCH_PASSWORD);
  const ticketId = ticketWhere(stage, "json_extract(doc, '$.holderId') IS NULL AND phase = 'open'");
  const samples = await rounds(stage, 'sans console', async (act) => {
    const from = Date.now();
    await stream.reached(await operate(colleague, ticketId, act));
    return Date.now() - from;
  });
  stream.close();
  return samples;
}

export async function measureSeenElsewhere(
  stage: BenchStage,
  window: DeskWindow,
  server: ServerProcess,
  plain: readonly number[],
): Promise<Figure[]> {
  const colleague = await Colleague.signIn(server.url, second.id, BENCH_PASSWORD);
  await window.show('pool');
  const ticketId = ticketWhere(stage, "json_extract(doc, '$.number') = ?", await window.number());
  const samples = await rounds(stage, 'sur la console', async (act) => {
    let from = 0;
    const { at } = await actToPaint(
      window.page,
      () => {
        from = Date.now();
        return operate(colleague, ticketId, act);
      },
      isShown,
      act.shows,
    );
    return at - from;
  });
  return [
    figure('seen-elsewhere', percentile(samples, 0.95), percentile(plain, 0.95)),
    detail('seen-elsewhere-median', median(samples), 'ms', 'higher', median(plain)),
  ];
}

/** The id of the newest one. */
function ticketWhere(stage: BenchStage, condition: string, ...values: string[]): string {
  const db = new Database(stage.dataSet.file, { readonly: true });
  const id = db
    .prepare<string[], string>(`SELECT id FROM ticket WHERE ${condition} ORDER BY opened_at DESC LIMIT 1`)
    .pluck()
    .get(...values);
  db.close();
  if (id === undefined) throw new Error(`the desk has no ticket where ${condition}`);
  return id as string;
}
