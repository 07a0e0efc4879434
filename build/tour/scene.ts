/** Who and what the story plays with: the demo desk on a server of its own, the console, a colleague. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { demoAccounts } from '../../server/demo/prepare.ts';
import { Colleague } from '../../tests/e2e/colleague.ts';
import { Console } from '../../tests/e2e/console.ts';
import { type Dialler, recordingDialler } from '../../tests/e2e/dialler.ts';
import { expect } from '../../tests/e2e/expect.ts';
import { type LaunchedApp, launchApp, projectRoot } from '../../tests/e2e/launch.ts';
import { type ServerProcess, serverProcess } from '../../tests/e2e/server-process.ts';
import { patternOf } from '../../tests/e2e/texts.ts';
import type { Teller } from './teller.ts';

type DemoPerson = ReturnType<typeof demoAccounts>[number];

export class Scene {
  readonly teller: Teller;
  readonly dialler: Dialler;
  readonly #folder: string;
  #server: ServerProcess | undefined;
  #launched: LaunchedApp | undefined;
  #console: Console | undefined;

  constructor(folder: string, teller: Teller) {
    this.#folder = folder;
    this.teller = teller;
    this.dialler = recordingDialler(join(folder, 'bin'));
  }

  /** Makes the desk and starts its server. */
  async openDesk(): Promise<void> {
    this.#server = await serverProcess('server/demo/main.ts', { DATA_DIR: this.#dataDir }, /^demo desk ready/);
  }

  get #dataDir(): string {
    return join(this.#folder, 'server');
  }
  get server(): ServerProcess {
    if (!this.#server) throw new Error('there is no server yet');
    return this.#server;
  }
  get console(): Console {
    if (!this.#console) throw new Error('the console is not open');
    return this.#console;
  }
  get page(): Page {
    return this.console.page;
  }
  /** Who sits at the console, and somebody of the same team. */
  readonly me = accountOf('julien.morel');
  readonly other = accountOf('emma.clarke');

  /** Who asks, at the pages for it. */
  readonly asker = accountOf(demoAccounts().find(({ role }) => role === 'requester')?.login ?? '');

  async openConsole(): Promise<void> {
    const size = { width: 1280, height: 800 };
    const profile = join(this.#folder, 'profile');
    this.#launched = await launchApp({
      userData: profile,
      lang: 'fr',
      size,
      pathPrefix: this.dialler.folder,
      server: this.server.url,
    });
    this.#console = new Console(this.#launched.page, 'fr');
  }
  async closeConsole(): Promise<void> {
    await this.#launched?.close();
  }
  /** As a power cut would. */
  async killConsole(): Promise<void> {
    await this.#launched?.kill();
  }
  /** What the page wrote as errors. */
  get complaints(): readonly string[] {
    return this.#launched?.complaints ?? [];
  }

  sessionOf(person: DemoPerson): Promise<Colleague> {
    return Colleague.signIn(this.server.url, person.login, person.password);
  }

  /** Somebody who asks, at the pages that he has for it. */
  requester(personId: string): Promise<Colleague> {
    return Colleague.signIn(this.server.url, personId, this.me.password);
  }

  /** Mails written so far. */
  mails(): string[] {
    const folder = join(this.#dataDir, 'mail');
    if (!existsSync(folder)) return [];
    return readdirSync(folder)
      .filter((name) => name.endsWith('.eml'))
      .map((name) => readFileSync(join(folder, name), 'utf8'));
  }

  /** Whether the outbox's files hold this text already. */
  isOnDisk(text: string): boolean {
    const core = join(this.#folder, 'profile', 'core');
    return ['outbox.db', 'outbox.db-wal'].some((name) => existsSync(join(core, name)) && readFileSync(join(core, name)).includes(text));
  }

  /** What the console's files hold, as core itself counts it; the console has to be closed. */
  coreStatus(): { epoch: string; seq: number; outbox: number; tickets: number; hash: string } {
    const words = ['electron/core/headless.ts', '--profile', join(this.#folder, 'profile'), '--status'];
    return JSON.parse(execFileSync(process.execPath, words, { cwd: projectRoot, encoding: 'utf8' }));
  }

  /** Of the window as it rests: without the offer to undo, unless that is what is shown. */
  async picture(name: string, { undo = false } = {}): Promise<void> {
    if (!undo) await expect(this.console.undoButton).toBeHidden();
    await this.teller.picture(this.page, name);
  }

  /** For whoever has to find out why it stopped. */
  async lastLook(): Promise<void> {
    await this.#console?.page.screenshot({ path: join(projectRoot, 'tour', 'stopped-here.png') }).catch(() => undefined);
    if (this.complaints.length > 0) console.error(`\nThe page said: ${this.complaints.join('\n')}`);
  }

  async end(): Promise<void> {
    await this.#launched?.close().catch(() => undefined);
    await this.#server?.stop();
  }

  /** The first ticket of the list that is not late yet, if there is one in sight: the story goes well. */
  async chooseInTime(): Promise<void> {
    const rows = this.console.list.getByRole('option');
    await expect(rows.first()).toBeVisible();
    const inTime = rows.filter({ hasNotText: patternOf(this.console.say('shell:time.late')) });
    await ((await inTime.count()) > 0 ? inTime : rows).first().click();
  }

  /** The number of the ticket in the pane, "I-2026-000123". */
  async numberInPane(): Promise<string> {
    const shown = this.console.pane.getByText(/^[ID]-\d{4}-\d{6}$/).first();
    await expect(shown).toBeVisible();
    return (await shown.textContent()) ?? '';
  }
}

function accountOf(login: string): DemoPerson {
  const account = demoAccounts().find((one) => one.login === login);
  if (!account) throw new Error(`the demo desk has no ${login}`);
  return account;
}
