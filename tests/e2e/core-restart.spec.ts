import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import type {} from '../../renderer/window.d.ts';
import { type LaunchedApp, launchApp } from './launch.ts';

test('core killed under the window: it is started again, and the page gets a new port', async () => {
  test.skip(process.platform !== 'linux', 'looks for core among the processes as Linux shows them');
  const launched = await launchApp();
  try {
    await launched.page.getByRole('textbox').first().waitFor();
    const before = await corePid(launched);
    const connected = launched.page.evaluate(
      () =>
        new Promise<number>((settle) => {
          window.addEventListener('message', (event) => {
            if (event.data === 'guichet:core-port') settle(event.ports.length);
          });
        }),
    );
    process.kill(before, 'SIGKILL');
    expect(await connected).toBe(1);
    expect(await corePid(launched)).not.toBe(before);
    expect(await launched.page.evaluate(() => window.guichet.boot(undefined))).toMatchObject({ ok: true });
  } finally {
    await launched.close();
  }
});

test('the page’s process killed: the window shows the page again, connected', async () => {
  const launched = await launchApp();
  try {
    await launched.page.getByRole('textbox').first().waitFor();
    await launched.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer());
    // Asked of main: the test's own hold on the page is gone with its process. A page that goes away never answers.
    const fields = () =>
      launched.app.evaluate(({ BrowserWindow }) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents;
        if (!contents || contents.isCrashed()) return 0;
        const none = new Promise<number>((settle) => setTimeout(() => settle(0), 1000));
        return Promise.race([contents.executeJavaScript('document.querySelectorAll("input").length'), none]);
      });
    await expect.poll(fields).toBeGreaterThan(0);
  } finally {
    await launched.close();
  }
});

test('the app quits whole: core ends with it', async () => {
  test.skip(process.platform !== 'linux', 'looks for core among the processes as Linux shows them');
  const launched = await launchApp();
  const core = await corePid(launched);
  await launched.close();
  await expect.poll(() => isAlive(core)).toBe(false);
});

test('the app killed: core ends by itself', async () => {
  test.skip(process.platform !== 'linux', 'looks for core among the processes as Linux shows them');
  const launched = await launchApp();
  const core = await corePid(launched);
  await launched.kill();
  await expect.poll(() => isAlive(core), { timeout: 10_000 }).toBe(false);
});

/** The utility process, or the Node child, whichever this runtime uses; waits until it is there. */
async function corePid({ app }: LaunchedApp): Promise<number> {
  const main = app.process().pid;
  let found: number | undefined;
  await expect
    .poll(async () => {
      const utility = await app.evaluate(({ app: electron }) => electron.getAppMetrics().find((one) => one.name === 'Guichet core')?.pid);
      found = utility ?? childrenOf(main).find((pid) => commandOf(pid).includes('core.mjs'));
      return found;
    })
    .toBeDefined();
  return found as number;
}

function childrenOf(pid: number | undefined): number[] {
  const told = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return told.split(' ').filter(Boolean).map(Number);
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

function isAlive(pid: number): boolean {
  return commandOf(pid) !== '';
}
