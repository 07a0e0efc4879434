/** Files as the system hands them over with a paste or a drop. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import { projectRoot } from './launch.ts';

/** A real screenshot. */
export const picture = join(projectRoot, 'docs/images/pool.png');

export function carried(page: Page, name: string, bytes: Buffer) {
  return page.evaluateHandle(
    ([text, called]) => {
      const data = new DataTransfer();
      const type = called.endsWith('.png') ? 'image/png' : '';
      data.items.add(new File([Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))], called, { type }));
      return data;
    },
    [bytes.toString('base64'), name] as const,
  );
}

/** The picture, out of the clipboard into this field. */
export async function pastePicture(page: Page, field: Locator): Promise<void> {
  await field.click();
  await field.evaluate(
    (at, clipboardData) => at.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })),
    await carried(page, 'image.png', readFileSync(picture)),
  );
}

/** A picture that has arrived and is drawn: pixels of its own, from no address outside. */
export async function isDrawn(image: Locator): Promise<void> {
  await expect(image).toBeVisible();
  await expect.poll(() => image.evaluate((one) => (one as HTMLImageElement).naturalWidth)).toBeGreaterThan(100);
  expect(await image.getAttribute('src')).toMatch(/^blob:app:\/\/guichet\//);
}
