/** Starts the real app for a test: a profile of its own, and stand-ins for the system's programs first in PATH. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { within } from './within.ts';

export const projectRoot = resolve(import.meta.dirname, '../..');

export interface LaunchOptions {
  /** Profile folder; a fresh one, removed at close, when left out. */
  userData?: string;
  /** Preset server, on loopback. */
  server?: string;
  lang?: 'fr' | 'en';
  size?: { width: number; height: number };
  /** Folder put first in PATH (a recording xdg-open, say). */
  pathPrefix?: string;
  /** What is started, a path from the project's root; the console, when left out. */
  app?: string;
  /** Further words for it. */
  words?: readonly string[];
}

/** How it is started, by Playwright or by hand. */
export interface AppCommand {
  executablePath: string;
  args: string[];
  cwd: string;
  env: Record<string, string>;
}

export interface LaunchedApp {
  app: ElectronApplication;
  page: Page;
  userData: string;
  /** What the page wrote as errors. */
  complaints: string[];
  /** Quits as a person would, and removes a profile that was made here. */
  close(): Promise<void>;
  /** kill -9 of the app; its core ends with it. */
  kill(): Promise<void>;
}

export function appCommand(options: Omit<LaunchOptions, 'size'> & { userData: string }): AppCommand {
  const path = [options.pathPrefix, join(projectRoot, 'node_modules', '.bin'), process.env.PATH].filter(Boolean).join(delimiter);
  return {
    executablePath: createRequire(import.meta.url)('electron') as unknown as string,
    args: [
      options.app ?? '.',
      `--user-data-dir=${options.userData}`,
      `--lang=${options.lang ?? 'fr'}`,
      ...(options.server ? [`--server=${options.server}`] : []),
      ...(options.words ?? []),
      ...(hasGraphicsCard() ? [] : ['--disable-gpu']),
      // Chromium refuses to run as root with its sandbox; the pages' own sandbox setting stays.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
    cwd: projectRoot,
    env: { ...(process.env as Record<string, string>), PATH: path },
  };
}

/**
 * Without one Chromium's GPU process gives itself up at its start and is started again without; about one time in a hundred its end goes
 * unnoticed, and the page waits for it for ever. Elsewhere than on Linux there always is something that draws.
 */
function hasGraphicsCard(): boolean {
  return process.platform !== 'linux' || existsSync('/dev/dri');
}

export async function launchApp(options: LaunchOptions = {}): Promise<LaunchedApp> {
  const userData = options.userData ?? mkdtempSync(join(tmpdir(), 'guichet-profile-'));
  const app = await _electron.launch({ ...appCommand({ ...options, userData }), chromiumSandbox: process.getuid?.() !== 0 });
  const page = await app.firstWindow();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  // Emulated, so that a size larger than the screen can be looked at as well.
  if (options.size) await within(20_000, 'the size of the page', page.setViewportSize(options.size));
  const tidy = () => {
    if (options.userData === undefined) rmSync(userData, { recursive: true, force: true });
  };
  return {
    app,
    page,
    userData,
    complaints,
    async close() {
      await app.close();
      tidy();
    },
    async kill() {
      const gone = new Promise<void>((settle) => app.process().once('exit', () => settle()));
      app.process().kill('SIGKILL');
      await gone;
    },
  };
}
