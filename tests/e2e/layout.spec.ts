import { expect, type Page, test } from '@playwright/test';
import { idOf, logins, password, titleOf } from './desk-content.ts';
import { findFaults } from './find-faults.ts';
import { settled } from './settled.ts';
import { Stage } from './stage.ts';

/** On each screen, at both sizes and in both languages, nothing overlaps and no text is cut without an ellipsis. */
const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
];

// The languages side by side; what is told of one console, in its order.
test.describe.configure({ mode: 'parallel' });

for (const language of ['fr', 'en'] as const) {
  test.describe(`before signing in, in ${language}`, () => {
    test.describe.configure({ mode: 'default' });
    let stage: Stage;
    test.beforeAll(async () => {
      stage = await Stage.set({ language, knowsServer: false });
    });
    test.afterAll(() => stage.strike());

    test('the choice of the server, signing in, and a wrong password', async () => {
      const { page, console } = stage;
      const address = page.getByRole('textbox', { name: console.say('shell:signin.server.address') });
      await expect(address).toBeVisible();
      await look(page, 'server choice');
      await address.fill('http://127.0.0.1:9');
      await page.keyboard.press('Enter');
      await expect(page.getByText(console.say('shell:failure.unreachable'))).toBeVisible();
      await look(page, 'server choice, unreachable');
      await address.fill(stage.server.url);
      await page.keyboard.press('Enter');

      await expect(console.loginField).toBeVisible();
      await look(page, 'sign-in');
      await console.signIn(logins.julien, 'wrong');
      await expect(page.getByText(console.say('shell:failure.wrong'))).toBeVisible();
      await look(page, 'wrong password');
    });
  });

  test.describe(`the console in ${language}`, () => {
    test.describe.configure({ mode: 'default' });
    let stage: Stage;
    // Also after a fault, which starts the rest anew: each test begins in the pool of somebody who is signed in.
    test.beforeAll(async () => {
      stage = await Stage.set({ language });
      await stage.console.signIn(logins.julien, password);
      await stage.console.isReady();
      await look(stage.page, 'guide');
      await stage.console.closeGuide();
      await look(stage.page, 'no keyring');
      await stage.console.closeWarning();
    });
    test.afterAll(() => stage.strike());

    test('each list', async () => {
      const { page, console } = stage;
      for (const view of ['pool', 'mine', 'waiting', 'callbacks', 'all'] as const) {
        await console.show(view);
        await expect(page.getByRole('heading', { name: console.say(`shell:view.${view}`) })).toBeVisible();
        await look(page, view);
      }
      await console.show('search');
      await look(page, 'search, empty');
      await page.keyboard.type('reseau');
      await expect(console.row(titleOf('network'))).toBeVisible();
      await look(page, 'search, found');
      await page.keyboard.press('Control+A');
      await page.keyboard.type('xyzzy');
      await expect(page.getByRole('option')).toHaveCount(0);
      await look(page, 'search, nothing');
    });

    test('a ticket of each sort', async () => {
      const { page, console } = stage;
      await console.show('all');
      for (const key of ['network', 'payment', 'folder', 'tablet', 'refused', 'laptop', 'amiras', 'solved'] as const) {
        await console.open(titleOf(key));
        await look(page, `ticket ${key}`);
      }
    });

    test('why a clock stands where it stands', async () => {
      const { page, console } = stage;
      await console.show('all');
      await console.open(titleOf('laptop'));
      await page.keyboard.press('e');
      await expect(console.explanation).toBeVisible();
      await look(page, 'explanation');
      await page.keyboard.press('Escape');
      // From a countdown in the list: another ticket, and its own clock.
      await console.list.locator('[data-explains=takeCharge]').first().click();
      await expect(console.explanation).toContainText(console.say('ticket:clock.takeCharge'));
      await look(page, 'explanation from the list');
      await page.keyboard.press('Escape');
    });

    test('each form', async () => {
      const { page, console } = stage;
      await console.show('all');
      await console.open(titleOf('tablet'));
      for (const [key, name] of [
        ['w', 'wait'],
        ['r', 'resolve'],
        ['a', 'assign'],
        ['l', 'release'],
        ['u', 'set_urgency'],
        ['q', 'set_category'],
        ['b', 'edit_contact'],
      ] as const) {
        await page.keyboard.press(key);
        await expect(console.form).toBeVisible();
        await look(page, `form ${name}`);
        // What is missing is said at its field.
        await page.keyboard.press('Control+Enter');
        if (await console.form.isVisible()) await look(page, `form ${name}, incomplete`);
        await console.backToTicket();
      }
      await page.keyboard.press('o');
      await expect(page.getByText(console.say('ticket:caller.title'))).toBeVisible();
      await look(page, 'open for a caller');
      await page.keyboard.press('Escape');
    });

    test('the menu of what is rare, and the palette', async () => {
      const { page, console } = stage;
      await console.show('mine');
      await console.open(titleOf('tablet'));
      await page.keyboard.press('.');
      await expect(page.getByRole('menu')).toBeVisible();
      await look(page, 'menu of operations');
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+K');
      await expect(page.getByRole('dialog')).toBeVisible();
      await look(page, 'palette');
      await page.keyboard.type('reseau');
      await look(page, 'palette, found');
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toBeHidden();
    });

    test('settings', async () => {
      const { page, console } = stage;
      await console.openMenu();
      await look(page, 'menu of the person');
      await page.getByRole('menuitem', { name: console.say('shell:settings.title') }).click();
      await expect(page.getByRole('navigation', { name: console.say('shell:settings.title') })).toBeVisible();
      await look(page, 'settings');
      await page.keyboard.press('Escape');
    });

    test('the call', async () => {
      const { page, console } = stage;
      await console.show('mine');
      await console.open(titleOf('tablet'));
      await console.dial();
      await page.keyboard.type('Une note assez longue pour tenir sur deux lignes au moins, car on écrit vite quand quelqu’un parle.');
      await look(page, 'call');
      await console.endCall('no_answer');
      await look(page, 'after the call');
    });

    test('offline, with what waits, and a refused claim', async () => {
      const { page, console } = stage;
      await console.isSent();
      await stage.server.stop();
      await expect(console.offlineLine).toBeVisible();
      await console.show('pool');
      await console.open(titleOf('vpn'));
      await look(page, 'offline');
      await console.note('Vu avec le fournisseur d’accès, qui rappelle demain.');
      await console.leave();
      await look(page, 'offline, with unsent work');
      await console.showWaiting();
      await look(page, 'what waits');
      await console.leave();
      await console.showUnsent();
      await look(page, 'unsent actions');
      await console.leave();
      await stage.launched.kill();
      await stage.server.start();
      const amira = await stage.colleague('amira');
      await amira.operate('claim', idOf('vpn'));
      await stage.openConsole();
      await expect(stage.console.offlineLine).toBeHidden({ timeout: 40_000 });
      await stage.console.show('all');
      await stage.console.open(titleOf('vpn'));
      await expect(stage.page.getByRole('alert')).toContainText('Amira Haddad');
      await look(stage.page, 'refused claim');
      await stage.console.showUnsent();
      await look(stage.page, 'refused, on the page of unsent actions');
      await stage.console.leave();
    });

    test('deadlines that were announced', async () => {
      const { page, console } = stage;
      for (const key of ['payment', 'network'] as const) {
        await console.show('pool');
        await console.open(titleOf(key));
        await page.keyboard.press('c');
        await console.isHeldBy('me');
        await console.isSent();
      }
      stage.forward(25);
      const amira = await stage.colleague('amira');
      await amira.operate('note', idOf('amiras'), { text: 'Vu', visibility: 'internal' });
      const banner = page.getByRole('region', { name: console.say('shell:alerts.label') });
      await expect(banner).toBeVisible();
      await look(page, 'an announced deadline');
      await banner.locator('[aria-expanded]').click();
      await look(page, 'all announced deadlines');
    });
  });
}

test('the eye for faults sees them: a cut, an overlap, something outside', async () => {
  const stage = await Stage.set();
  try {
    await expect(stage.console.loginField).toBeVisible();
    expect(await stage.page.evaluate(findFaults)).toEqual([]);
    const plant = (style: string, text: string) =>
      stage.page.evaluate(
        ([css, words]) => {
          const box = document.createElement('div');
          box.id = 'planted';
          box.textContent = words ?? '';
          box.setAttribute('style', css ?? '');
          document.body.append(box);
        },
        [style, text],
      );
    const seen = async () => {
      const faults = await stage.page.evaluate(findFaults);
      await stage.page.evaluate(() => document.getElementById('planted')?.remove());
      return faults.join('\n');
    };
    const corner = 'position:absolute;left:20px;top:20px;white-space:nowrap;overflow:hidden;width:60px;';
    await plant(corner, 'A text that is far too long for its box');
    expect(await seen()).toContain('cut sideways: “A text that is far too long for its box”');
    await plant(`${corner}text-overflow:ellipsis`, 'A text that is far too long for its box');
    expect(await seen()).toBe('');
    await plant('position:absolute;left:20px;top:20px;height:8px;overflow:hidden', 'Too low');
    expect(await seen()).toContain('cut in height: “Too low”');
    await plant('position:fixed;left:-40px;top:20px', 'Outside');
    expect(await seen()).toContain('outside the window: “Outside”');
    const field = await stage.console.loginField.boundingBox();
    await plant(`position:absolute;left:${field?.x}px;top:${(field?.y ?? 0) - 14}px;width:300px`, 'On the label, and on nothing else');
    expect(await seen()).toContain('on one another');
  } finally {
    await stage.strike();
  }
});

async function look(page: Page, screen: string): Promise<void> {
  for (const size of sizes) {
    await page.setViewportSize(size);
    await settled(page);
    const faults = await page.evaluate(findFaults);
    expect.soft(faults, `${screen} at ${size.width}×${size.height}`).toEqual([]);
    // For whoever wants to look for himself: LAYOUT_PICTURES=/some/folder.
    const folder = process.env.LAYOUT_PICTURES;
    const language = await page.locator('html').getAttribute('lang');
    if (folder) await page.screenshot({ path: `${folder}/${screen.replaceAll(/[ ,]+/g, '-')}-${language}-${size.width}.png` });
  }
  await page.setViewportSize(sizes[0] ?? { width: 1280, height: 800 });
  await settled(page);
}
