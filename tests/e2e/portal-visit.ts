/** Somebody's visit of the requesters' pages in a real browser; looks at each page as a person and as axe would. */
import AxeBuilder from '@axe-core/playwright';
import { type Browser, expect, type Page } from '@playwright/test';
import { password } from './desk-content.ts';
import { findFaults } from './find-faults.ts';
import { settled } from './settled.ts';

export interface VisitOptions {
  language?: 'fr' | 'en';
  size: { width: number; height: number };
  dark?: boolean;
}

export class PortalVisit {
  readonly page: Page;
  readonly #url: string;
  /** What the page complained of to the browser's console. */
  readonly complaints: string[] = [];

  private constructor(page: Page, url: string) {
    this.page = page;
    this.#url = url;
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('console', (message) => {
      // Somebody who is not signed in, and what a test gets wrong on purpose, are answered with 4xx; the browser notes each.
      if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) this.complaints.push(message.text());
    });
  }

  static async begin(browser: Browser, url: string, { language = 'fr', size, dark = false }: VisitOptions): Promise<PortalVisit> {
    const isPhone = size.width < 600;
    const context = await browser.newContext({
      viewport: size,
      locale: language === 'fr' ? 'fr-FR' : 'en-GB',
      timezoneId: 'Europe/Paris',
      hasTouch: isPhone,
      isMobile: isPhone,
      colorScheme: dark ? 'dark' : 'light',
    });
    return new PortalVisit(await context.newPage(), url);
  }

  async open(path: string): Promise<void> {
    await this.page.goto(this.#url + path);
  }

  async signIn(login: string, secret = password): Promise<void> {
    await this.page.getByRole('textbox', { name: /^(Identifiant|Login)$/ }).fill(login);
    await this.page.getByLabel(/^(Mot de passe|Password)$/).fill(secret);
    await this.page.keyboard.press('Enter');
  }

  /** Nothing is cut, nothing lies on anything else, and axe has nothing to say. */
  async look(name: string): Promise<void> {
    await settled(this.page);
    expect(await this.page.evaluate(findFaults), `layout: ${name}`).toEqual([]);
    const { violations } = await new AxeBuilder({ page: this.page }).analyze();
    const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
    expect(told, `axe: ${name}`).toEqual([]);
  }
  /** Where a page that scrolls ends; axe has seen all of it already. */
  async lookBelow(name: string): Promise<void> {
    await this.page.locator('main').evaluate((main) => main.scrollTo(0, main.scrollHeight));
    await settled(this.page);
    expect(await this.page.evaluate(findFaults), `layout: ${name}, below`).toEqual([]);
    await this.page.locator('main').evaluate((main) => main.scrollTo(0, 0));
  }

  async end(): Promise<void> {
    await this.page.context().close();
  }
}
