/**
 * `search`: words typed letter by letter; from each key to the frame in which the results for exactly this text are drawn: their number,
 * and row by row what was found with its marks. Its limit is the same query by plain SQLite on the same file, and a letter in the empty
 * window's field.
 */
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import Database from 'better-sqlite3';
import { MOST_MATCHES } from '#shared/contract/core.ts';
import { matchAll } from '../../../electron/core/storage/search-text.ts';
import { expect } from '../../../tests/e2e/expect.ts';
import { detail, type Figure, figure, median, percentile } from '../figures.ts';
import type { BenchStage } from '../measurement.ts';
import { type DeskWindow, profileFolder } from './desk-window.ts';
import type { EmptySamples } from './empty-window.ts';
import { keyToPaint } from './gauge.ts';
import { tapLine } from './line-tap.ts';
import { searchTexts } from './search-texts.ts';

/** Before these nothing is compiled, nothing cached. */
const WARM_UP = 8;

/** Runs in the page. */
function isFound(text: string): boolean {
  const answer = globalThis.searchAnswers?.get(text);
  const field = document.querySelector<HTMLInputElement>('search input');
  if (!answer || field?.value.trim() !== text) return false;
  const count = document.querySelector('search [role=status]')?.textContent?.replace(/\D/g, '') ?? '';
  if (Number(count) !== answer.total) return false;
  const over = ['resolved', 'closed', 'cancelled'];
  // A result that comes as a whole (SEARCH_SIZE) is grouped: what is open, then what is over.
  const grouped = answer.total > 30 ? answer.rows : answer.rows.filter((row) => !over.includes(row.phase));
  const rows = grouped === answer.rows ? grouped : [...grouped, ...answer.rows.filter((row) => over.includes(row.phase))];
  const drawn = [...document.querySelectorAll('[role=option]')];
  if (drawn.length === 0) return rows.length === 0;
  return drawn.every((option, index) => {
    const row = rows[index];
    const excerpt = row?.found?.excerpt ?? '';
    const marks = [...excerpt.matchAll(/\uE000([^\uE001]*)\uE001/g)].map((match) => match[1]);
    const shown = option.textContent ?? '';
    if (!row || !shown.includes(excerpt.replace(/[\uE000\uE001]/g, ''))) return false;
    if (row.found?.field !== 'title' && !shown.includes(row.title)) return false;
    return [...option.querySelectorAll('mark')].map((mark) => mark.textContent).join('|') === marks.join('|');
  });
}

async function clear(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await expect(page.locator('search input')).toHaveValue('');
  await expect(page.locator('search [role=status]')).toHaveText('');
}

export async function measureSearch(stage: BenchStage, window: DeskWindow, profile: string, empty: EmptySamples): Promise<Figure[]> {
  const { page } = window;
  await tapLine(page);
  await window.console.show('search');
  await expect(page.locator('search input')).toBeFocused();
  const warmUp = Math.min(WARM_UP, stage.samples);
  const samples: number[] = [];
  const first: number[] = [];
  const texts: string[] = [];
  for (const whole of searchTexts(stage, warmUp + stage.samples)) {
    let typed = '';
    for (const letter of whole) {
      typed += letter;
      // It asks for nothing new.
      if (letter === ' ') {
        await page.keyboard.press('Space');
        continue;
      }
      const { ms } = await keyToPaint(page, letter, isFound, typed);
      if (typed.length === 1) first.push(ms);
      samples.push(ms);
      texts.push(typed);
    }
    await clear(page);
  }
  samples.splice(0, warmUp);
  texts.splice(0, warmUp);
  const plain = plainQueries(join(profileFolder(stage, profile), 'core', 'cache.db'), texts);
  const limit = plain.map((ms, index) => ms + (empty.letters[index % empty.letters.length] ?? 0));
  return [
    figure('search', percentile(samples, 0.95), percentile(limit, 0.95)),
    detail('search-median', median(samples), 'ms', 'higher', median(limit)),
    detail('search-first-letter', median(first), 'ms'),
    detail('search-query', percentile(plain, 0.95), 'ms'),
  ];
}

/** ms of each query alone. */
function plainQueries(file: string, texts: readonly string[]): number[] {
  const db = new Database(file, { readonly: true });
  const query = db.prepare(`SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid LIMIT ${MOST_MATCHES}`).pluck();
  const samples = texts.map((text) => {
    const from = performance.now();
    query.all(matchAll(text, 'FR'));
    return performance.now() - from;
  });
  db.close();
  return samples;
}
