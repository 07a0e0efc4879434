/**
 * `tick`: rows that the one clock of the window makes React render again, in a pool of more than 10,000 rows with running countdowns in
 * sight; none may be. Beside it what was rendered, the countdowns, with the texts that changed as their limit; and the longest tick, from
 * its timer to the frame with the new texts, with the longest tick in which nothing but one plain text was to be drawn.
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { PushResponse } from '#shared/contract/api.ts';
import type { Ticket } from '#shared/domain/model.ts';
import type { ServerProcess } from '../../../tests/e2e/server-process.ts';
import { BENCH_PASSWORD, benchPeople } from '../data-set.ts';
import { detail, type Figure, figure } from '../figures.ts';
import type { BenchStage } from '../measurement.ts';
import { HttpSession } from '../session.ts';
import { type DeskWindow, profileFolder } from './desk-window.ts';
import { until } from './gauge.ts';
import { countRenders } from './render-count.ts';
import { type Beat, holdWindowClock } from './window-clock.ts';

const [, second] = benchPeople;
const ROWS = 10_000;
const AT_ONCE = 50;
const MINUTE_MS = 60_000;
/** Before the deadline of the tickets in sight, so that they are near it, and then late. */
const BEFORE_MS = 30 * MINUTE_MS;
const WARM_UP = 5;
const ARRIVAL_MS = 5 * 60_000;

export async function measureTick(stage: BenchStage, window: DeskWindow, server: ServerProcess, profile: string): Promise<Figure[]> {
  const { page } = window;
  await window.hasEverything();
  const opened = await fillPool(stage, server);
  await window.console.show('pool');
  await until(page, poolHas, opened, ARRIVAL_MS);
  // Before the page's own scripts: React looks for a debugger's hook once, when it starts.
  await page.addInitScript(countRenders);
  await page.addInitScript(holdWindowClock);
  await page.reload();
  await window.hasEverything();
  await window.show('pool');
  // What is due last: what was opened just now.
  await window.console.list.press('End');
  await until(page, endIsShown, null);
  const due = latestDue(join(profileFolder(stage, profile), 'core', 'cache.db'));
  await page.evaluate((instant) => globalThis.windowClock?.setTo(instant), due - BEFORE_MS);
  const beat = (forward: number) => page.evaluate(beatAndCount, forward);
  for (let i = 0; i < Math.min(WARM_UP, stage.samples); i++) await beat(MINUTE_MS);
  const ticks: Ticked[] = [];
  const empty: Ticked[] = [];
  for (let i = 0; i < stage.samples; i++) {
    ticks.push(await beat(MINUTE_MS));
    empty.push(await beat(0));
  }
  const sum = (of: (one: Ticked) => number, list = ticks) => list.reduce((all, one) => all + of(one), 0);
  if (ticks.some(({ changed }) => changed === 0)) throw new Error('a minute went by and no countdown in sight changed');
  return [
    figure('tick', sum(({ rows }) => rows) + sum(({ rows }) => rows, empty), null),
    detail(
      'tick-countdowns',
      sum(({ countdowns }) => countdowns),
      'texts',
      'higher',
      sum(({ changed }) => changed),
    ),
    detail('tick-longest', Math.max(...ticks.map(({ ms }) => ms)), 'ms', 'higher', Math.max(...empty.map(({ ms }) => ms))),
    detail('tick-list', await window.rows(), 'rows', 'lower'),
  ];
}

interface Ticked extends Beat {
  rows: number;
  countdowns: number;
}

/** Runs in the page. */
async function beatAndCount(forward: number): Promise<Ticked> {
  const { windowClock, takeRenders } = globalThis;
  if (!windowClock || !takeRenders) throw new Error('the page was loaded without its gauges');
  takeRenders();
  const told = await windowClock.beat(forward);
  return { ...told, ...takeRenders() };
}
/** Runs in the page. */
function poolHas(count: number): boolean {
  return Number(document.querySelector('[role=listbox] [role=option]')?.getAttribute('aria-setsize')) >= count;
}
/** Runs in the page. */
function endIsShown(): boolean {
  const last = [...document.querySelectorAll('[role=listbox] [role=option]')].at(-1);
  return last?.ariaPosInSet === last?.ariaSetSize && document.querySelector('[role=listbox] [data-skeleton]') === null;
}

/** A colleague opens as many tickets as are to be in the list; gives their number back. */
async function fillPool(stage: BenchStage, server: ServerProcess): Promise<number> {
  const count = Math.min(ROWS, stage.samples * AT_ONCE);
  const input = openingLikeThose(stage.dataSet.file);
  const session = new HttpSession(server.url);
  await session.signIn(second.id, BENCH_PASSWORD);
  for (let made = 0; made < count; made += AT_ONCE) {
    const at = new Date().toISOString();
    const operations = Array.from({ length: Math.min(AT_ONCE, count - made) }, () => ({
      id: randomUUID(),
      name: 'open',
      ticketId: randomUUID(),
      input,
      madeAt: at,
      occurredAt: at,
      offline: false,
      after: [],
    }));
    const answer = await session.post('/v1/operations', { operations });
    const outcomes = answer.status === 200 ? PushResponse.parse(JSON.parse(answer.text)).outcomes : [];
    if (outcomes.length === 0 || outcomes.some((one) => one.status !== 'applied')) throw new Error(answer.text.slice(0, 500));
  }
  session.close();
  return count;
}

/** As the newest ticket of the pool was opened. */
function openingLikeThose(file: string): Record<string, unknown> {
  const db = new Database(file, { readonly: true });
  const sql = `SELECT doc FROM ticket WHERE phase = 'open' AND json_extract(doc, '$.holderId') IS NULL ORDER BY opened_at DESC LIMIT 1`;
  const doc = db.prepare<[], string>(sql).pluck().get() as string;
  db.close();
  const { kind, title, description, requesterId, beneficiaryId, place, siteId, categoryId, importance, relevance } = JSON.parse(
    doc,
  ) as Ticket;
  const who = { requesterId, beneficiaryId, phone: '', place, siteId };
  return { kind, title, description, ...who, categoryId, importance, relevance, duringCall: false, channel: 'phone' };
}

/** Of the pool's running tickets. */
function latestDue(file: string): number {
  const db = new Database(file, { readonly: true });
  const sql = 'SELECT max(due_key) FROM ticket WHERE done = 0 AND holder_id IS NULL AND due_key < 1e13';
  const due = db.prepare<[], number>(sql).pluck().get() as number;
  db.close();
  return due;
}
