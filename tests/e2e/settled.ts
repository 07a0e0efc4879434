import type { Page } from '@playwright/test';

/** Fonts are there, what opens or closes has done so, two frames were drawn: nothing moves any more but clocks and the like. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    await frame();
    await frame();
    const short = document.getAnimations().filter((one) => Number(one.effect?.getComputedTiming().endTime) < 1000);
    await Promise.allSettled(short.map((one) => one.finished));
    await frame();
  });
}
