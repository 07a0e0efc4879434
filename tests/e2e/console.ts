/** The console as a technician uses it: what can be seen and done, in his words, mostly by keyboard. */
import type { Locator, Page } from '@playwright/test';
import type { Language } from '#shared/domain/model.ts';
import { expect } from './expect.ts';
import { patternOf, type Say, textsOf } from './texts.ts';

export type ViewName = 'pool' | 'mine' | 'waiting' | 'callbacks' | 'all' | 'search';
/** F1 to F5, in this order. */
const outcomes = ['reached', 'no_answer', 'busy', 'voicemail', 'wrong_number'] as const;

export class Console {
  readonly page: Page;
  readonly say: Say;

  constructor(page: Page, language: Language) {
    this.page = page;
    this.say = textsOf(language);
  }

  // Signing in

  get loginField(): Locator {
    return this.page.getByRole('textbox', { name: this.say('shell:signin.login') });
  }
  get passwordField(): Locator {
    return this.page.locator('input[type=password]');
  }

  async signIn(login: string, password: string): Promise<void> {
    await this.loginField.fill(login);
    await this.passwordField.fill(password);
    await this.page.keyboard.press('Enter');
  }

  /** The desk is here, and everything that this person may see has arrived. */
  async isReady(): Promise<void> {
    await expect(this.list).toBeVisible();
    await this.isUpToDate();
  }

  /** A person's first visit: the short guide, which is put away. */
  async closeGuide(): Promise<void> {
    await this.page
      .getByRole('complementary')
      .getByRole('button', { name: this.say('shell:guide.understood') })
      .click();
  }

  /** Says "understood" to the warning that this machine has no keyring. */
  async closeWarning(): Promise<void> {
    const warning = this.page.getByRole('status').filter({ hasText: this.say('shell:line.plainText') });
    if (await warning.isVisible())
      await this.page
        .getByRole('button', { name: this.say('shell:line.understood') })
        .first()
        .click();
    await expect(warning).toBeHidden();
  }

  // What is always there

  get rail(): Locator {
    return this.page.getByRole('navigation', { name: this.say('shell:rail.label') });
  }

  async isUpToDate(): Promise<void> {
    await expect(this.rail.getByRole('status')).toHaveText(this.say('shell:sync.up_to_date'));
  }

  /** The menu of the person at the bottom of the rail. */
  async openMenu(): Promise<void> {
    await this.rail.getByRole('button', { name: patternOf(this.say('shell:me.menu')) }).click();
  }

  /** A language, theme or density, by the key of its text. */
  async choose(key: string): Promise<void> {
    await this.openMenu();
    await this.page.getByRole('menuitemradio', { name: this.say(`shell:${key}`) }).click();
    await this.page.keyboard.press('Escape');
    await expect(this.page.getByRole('menu')).toBeHidden();
  }

  async signOut(): Promise<void> {
    await this.openMenu();
    await this.page.getByRole('menuitem', { name: this.say('shell:me.signOut') }).click();
  }

  /** Nothing is on its way any more. */
  async isSent(): Promise<void> {
    await expect(this.rail.getByRole('status')).not.toHaveText(/\d/);
  }

  get offlineLine(): Locator {
    return this.page.getByRole('status').filter({ hasText: patternOf(this.say('shell:line.offlineSince')) });
  }

  /** Opens the list of what waits to be sent. */
  async showWaiting(): Promise<Locator> {
    await this.offlineLine.locator('..').getByRole('button').click();
    const list = this.page.getByRole('dialog', { name: this.say('shell:outbox.title') });
    await expect(list).toBeVisible();
    return list;
  }

  /** The page of everything that the server does not have. */
  async showUnsent(): Promise<Locator> {
    await this.page.keyboard.press('g');
    await this.page.keyboard.press('o');
    await expect(this.pane.getByRole('heading', { name: this.say('shell:outbox.page') })).toBeVisible();
    return this.pane;
  }

  // Lists

  get list(): Locator {
    return this.page.getByRole('listbox').first();
  }

  async show(view: ViewName): Promise<void> {
    // Its count is part of its name: "10 085".
    const name = new RegExp(`^${patternOf(this.say(`shell:view.${view}`)).source}[\\s\\d,]*$`);
    await this.rail.getByRole('button', { name }).click();
  }

  row(title: string): Locator {
    return this.page.getByRole('option').filter({ hasText: title });
  }

  /** Chooses the ticket in the list and waits for it in the pane. */
  async open(title: string): Promise<void> {
    await this.row(title).first().click();
    await expect(this.heading(title)).toBeVisible();
  }

  // The ticket

  get pane(): Locator {
    return this.page.getByRole('main');
  }
  heading(title: string): Locator {
    return this.pane.getByRole('heading', { name: title });
  }
  /** "À vous", a colleague's name, or the pool: what the ticket's head says of its holder. */
  async isHeldBy(who: 'me' | 'nobody' | string): Promise<void> {
    const text = who === 'me' ? this.say('ticket:head.yours') : who === 'nobody' ? this.say('ticket:head.inPool') : who;
    await expect(this.pane.locator('header').first()).toContainText(text);
  }
  /** Who else has the ticket before him. */
  get present(): Locator {
    return this.pane.locator('header').first().getByRole('status');
  }
  get timeline(): Locator {
    return this.page.getByRole('list', { name: this.say('ticket:timeline.label') });
  }
  /** What stands above the timeline: the reason of a refusal, or a rating. */
  get pin(): Locator {
    return this.pane.getByRole('note');
  }
  operation(name: string): Locator {
    return this.pane.getByRole('button', { name: this.say(`ticket:operation.${name}`) });
  }

  get noteField(): Locator {
    return this.pane.getByRole('textbox', { name: this.say('ticket:composer.label') });
  }

  async typeNote(text: string): Promise<void> {
    const writing = await this.noteField.evaluate((field) => field === document.activeElement);
    if (!writing) await this.page.keyboard.press('n');
    await expect(this.noteField).toBeFocused();
    await this.page.keyboard.type(text);
  }

  async note(text: string): Promise<void> {
    await this.typeNote(text);
    await this.page.keyboard.press('Control+Enter');
    await expect(this.timeline.getByText(text)).toBeVisible();
  }

  /** Leaves whatever field has the focus; the draft stays. */
  async leave(): Promise<void> {
    await this.page.keyboard.press('Escape');
  }

  /** The lasting banner after a refusal. */
  get rejection(): Locator {
    return this.pane.getByRole('alert').first();
  }

  /** By its number, through the search. */
  async find(number: string): Promise<void> {
    await this.show('search');
    await this.page.getByRole('textbox', { name: this.say('shell:search.placeholder') }).fill(number);
    await this.list.getByRole('option').first().click();
    await expect(this.pane.getByText(number).first()).toBeVisible();
  }

  // The call

  get callBar(): Locator {
    return this.page.getByRole('region', { name: this.say('ticket:call.label') });
  }
  get callNote(): Locator {
    return this.callBar.getByRole('textbox', { name: this.say('ticket:call.note') });
  }

  async dial(): Promise<void> {
    await this.page.keyboard.press('t');
    await expect(this.callNote).toBeFocused();
  }

  /** A call that is going on elsewhere, or was found at the start: goes to its ticket. */
  async goToCall(): Promise<void> {
    await this.callBar.getByRole('button', { name: this.say('ticket:call.toCall') }).click();
    await expect(this.callNote).toBeVisible();
  }

  /** What there is to know of the person on the line. */
  callerCard(name?: string): Locator {
    const label = this.say('ticket:card.label', name === undefined ? {} : { name });
    return this.pane.getByRole('region', { name: patternOf(label) });
  }

  async endCall(outcome: (typeof outcomes)[number]): Promise<void> {
    await this.page.keyboard.press(`F${outcomes.indexOf(outcome) + 1}`);
    await expect(this.callBar).toBeHidden();
  }

  // Taking back

  /** What was just done, with its undo. */
  get undoButton(): Locator {
    return this.page.getByRole('status').getByRole('button', { name: this.say('ticket:done.undo') });
  }

  // Forms

  get form(): Locator {
    return this.pane.locator('form').first();
  }

  /** Leaves a form; its draft stays. */
  async backToTicket(): Promise<void> {
    await this.page.keyboard.press('Escape');
    if (await this.form.isVisible()) await this.page.keyboard.press('Escape');
    await expect(this.timeline).toBeVisible();
  }

  /** The bar and the ledger of a clock. */
  get explanation(): Locator {
    return this.page.getByRole('dialog').filter({ has: this.page.getByRole('table') });
  }

  async wait(detail: string): Promise<void> {
    await this.page.keyboard.press('w');
    await this.page.keyboard.press('Alt+2');
    await this.page.getByRole('textbox', { name: this.say('ticket:waitForm.detail.supplier') }).fill(detail);
    await this.page.keyboard.press('Control+Enter');
    await expect(this.timeline).toBeVisible();
  }

  async resume(): Promise<void> {
    await this.page.keyboard.press('p');
  }

  async resolve(text: string, code: string): Promise<void> {
    await this.page.keyboard.press('r');
    await this.page.getByRole('textbox', { name: this.say('ticket:resolveForm.solution') }).fill(text);
    await this.chooseCode(code);
    await this.page.keyboard.press('Control+Enter');
    await expect(this.timeline).toBeVisible();
  }

  get codeField(): Locator {
    return this.pane.getByRole('combobox', { name: this.say('ticket:resolveForm.code') });
  }

  async chooseCode(code: string): Promise<void> {
    await this.codeField.fill(code);
    await this.page.keyboard.press('Enter');
    await expect(this.codeField).toHaveValue(code);
  }
}
