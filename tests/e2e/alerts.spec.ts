/** Deadlines that come near and pass while one works, on a server whose clock is set forward. */
import { type ElectronApplication, test } from '@playwright/test';
import { idOf, titleOf } from './desk-content.ts';
import { expect } from './expect.ts';
import { Stage } from './stage.ts';

let stage: Stage;
test.beforeAll(async () => {
  stage = await Stage.set();
  await stage.signIn();
  await keepNotifications(stage.launched.app);
});
test.afterAll(() => stage?.strike());

type Kept = { title: string; body: string }[];
interface Keeping {
  kept: { title: string; body: string; emit(event: string): void }[];
}

/** The system's notifications are kept instead of being drawn: there is no desktop here that would. */
async function keepNotifications(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ Notification }) => {
    const keeping = globalThis as unknown as Keeping;
    keeping.kept = [];
    Notification.isSupported = () => true;
    Notification.prototype.show = function show(this: Keeping['kept'][number]) {
      keeping.kept.push(this);
    };
  });
}
function notifications(): Promise<Kept> {
  return stage.launched.app.evaluate(() =>
    (globalThis as unknown as Keeping).kept.map(({ title, body }) => ({ title, body: body.replaceAll(/\s/g, ' ') })),
  );
}
/** The window is behind others. */
async function behind(): Promise<void> {
  await stage.launched.app.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) window.blur();
    BrowserWindow.getFocusedWindow = () => null;
  });
}
/** Time passes; what a colleague does lets the console hear of it. */
async function forward(minutes: number): Promise<void> {
  stage.forward(minutes);
  const amira = await stage.colleague('amira');
  await amira.operate('note', idOf('amiras'), { text: `${minutes} min`, visibility: 'internal' });
}
const banner = () => stage.page.getByRole('region', { name: stage.console.say('shell:alerts.label') });
const ofContact = (mark: string) => stage.console.say(`shell:alerts.${mark}`, { clock: stage.console.say('ticket:clock.contact') });

test('at 80 % and at the breach of a contact the row, the banner and the system say so, once each', async () => {
  const { console, page } = stage;
  await behind();
  await console.open(titleOf('network'));
  await page.keyboard.press('c');
  await console.isHeldBy('me');
  await console.isSent();
  await console.show('mine');
  const row = console.row(titleOf('network'));
  await forward(25);
  await expect(row.locator('[data-tone]')).toHaveAttribute('data-tone', 'soon');
  await expect(banner()).toContainText(ofContact('soon'));
  await expect(banner()).toContainText(titleOf('network'));
  await expect
    .poll(notifications)
    .toEqual([{ title: expect.stringContaining(titleOf('network')), body: expect.stringContaining('80 % du temps est écoulé') }]);
  await forward(6);
  await expect(row.locator('[data-tone]')).toHaveAttribute('data-tone', 'late');
  await expect(banner()).toContainText(ofContact('breach'));
  await expect.poll(async () => (await notifications()).length).toBe(2);
  expect((await notifications())[1]?.body).toContain('échéance dépassée');
});

test('a notification that is chosen opens its ticket', async () => {
  const { console } = stage;
  await console.open(titleOf('tablet'));
  await stage.launched.app.evaluate(() => (globalThis as unknown as Keeping).kept.at(-1)?.emit('click'));
  await expect(console.heading(titleOf('network'))).toBeVisible();
});

test('the explanation tells the deadline that passed; Escape leaves it, and not the form behind it', async () => {
  const { page, console } = stage;
  await page.keyboard.press('r');
  await expect(console.form).toBeVisible();
  await console.pane.locator('header').first().locator('[data-tone=late]').click();
  const card = page.getByRole('dialog', { name: console.say('ticket:clock.detail') });
  await expect(card.getByRole('heading')).toContainText(console.say('ticket:clock.contact'));
  await page.keyboard.press('Escape');
  await expect(card).toBeHidden();
  await expect(console.form).toBeVisible();
  await console.backToTicket();
});

test('a snoozed banner comes again after ten minutes, a read one does not', async () => {
  const { console, page } = stage;
  await banner()
    .getByRole('button', { name: console.say('shell:alerts.later') })
    .click();
  await expect(banner()).toBeHidden();
  await forward(11);
  await expect(banner()).toContainText(ofContact('breach'));
  await expect.poll(async () => (await notifications()).length).toBe(3);
  await banner()
    .getByRole('button', { name: console.say('shell:alerts.dismiss') })
    .click();
  await expect(banner()).toBeHidden();
  await stage.launched.close();
  await stage.openConsole();
  await stage.console.isReady();
  await stage.console.show('mine');
  await expect(stage.console.row(titleOf('network')).locator('[data-tone]')).toHaveAttribute('data-tone', 'late');
  await expect(banner()).toBeHidden();
  expect(page.isClosed()).toBe(true);
});
