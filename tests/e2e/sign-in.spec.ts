import { expect, test } from '@playwright/test';
import { logins, password } from './desk-content.ts';
import { Stage } from './stage.ts';

test.describe.configure({ mode: 'serial' });
let stage: Stage;
test.beforeAll(async () => {
  stage = await Stage.set({ knowsServer: false });
});
test.afterAll(() => stage.strike());

test('a new console asks for its server, and says what is wrong with an address', async () => {
  const { page, console } = stage;
  const address = page.getByRole('textbox', { name: console.say('shell:signin.server.address') });
  await address.fill('http://example.org');
  await page.keyboard.press('Enter');
  await expect(page.getByText(console.say('shell:failure.insecure'))).toBeVisible();
  await address.fill('http://127.0.0.1:9');
  await page.keyboard.press('Enter');
  await expect(page.getByText(console.say('shell:failure.unreachable'))).toBeVisible();
  await address.fill(stage.server.url);
  await page.keyboard.press('Enter');
  await expect(console.loginField).toBeVisible();
  await expect(page.getByText('MyService').first()).toBeVisible();
});

test('a wrong password is refused, says how many tries remain, and keeps the name', async () => {
  const { page, console } = stage;
  await console.signIn(logins.julien, 'not my password');
  await expect(page.getByText(console.say('shell:failure.wrong'))).toBeVisible();
  await expect(console.loginField).toHaveValue(logins.julien);
  await expect(console.list).toBeHidden();
});

test('the right one opens the pool of the person’s teams', async () => {
  const { console } = stage;
  await console.signIn(logins.julien, password);
  await console.isReady();
  await expect(stage.page.getByRole('heading', { name: console.say('shell:view.pool') })).toBeVisible();
  await expect(console.list.getByRole('option').first()).toBeVisible();
});

test('the next start does not ask again', async () => {
  await stage.launched.close();
  await stage.openConsole();
  await stage.console.isReady();
});

test('signing out leaves nothing to look at, and the name for next time', async () => {
  const { page, console } = stage;
  await console.signOut();
  await expect(console.loginField).toHaveValue(logins.julien);
  await expect(console.list).toBeHidden();
  expect(stage.launched.complaints).toEqual([]);
  await expect(page.getByRole('option')).toHaveCount(0);
});
