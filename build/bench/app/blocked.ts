/**
 * `blocked`: the longest time for which main's or the page's event loop was held up while a desk is worked on: the first sign-in with
 * everything that comes, 1000 changed rows at once from elsewhere, a key held down, the wheel through all tickets, a search typed fast,
 * tickets opened one after the other. The limit is what an idle empty window sees of its own loops at the same time.
 *
 * Left out is the load of the page itself, until the sign-in form stands: its script is one long task on both sides, there is nothing on
 * the screen yet that could be held up, and `cold-start` has it.
 */
import { randomUUID } from 'node:crypto';
import Database from 'better-sqlite3';
import { PushResponse } from '#shared/contract/api.ts';
import { expect } from '../../../tests/e2e/expect.ts';
import type { LaunchedApp } from '../../../tests/e2e/launch.ts';
import type { ServerProcess } from '../../../tests/e2e/server-process.ts';
import { BENCH_PASSWORD, benchPeople } from '../data-set.ts';
import { detail, type Figure, figure } from '../figures.ts';
import type { BenchStage } from '../measurement.ts';
import { HttpSession } from '../session.ts';
import type { DeskWindow } from './desk-window.ts';
import { until } from './gauge.ts';
import { type Held, startHeartbeat, takeHeld } from './heartbeat.ts';
import { searchTexts } from './search-texts.ts';

const [, second] = benchPeople;
/** Each changes its ticket's row and adds a line to its timeline. */
const NOTES = 500;
const AT_ONCE = 50;
const CHANGES_MS = 60_000;

interface Place {
  x: number;
  y: number;
}

/** Both windows, phase by phase. */
export class HoldUps {
  readonly #app: LaunchedApp;
  readonly #idle: LaunchedApp;
  readonly #phases = new Map<string, { app: Held; idle: Held }>();

  private constructor(app: LaunchedApp, idle: LaunchedApp) {
    this.#app = app;
    this.#idle = idle;
  }

  static async watch(app: LaunchedApp, idle: LaunchedApp): Promise<HoldUps> {
    await startHeartbeat(app);
    await startHeartbeat(idle);
    return new HoldUps(app, idle);
  }

  async during(phase: string, work: () => Promise<void>): Promise<void> {
    await takeHeld(this.#app);
    await takeHeld(this.#idle);
    await work();
    this.#phases.set(phase, { app: await takeHeld(this.#app), idle: await takeHeld(this.#idle) });
  }

  figures(): Figure[] {
    const phases = [...this.#phases.values()];
    const most = (side: 'app' | 'idle', loop: keyof Held) => Math.max(...phases.map((phase) => phase[side][loop]));
    const [main, renderer] = [most('app', 'main'), most('app', 'renderer')];
    const [idleMain, idleRenderer] = [most('idle', 'main'), most('idle', 'renderer')];
    return [
      figure('blocked', Math.max(main, renderer), Math.max(idleMain, idleRenderer)),
      detail('blocked-main', main, 'ms', 'higher', idleMain),
      detail('blocked-renderer', renderer, 'ms', 'higher', idleRenderer),
      detail('blocked-renderer-timer', most('app', 'timer'), 'ms', 'higher', most('idle', 'timer')),
      ...[...this.#phases].map(([phase, { app, idle }]) =>
        detail(`blocked-at-${phase}`, Math.max(app.main, app.renderer), 'ms', 'higher', Math.max(idle.main, idle.renderer)),
      ),
    ];
  }
}

/** The first sign-in, until everything is there. */
export async function signInWatched(window: DeskWindow, holdUps: HoldUps): Promise<void> {
  await window.typeCredentials();
  await holdUps.during('sign-in', async () => {
    await window.page.keyboard.press('Enter');
    await window.hasEverything();
  });
  await window.putAwayNotices();
}

export async function workWatched(stage: BenchStage, window: DeskWindow, server: ServerProcess, holdUps: HoldUps): Promise<void> {
  const { page } = window;
  const times = Math.min(100, stage.samples * 2);
  await window.show('pool');
  const changes = await changesFromElsewhere(stage, server, await window.number());
  await holdUps.during('changes', async () => {
    await until(page, timelineSays, await changes(), CHANGES_MS);
  });
  await window.show('all');
  await holdUps.during('keys', async () => {
    for (let i = 0; i < times; i++) await page.keyboard.press('j');
    await window.hasTicket();
  });
  const places = await page.evaluate(rowsInSight);
  await holdUps.during('tickets', async () => {
    for (let i = 0; i < Math.min(times, places.length * 3); i++) {
      const { x, y } = places[(i * 5) % places.length] as Place;
      await page.mouse.click(x, y);
      await window.hasTicket();
    }
  });
  await holdUps.during('scroll', async () => {
    for (let i = 0; i < times; i++) await page.mouse.wheel(0, 500);
    await until(page, listIsLoaded, null);
  });
  await window.console.show('search');
  await expect(page.locator('search input')).toBeFocused();
  await holdUps.during('search', async () => {
    for (const text of searchTexts(stage, times)) {
      await page.keyboard.type(text);
      await until(page, hasResults, true);
      await page.keyboard.press('Escape');
      await until(page, hasResults, false);
    }
  });
}

// These run in the page.

function timelineSays(text: string): boolean {
  return document.getElementsByTagName('main')[0]?.getElementsByTagName('ol')[0]?.textContent?.includes(text) ?? false;
}
function rowsInSight(): Place[] {
  const list = document.querySelector('[role=listbox]')?.getBoundingClientRect();
  const boxes = [...document.querySelectorAll('[role=option]')].map((row) => row.getBoundingClientRect());
  const whole = boxes.filter((box) => list && box.top >= list.top && box.bottom <= list.bottom);
  return whole.map(({ left, top, width, height }) => ({ x: left + width / 2, y: top + height / 2 }));
}
function listIsLoaded(): boolean {
  return document.querySelector('[role=option]') !== null && document.querySelector('[role=listbox] [data-skeleton]') === null;
}
function hasResults(wanted: boolean): boolean {
  return (document.querySelector('search [role=status]')?.textContent !== '') === wanted;
}

/** Prepares notes of a colleague on tickets of all ages; the last one is on the ticket with this number, and its text is given back. */
async function changesFromElsewhere(stage: BenchStage, server: ServerProcess, shown: string): Promise<() => Promise<string>> {
  const session = new HttpSession(server.url);
  await session.signIn(second.id, BENCH_PASSWORD);
  const db = new Database(stage.dataSet.file, { readonly: true });
  const ids = db.prepare<[], string>('SELECT id FROM ticket ORDER BY opened_at').pluck().all() as string[];
  const last = db.prepare<[string], string>("SELECT id FROM ticket WHERE json_extract(doc, '$.number') = ?").pluck().get(shown) as string;
  db.close();
  const notes = Math.min(NOTES, stage.samples * 5);
  const at = new Date().toISOString();
  const text = (index: number) => `Rappel fait au passage, la personne confirme (${index}).`;
  const operations = Array.from({ length: notes }, (_, index) => ({
    id: randomUUID(),
    name: 'note',
    ticketId: index === notes - 1 ? last : ids[Math.floor((index * ids.length) / notes)],
    input: { text: text(index), visibility: 'internal' },
    madeAt: at,
    occurredAt: at,
    offline: false,
    after: [],
  }));
  return async () => {
    for (let start = 0; start < notes; start += AT_ONCE) {
      const answer = await session.post('/v1/operations', { operations: operations.slice(start, start + AT_ONCE) });
      const outcomes = answer.status === 200 ? PushResponse.parse(JSON.parse(answer.text)).outcomes : [];
      if (outcomes.length === 0 || outcomes.some((one) => one.status !== 'applied')) throw new Error(answer.text.slice(0, 500));
    }
    session.close();
    return text(notes - 1);
  };
}
