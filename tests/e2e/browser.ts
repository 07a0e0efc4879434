/** A real Chromium for the requesters' pages. */
import { type Browser, chromium } from '@playwright/test';
import { chromiumProgram, whyNoChromium } from '../../build/setup/chromium.mjs';

export const whyNoBrowser = whyNoChromium;

/** @throws Error when there is none */
export async function openBrowser(): Promise<Browser> {
  const executablePath = chromiumProgram();
  if (executablePath === undefined) throw new Error(`no browser: ${whyNoBrowser()}`);
  // As root its sandbox does not start; the machines of tests have no graphics card and little shared memory.
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({ executablePath, args: ['--disable-gpu', '--disable-dev-shm-usage', ...(isRoot ? ['--no-sandbox'] : [])] });
}
