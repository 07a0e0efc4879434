/** Tells the story: one line a step with the time that it took, and the pictures. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { settled } from '../../tests/e2e/settled.ts';

export class Teller {
  readonly #folder: string;
  readonly #from = Date.now();
  #steps = 0;
  #pictures = 0;

  /** Empties the folder of the pictures of an earlier tour. */
  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
    for (const name of readdirSync(folder)) if (name.endsWith('.png')) rmSync(join(folder, name));
  }

  chapter(title: string): void {
    console.log(`\n${title}`);
  }

  /** A step holds or throws; what it returns is said behind it. */
  async step(title: string, work: () => Promise<string | undefined>): Promise<void> {
    const from = Date.now();
    const number = String(++this.#steps).padStart(2);
    try {
      const said = await work();
      console.log(`  ✓ ${number}  ${title}${said ? ` (${said})` : ''}  ${seconds(from)}`);
    } catch (error) {
      console.log(`  ✗ ${number}  ${title}  ${seconds(from)}`);
      throw error;
    }
  }

  /** Flat and opaque, 1280 by 800 at two pixels a point. */
  async picture(page: Page, name: string): Promise<void> {
    await page.mouse.move(0, 0);
    await settled(page);
    const devTools = await page.context().newCDPSession(page);
    const clip = { x: 0, y: 0, ...(page.viewportSize() ?? { width: 1280, height: 800 }), scale: 2 };
    const { data } = await devTools.send('Page.captureScreenshot', { format: 'png', clip });
    await devTools.detach();
    const file = join(this.#folder, `${String(++this.#pictures).padStart(2, '0')}-${name}.png`);
    writeFileSync(file, Buffer.from(data, 'base64'));
  }

  end(): void {
    console.log(`\n${this.#steps} steps, all as they should be, in ${seconds(this.#from)}; ${this.#pictures} pictures in tour/`);
  }
}

function seconds(from: number): string {
  return `${((Date.now() - from) / 1000).toFixed(1)} s`;
}
