/**
 * `key-to-paint`: J and K through the pool and through the list of all tickets, at its top and at its far end; from the key to the frame
 * in which the next ticket is chosen in the list and stands in the pane, timeline and all. One key at a time.
 */
import { settled } from '../../../tests/e2e/settled.ts';
import { detail, type Figure, figure, median, percentile } from '../figures.ts';
import type { BenchStage } from '../measurement.ts';
import type { DeskWindow } from './desk-window.ts';
import type { EmptySamples } from './empty-window.ts';
import { keyToPaint } from './gauge.ts';

/** Before these nothing is compiled, nothing cached. */
const WARM_UP = 10;

interface Before {
  number: string;
  place: string;
}

/**
 * Runs in the page, at each of its changes: what is cheap is asked first. Rows carry titles and not numbers, and titles repeat: another
 * number stands in the pane, another row is chosen, and the row's title is the pane's.
 */
function nextIsShown(before: Before): boolean {
  const pane = document.getElementsByTagName('main')[0];
  const number = pane?.getElementsByTagName('header')[0]?.getElementsByTagName('span')[0]?.textContent;
  if (!number || number === before.number) return false;
  const chosen = document.querySelector('[role=option][aria-selected=true]');
  const title = pane?.getElementsByTagName('h2')[0]?.textContent ?? '?';
  return chosen !== null && chosen.getAttribute('aria-posinset') !== before.place && (chosen.textContent ?? '').includes(title);
}

/** Runs in the page. */
function shownNow(): Before {
  const chosen = document.querySelector('[role=option][aria-selected=true]');
  const number = document.querySelector('main header span')?.textContent ?? '';
  return { number, place: chosen?.getAttribute('aria-posinset') ?? '' };
}

export async function stepKeys(window: DeskWindow, key: string, times: number): Promise<number[]> {
  const samples: number[] = [];
  for (let i = 0; i < times; i++) {
    const before = await window.page.evaluate(shownNow);
    samples.push((await keyToPaint(window.page, key, nextIsShown, before)).ms);
  }
  return samples;
}

/** Down from the first row and up again, as often as is asked for, without running into an end. */
async function thereAndBack(window: DeskWindow, times: number): Promise<number[]> {
  const samples: number[] = [];
  const most = Math.max(1, (await window.rows()) - 1);
  for (let key = 'j'; samples.length < times; key = key === 'j' ? 'k' : 'j')
    samples.push(...(await stepKeys(window, key, Math.min(most, times - samples.length))));
  return samples;
}

export async function measureKeyToPaint(stage: BenchStage, window: DeskWindow, empty: EmptySamples): Promise<Figure[]> {
  const part = Math.ceil(stage.samples / 4);
  await window.show('pool');
  await thereAndBack(window, Math.min(WARM_UP, stage.samples));
  await window.show('pool');
  const pool = await thereAndBack(window, part * 2);
  await window.show('all');
  const all = await stepKeys(window, 'j', part);
  await window.console.list.press('End');
  await window.hasTicket();
  await settled(window.page);
  all.push(...(await stepKeys(window, 'k', part)));
  const samples = [...pool, ...all];
  return [
    figure('key-to-paint', percentile(samples, 0.95), percentile(empty.keys, 0.95)),
    detail('key-to-paint-median', median(samples), 'ms', 'higher', median(empty.keys)),
    detail('key-to-paint-pool', percentile(pool, 0.95), 'ms'),
    detail('key-to-paint-all', percentile(all, 0.95), 'ms'),
  ];
}
