/** Last part: the same console by night, and in English. */

import { Console } from '../../tests/e2e/console.ts';
import { expect } from '../../tests/e2e/expect.ts';
import type { Scene } from './scene.ts';

export async function appearance(scene: Scene): Promise<void> {
  const { teller } = scene;
  const step = teller.step.bind(teller);
  teller.chapter('By night, and in English');
  await step('the dark theme', async () => {
    await scene.openConsole();
    const { console } = scene;
    await console.isReady();
    await console.closeWarning();
    await console.choose('settings.themes.dark');
    await console.show('mine');
    await console.list.getByRole('option').first().click();
    await expect(console.timeline).toBeVisible();
    await scene.picture('dark');
    return undefined;
  });
  await step('everything from one field', async () => {
    const { page } = scene;
    await page.keyboard.press('Control+K');
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.keyboard.type('re');
    await scene.picture('palette');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
    return undefined;
  });
  await step('English, at once and everywhere', async () => {
    await scene.console.choose('language.en');
    const english = new Console(scene.page, 'en');
    await expect(scene.page.getByRole('heading', { name: english.say('shell:view.mine') })).toBeVisible();
    await english.choose('settings.themes.light');
    await english.show('pool');
    await english.list.getByRole('option').first().click();
    await english.isHeldBy('nobody');
    await scene.picture('english');
    expect(scene.complaints).toEqual([]);
    return undefined;
  });
}
