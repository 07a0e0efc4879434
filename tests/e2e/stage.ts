/** What a spec plays on: a server with the small desk, the real console on a fresh profile, a dialler that writes down. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Language } from '#shared/domain/model.ts';
import { Colleague } from './colleague.ts';
import { Console } from './console.ts';
import { logins, password } from './desk-content.ts';
import { type Dialler, recordingDialler } from './dialler.ts';
import { type LaunchedApp, launchApp, projectRoot } from './launch.ts';
import { type ServerProcess, serverProcess } from './server-process.ts';

export interface CoreStatus {
  epoch: string;
  seq: number;
  outbox: number;
  tickets: number;
  hash: string;
}

export interface Setting {
  language?: Language;
  size?: { width: number; height: number };
  /** The console knows the server's address from the start. */
  knowsServer?: boolean;
  /** Further settings of the server. */
  environment?: Record<string, string>;
}

export class Stage {
  readonly folder: string;
  readonly dialler: Dialler;
  readonly server: ServerProcess;
  readonly setting: Required<Setting>;
  #launched: LaunchedApp | undefined;
  #console: Console | undefined;

  private constructor(folder: string, server: ServerProcess, setting: Required<Setting>) {
    this.folder = folder;
    this.dialler = recordingDialler(join(folder, 'bin'));
    this.server = server;
    this.setting = setting;
  }

  static async set(setting: Setting = {}): Promise<Stage> {
    const folder = mkdtempSync(join(tmpdir(), 'guichet-e2e-'));
    const server = await serverProcess('tests/e2e/desk-server.ts', {
      DATA_DIR: join(folder, 'server'),
      ALLOW_IMPORT: '1',
      ...setting.environment,
    });
    const full = { language: 'fr', size: { width: 1280, height: 800 }, knowsServer: true, environment: {}, ...setting } as const;
    const stage = new Stage(folder, server, full);
    await stage.openConsole();
    return stage;
  }

  /** Starts the console, on the same profile each time. */
  async openConsole(): Promise<void> {
    this.#launched = await this.#launch('julien');
    this.#console = new Console(this.#launched.page, this.setting.language);
  }

  /** A second console beside the first one. */
  async anotherConsole(name: string): Promise<{ launched: LaunchedApp; console: Console }> {
    const launched = await this.#launch(name);
    return { launched, console: new Console(launched.page, this.setting.language) };
  }

  #launch(name: string): Promise<LaunchedApp> {
    return launchApp({
      userData: join(this.folder, `profile-${name}`),
      lang: this.setting.language,
      size: this.setting.size,
      pathPrefix: this.dialler.folder,
      ...(this.setting.knowsServer ? { server: this.server.url } : {}),
    });
  }

  get launched(): LaunchedApp {
    if (!this.#launched) throw new Error('the console is not open');
    return this.#launched;
  }
  get console(): Console {
    if (!this.#console) throw new Error('the console is not open');
    return this.#console;
  }
  get page(): Page {
    return this.launched.page;
  }
  get profile(): string {
    return join(this.folder, 'profile-julien');
  }

  async signIn(): Promise<void> {
    await this.console.signIn(logins.julien, password);
    await this.console.isReady();
    await this.console.closeGuide();
    await this.console.closeWarning();
  }

  /** The server's clock goes forward; the console hears of it with the next thing that happens. */
  forward(minutes: number): void {
    this.server.tell(`forward ${minutes}`);
  }

  colleague(who: 'julien' | 'amira' | 'thomas' | 'antoine'): Promise<Colleague> {
    return Colleague.signIn(this.server.url, logins[who], password);
  }

  /** The mails that left so far, as they were written. */
  mails(): string[] {
    const folder = join(this.folder, 'server', 'mail');
    try {
      return readdirSync(folder)
        .filter((name) => name.endsWith('.eml'))
        .map((name) => readFileSync(join(folder, name), 'utf8'));
    } catch {
      return [];
    }
  }

  /** Whether the outbox's files hold this text already. */
  isOnDisk(text: string): boolean {
    return ['outbox.db', 'outbox.db-wal'].some((name) => {
      const file = join(this.profile, 'core', name);
      return existsSync(file) && readFileSync(file).includes(text);
    });
  }

  /** What the console holds, by its own account, without a window and without connecting. */
  coreStatus(): CoreStatus {
    const words = ['electron/core/headless.ts', '--profile', this.profile, '--status'];
    return JSON.parse(execFileSync(process.execPath, words, { cwd: projectRoot, encoding: 'utf8' }));
  }

  async strike(): Promise<void> {
    await this.#launched?.close().catch(() => undefined);
    await this.server.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
