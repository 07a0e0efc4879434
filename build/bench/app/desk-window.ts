/** The console that is measured: the built app on the server of the run, signed in as the first of the bench's people. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { Console, type ViewName } from '../../../tests/e2e/console.ts';
import { expect } from '../../../tests/e2e/expect.ts';
import type { LaunchedApp } from '../../../tests/e2e/launch.ts';
import type { ServerProcess } from '../../../tests/e2e/server-process.ts';
import { settled } from '../../../tests/e2e/settled.ts';
import { BENCH_PASSWORD, benchPeople } from '../data-set.ts';
import type { BenchStage } from '../measurement.ts';
import { until } from './gauge.ts';
import { launchShown } from './shown-window.ts';

/** All rows of the desk, over a line that a slow machine may have. */
const EVERYTHING_MS = 10 * 60_000;

export class DeskWindow {
  readonly launched: LaunchedApp;
  readonly page: Page;
  readonly console: Console;

  private constructor(launched: LaunchedApp) {
    this.launched = launched;
    this.page = launched.page;
    this.console = new Console(launched.page, 'fr');
  }

  /** `profile`: a folder's name within the run's own. */
  static async open(stage: BenchStage, server: ServerProcess, profile: string): Promise<DeskWindow> {
    const userData = profileFolder(stage, profile);
    mkdirSync(userData, { recursive: true, mode: 0o700 });
    return new DeskWindow(await launchShown({ userData, server: server.url, lang: 'fr' }));
  }

  /** Typed, and not sent. */
  async typeCredentials(): Promise<void> {
    await this.console.loginField.fill(benchPeople[0].id);
    await this.console.passwordField.fill(BENCH_PASSWORD);
  }

  /** Everything that this person may see has arrived, and nothing moves. */
  async hasEverything(): Promise<void> {
    await until(this.page, isInStep, this.console.say('shell:sync.up_to_date'), EVERYTHING_MS);
    await settled(this.page);
  }

  /** What a first visit shows is put away. */
  async putAwayNotices(): Promise<void> {
    await this.console.closeGuide();
    await this.console.closeWarning();
  }

  /** The view's list is drawn, its first ticket is chosen and in the pane. */
  async show(view: Exclude<ViewName, 'search'>): Promise<void> {
    await this.console.show(view);
    await expect(this.page.locator('[role=option]').first()).toBeVisible();
    await this.console.list.press('Home');
    await this.hasTicket();
    await settled(this.page);
  }

  /** A row is chosen, in sight, and the pane shows it. */
  async hasTicket(): Promise<void> {
    await until(this.page, chosenIsShown, null);
  }

  /** "I-2026-000123", of the ticket in the pane. */
  async number(): Promise<string> {
    return (await this.page.locator('main header span').first().textContent()) ?? '';
  }

  /** How many rows the list has. */
  async rows(): Promise<number> {
    return Number(await this.page.locator('[role=option]').first().getAttribute('aria-setsize'));
  }
}

export function profileFolder(stage: BenchStage, profile: string): string {
  return join(stage.folder, `profile-${profile}`);
}

/** Runs in the page. */
function isInStep(words: string): boolean {
  const status = document.getElementsByTagName('nav')[0]?.querySelector('[role=status]')?.textContent;
  return status === words && document.querySelector('[role=listbox] [role=option]') !== null;
}

/** Runs in the page. Places are asked for last: the page has to be laid out for them. */
function chosenIsShown(): boolean {
  const title = document.getElementsByTagName('main')[0]?.getElementsByTagName('h2')[0]?.textContent;
  const chosen = document.querySelector('[role=option][aria-selected=true]');
  if (!title || !chosen?.textContent?.includes(title)) return false;
  const list = chosen.closest('[role=listbox]')?.getBoundingClientRect();
  const row = chosen.getBoundingClientRect();
  return list !== undefined && row.top < list.bottom && row.bottom > list.top;
}
