import { expect, test } from '@playwright/test';
import { closingCodes, logins, password, titleOf } from './desk-content.ts';
import { Stage } from './stage.ts';
import { textsOf } from './texts.ts';

test.describe.configure({ mode: 'serial' });
let stage: Stage;
test.beforeAll(async () => {
  stage = await Stage.set();
});
test.afterAll(() => stage.strike());

test('keyboard only: sign in, choose, take, note, call, solve', async () => {
  const { page, console } = stage;
  // The first empty field has the focus.
  await expect(console.loginField).toBeFocused();
  await page.keyboard.type(logins.julien);
  await page.keyboard.press('Tab');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await console.isReady();
  await page.keyboard.press('Escape'); // the guide

  await page.keyboard.press('/');
  await page.keyboard.type('imprimante');
  await expect(console.row(titleOf('printer'))).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(console.heading(titleOf('printer'))).toBeVisible();
  await page.keyboard.press('c');
  await console.isHeldBy('me');
  await console.note('Au clavier.');
  await console.leave();
  await console.dial();
  await console.endCall('reached');
  await page.keyboard.press('r');
  await page.keyboard.type('Rallumée.');
  await page.keyboard.press('Tab');
  await expect(console.codeField).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const code = await console.codeField.inputValue();
  expect(closingCodes.map(({ names }) => names.fr)).toContain(code);
  await page.keyboard.press('Control+Enter');
  await expect(console.timeline).toContainText('Rallumée.');
  await expect(console.timeline).toContainText(code);
});

test('Escape closes what floats, and leaves what is behind it', async () => {
  const { page, console } = stage;
  await console.show('search');
  const field = page.getByRole('textbox', { name: console.say('shell:search.placeholder') });
  await field.fill('imprimante');
  await page.getByRole('button', { name: console.say('shell:filter.add'), exact: true }).click();
  const filter = page.getByRole('dialog', { name: console.say('shell:filter.add') });
  await expect(filter.getByRole('checkbox').first()).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(filter).toBeHidden();
  await expect(field).toHaveValue('imprimante');

  await console.openMenu();
  await page.getByRole('menuitem', { name: console.say('shell:settings.title') }).click();
  const language = page.getByRole('combobox', { name: console.say('shell:settings.language') });
  await language.click();
  await expect(page.getByRole('option').first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('option')).toHaveCount(0);
  await expect(language).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(language).toBeHidden();

  // With nothing that floats it empties the search, then leaves it.
  await expect(field).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(field).toHaveValue('');
  await page.keyboard.press('Escape');
  await expect(field).toBeHidden();
});

test('the list is walked with J and K, and views are reached with G and a letter', async () => {
  const { page, console } = stage;
  await page.keyboard.press('g');
  await page.keyboard.press('p');
  await expect(page.getByRole('heading', { name: console.say('shell:view.pool') })).toBeVisible();
  await page.keyboard.press('j');
  await expect(page.getByRole('option', { selected: true })).toHaveCount(1);
  const first = await page.getByRole('option', { selected: true }).textContent();
  await page.keyboard.press('j');
  await expect(page.getByRole('option', { selected: true })).not.toHaveText(first ?? '');
  await page.keyboard.press('k');
  await expect(page.getByRole('option', { selected: true })).toHaveText(first ?? '');
});

test('while one types, letters are letters', async () => {
  const { page, console } = stage;
  await page.keyboard.press('g');
  await page.keyboard.press('m');
  await expect(page.getByRole('heading', { name: console.say('shell:view.mine') })).toBeVisible();
  await console.open(titleOf('tablet'));
  const before = await page.getByRole('option', { selected: true }).textContent();
  await console.typeNote('j k c t r w');
  await expect(console.noteField).toHaveValue('j k c t r w');
  await expect(page.getByRole('option', { selected: true })).toHaveText(before ?? '');
  await expect(console.callBar).toBeHidden();
  await page.keyboard.press('Escape');
});

test('the language changes at once, everywhere, and is remembered', async () => {
  const english = textsOf('en');
  await stage.console.choose('language.en');
  await expect(stage.page.getByRole('heading', { name: english('shell:view.mine') })).toBeVisible();
  await expect(stage.page.locator('html')).toHaveAttribute('lang', 'en');
  await stage.launched.close();
  await stage.openConsole();
  await expect(stage.page.getByRole('heading', { name: english('shell:view.pool') })).toBeVisible();
});

test('the dark theme is a theme of its own: dark ground, light text, and is remembered', async () => {
  const english = textsOf('en');
  const light = await ground();
  await stage.page.getByRole('button', { name: english('shell:me.menu', { name: 'Julien Morel' }) }).click();
  await stage.page.getByRole('menuitemradio', { name: english('shell:settings.themes.dark') }).click();
  await expect.poll(ground).toBeLessThan(80);
  expect(light).toBeGreaterThan(200);
  await stage.launched.close();
  await stage.openConsole();
  await expect(stage.page.getByRole('listbox').first()).toBeVisible();
  expect(await ground()).toBeLessThan(80);
});

/** Brightness of the list's ground, 0 to 255. */
function ground(): Promise<number> {
  return stage.page.evaluate(() => {
    for (let at = document.querySelector('[role=listbox]'); at; at = at.parentElement) {
      const parts =
        getComputedStyle(at)
          .backgroundColor.match(/[\d.]+/g)
          ?.map(Number) ?? [];
      if (parts.length >= 3 && parts[3] !== 0) return ((parts[0] ?? 0) + (parts[1] ?? 0) + (parts[2] ?? 0)) / 3;
    }
    return 255;
  });
}
