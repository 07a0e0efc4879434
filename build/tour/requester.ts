/** Third part, where there is a browser: the same life from the other side, declared and judged by whoever has the problem, on a phone. */
import type { Browser, Page } from '@playwright/test';
import { simpleParser } from 'mailparser';
import { openBrowser, whyNoBrowser } from '../../tests/e2e/browser.ts';
import { expect } from '../../tests/e2e/expect.ts';
import type { Scene } from './scene.ts';

const PHONE = { width: 390, height: 844 };
const TITLE = 'Plus d’Internet dans la salle Rhône';
const SOLUTION = 'Le câble entre les deux commutateurs était abîmé : il est remplacé, et le réseau tient depuis 45 minutes.';

export async function requester(scene: Scene): Promise<void> {
  const { teller, console } = scene;
  const why = whyNoBrowser();
  if (why !== undefined) {
    teller.chapter(`The requester's side: left out, ${why}`);
    return;
  }
  const browser = await openBrowser();
  try {
    teller.chapter('The requester’s side');
    await play(scene, browser);
  } finally {
    await browser.close();
  }
  await console.isUpToDate();
}

async function play(scene: Scene, browser: Browser): Promise<void> {
  const { teller, console } = scene;
  const step = teller.step.bind(teller);
  const page = await openPage(browser, `${scene.server.url}/new/incident`);
  let number = '';
  await step('a minute in a corridor: what, who is touched, can one still work', async () => {
    await page.getByRole('textbox', { name: 'Identifiant' }).fill(scene.asker.login);
    await page.getByLabel('Mot de passe', { exact: true }).fill(scene.asker.password);
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'En quelques mots' }).fill(TITLE);
    await page
      .getByRole('textbox', { name: 'Que se passe-t-il ?' })
      .fill('Ni Wi-Fi ni prise depuis 9:20, et nous recevons un client à 11 h.');
    await page.getByRole('combobox', { name: 'De quoi s’agit-il ?' }).click();
    await page.getByRole('option', { name: 'Réseau', exact: true }).click();
    await page.getByRole('radio', { name: 'Une équipe' }).click();
    await page.getByRole('radio', { name: 'Non, bloqué' }).click();
    await expect(page.getByText('Urgence haute')).toBeVisible();
    await page.getByRole('radio', { name: 'Une équipe' }).scrollIntoViewIfNeeded();
    await teller.picture(page, 'portal-declare');
    return scene.asker.name;
  });
  await step('sent: the number, and when to expect a call', async () => {
    await page.getByRole('button', { name: 'Envoyer' }).click();
    await expect(page.getByRole('heading', { name: 'C’est signalé' })).toBeVisible();
    number = (await page.getByText(/^[ID]-\d{4}-\d{6}$/).textContent()) ?? '';
    await teller.picture(page, 'portal-sent');
    return number;
  });
  await step('in the console it is there at once: taken, called, solved', async () => {
    await console.find(number);
    await scene.page.keyboard.press('c');
    await console.isHeldBy('me');
    await console.dial();
    await console.endCall('reached');
    await console.resolve(SOLUTION, 'Matériel remplacé');
    await console.isSent();
    return undefined;
  });
  let link = '';
  await step('the mail has two buttons, and each a link that needs no password', async () => {
    await expect
      .poll(
        async () => {
          const mails = await Promise.all(scene.mails().map((mail) => simpleParser(mail)));
          const solved = mails.find(({ text, subject }) => subject?.includes(number) && text?.includes('/decide?answer=yes'));
          link = /\S+\/decide\?answer=yes#\S+/.exec(solved?.text ?? '')?.[0] ?? '';
          return link;
        },
        { timeout: 40_000 },
      )
      .not.toBe('');
    return undefined;
  });
  const yes = await openPage(browser, link);
  await step('yes, and how it was: from 1 to 5 for the time, from 1 to 5 for the answers', async () => {
    await expect(yes.getByText(SOLUTION)).toBeVisible();
    await yes.getByRole('radiogroup', { name: 'Le temps que cela a pris' }).getByRole('radio', { name: /^4/ }).click();
    await yes.getByRole('radiogroup', { name: 'Les réponses reçues' }).getByRole('radio', { name: /^5/ }).click();
    await teller.picture(yes, 'portal-resolution');
    await yes.getByRole('button', { name: 'Confirmer et fermer le ticket' }).click();
    await expect(yes.getByRole('heading', { name: 'Merci, c’est fermé' })).toBeVisible();
    return undefined;
  });
  await step('what is theirs, and what happened to it', async () => {
    await page.goto(`${scene.server.url}/`);
    await expect(page.getByRole('heading', { name: 'Mes tickets' })).toBeVisible();
    await teller.picture(page, 'portal-tickets');
    await page
      .getByRole('link', { name: new RegExp(TITLE) })
      .first()
      .click();
    await expect(page.getByText(SOLUTION).first()).toBeVisible();
    await teller.picture(page, 'portal-ticket');
    return undefined;
  });
  await step('the marks are in the console', async () => {
    await console.find(number);
    await expect(console.pin).toContainText(console.say('ticket:pin.marks', { duration: 4, answers: 5 }));
    return undefined;
  });
}

async function openPage(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({
    viewport: PHONE,
    locale: 'fr-FR',
    timezoneId: 'Europe/Paris',
    hasTouch: true,
    isMobile: true,
  });
  const page = await context.newPage();
  await page.goto(url);
  return page;
}
