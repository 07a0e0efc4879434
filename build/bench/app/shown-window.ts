/** Starts an app by Playwright and waits for its window to be on the screen: before its first frame there is nothing to measure. */
import { setTimeout as pause } from 'node:timers/promises';
import { type LaunchedApp, type LaunchOptions, launchApp } from '../../../tests/e2e/launch.ts';

const PATIENCE_MS = 15_000;
const POLL_MS = 50;

/** Tries once more when no first frame comes: seen once in some hundred starts, with Electron 33 on a virtual display, of either app. */
export async function launchShown(options: LaunchOptions, again = true): Promise<LaunchedApp> {
  const launched = await launchApp(options);
  if (await isShown(launched)) return launched;
  await launched.kill();
  if (!again) throw new Error('the window was not shown');
  return launchShown(options, false);
}

async function isShown({ app }: LaunchedApp): Promise<boolean> {
  for (const end = performance.now() + PATIENCE_MS; performance.now() < end; await pause(POLL_MS))
    if (await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible() ?? false)) return true;
  return false;
}
