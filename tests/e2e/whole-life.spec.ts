/**
 * A ticket's whole life, by everybody who has a part in it: declared in a real browser, taken, called about and solved in the real console,
 * judged through the link of a mail that a real mail server received, refused, solved again, validated and rated.
 */
import { type Browser, type Page, test } from '@playwright/test';
import type { ParsedMail } from 'mailparser';
import { type MailServer, mailServer } from '../server/mail/mail-server.ts';
import { openBrowser, whyNoBrowser } from './browser.ts';
import { logins, password } from './desk-content.ts';
import { expect } from './expect.ts';
import { Stage } from './stage.ts';

test.skip(whyNoBrowser() !== undefined, whyNoBrowser() ?? '');
// Each has a desk of its own.
test.describe.configure({ mode: 'parallel' });

let stage: Stage;
let post: MailServer;
let browser: Browser;
test.beforeEach(async () => {
  post = await mailServer();
  stage = await Stage.set({ environment: { SMTP_URL: post.url, MAIL_FROM: 'desk@example.org' } });
  browser = await openBrowser();
});
test.afterEach(async () => {
  await browser.close();
  await stage.strike();
  await post.close();
});

async function openPage(path: string, size: { width: number; height: number }): Promise<Page> {
  const context = await browser.newContext({ locale: 'fr-FR', viewport: size, hasTouch: size.width < 600 });
  const page = await context.newPage();
  await page.goto(stage.server.url + path);
  return page;
}

async function signIn(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'Identifiant' }).fill(logins.sara);
  await page.locator('input[type=password]').fill(password);
  await page.getByRole('button', { name: 'Se connecter' }).click();
}

/** A picture that is pasted, as a screenshot is. */
async function pastePicture(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [640, 400];
    canvas.getContext('2d')?.fillText('No network', 20, 40);
    const picture = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([picture as Blob], 'image.png', { type: 'image/png' }));
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  });
}

/** The newest mail to Sara whose subject fits; the server's clock passes what a mail waits. */
async function mailOf(subject: RegExp, nth = 1): Promise<ParsedMail> {
  stage.forward(1);
  const fitting = async () => (await post.read()).filter((mail) => subject.test(mail.subject ?? ''));
  await expect.poll(async () => (await fitting()).length, { timeout: 30_000 }).toBe(nth);
  return (await fitting())[nth - 1] as ParsedMail;
}

/** Where the button leads. */
function linkIn(mail: ParsedMail, answer: 'yes' | 'no'): string {
  const link =
    String(mail.html)
      .match(/href="([^"]*\/decide\?answer=(?:yes|no)#[^"]+)"/g)
      ?.map((one) => one.slice(6, -1)) ?? [];
  const found = link.find((one) => one.includes(`answer=${answer}`));
  if (found === undefined) throw new Error(`the mail has no link for ${answer}: ${mail.text}`);
  return new URL(found).pathname + new URL(found).search + new URL(found).hash;
}

async function wholeLife(size: { width: number; height: number }, title: string): Promise<void> {
  // Declared, with a picture that is pasted.
  const page = await openPage('/new/incident', size);
  await signIn(page);
  await page.getByRole('textbox', { name: 'En quelques mots' }).fill(title);
  await page.getByRole('textbox', { name: 'Que se passe-t-il ?' }).fill('Plus d’Internet au 2e étage <script>alert(1)</script>');
  await page.getByRole('combobox', { name: 'De quoi s’agit-il ?' }).click();
  await page.getByRole('option', { name: 'Réseau' }).click();
  await page.getByRole('radio', { name: 'Tout le site' }).click();
  await page.getByRole('radio', { name: 'Non, bloqué' }).click();
  await pastePicture(page);
  await expect(page.getByRole('button', { name: /^Retirer / })).toBeVisible();
  await expect(page.getByText('Urgence haute')).toBeVisible();
  await page.getByRole('button', { name: 'Envoyer' }).click();
  await expect(page.getByRole('heading', { name: 'C’est signalé' })).toBeVisible({ timeout: 30_000 });
  const number = (await page.getByText(/^[ID]-\d{4}-\d{6}$/).textContent()) ?? '';
  await mailOf(new RegExp(`${number}.*`));

  // Taken, called about, solved in the console.
  await stage.signIn();
  const { console } = stage;
  await console.open(title);
  await expect(console.timeline.getByRole('button', { name: /png/ }).or(console.timeline.getByRole('img')).first()).toBeVisible();
  await stage.page.keyboard.press('c');
  await console.isHeldBy('me');
  await console.dial();
  await console.endCall('reached');
  await console.resolve('Le câble entre les deux commutateurs est remplacé.', 'Réglé à distance');
  await console.isSent();
  const first = await mailOf(/Résolu/);

  // A scanner opens the link first, then she does: nothing is decided by that.
  const no = linkIn(first, 'no');
  const scanner = await openPage(no, size);
  await expect(scanner.getByRole('heading', { level: 1 })).toBeVisible();
  await scanner.context().close();
  const answer = await openPage(no, size);
  await expect(answer.getByText('Le câble entre les deux commutateurs est remplacé.')).toBeVisible();
  await answer.getByRole('radio', { name: 'C’est revenu, puis retombé' }).click();
  await answer.getByRole('textbox', { name: 'Dites-nous ce que vous voyez' }).fill('Coupé de nouveau côté cour.');
  await answer.getByRole('button', { name: /^Renvoyer à/ }).click();
  await expect(stage.page.getByText('Coupé de nouveau côté cour.').first()).toBeVisible({ timeout: 30_000 });

  // Solved again, validated and rated.
  await console.show('mine');
  await console.open(title);
  await console.resolve('Le second câble aussi est remplacé.', 'Réglé à distance');
  await console.isSent();
  const second = await mailOf(/Résolu/, 2);
  const yes = await openPage(linkIn(second, 'yes'), size);
  await expect(yes.getByText('Le second câble aussi est remplacé.')).toBeVisible();
  await yes
    .getByRole('group', { name: 'Le temps que cela a pris' })
    .or(yes.getByRole('radiogroup', { name: 'Le temps que cela a pris' }))
    .getByRole('radio', { name: /^4/ })
    .click();
  await yes
    .getByRole('radiogroup', { name: 'Les réponses reçues' })
    .or(yes.getByRole('group', { name: 'Les réponses reçues' }))
    .getByRole('radio', { name: /^5/ })
    .click();
  await yes.getByRole('button', { name: 'Confirmer et fermer le ticket' }).click();
  await expect(yes.getByRole('status').first()).toBeVisible();

  // The figures arrive in the console.
  await console.find(number);
  await expect(stage.page.getByText(stage.console.say('ticket:timeline.rated', { duration: '4', answers: '5' })).first()).toBeVisible({
    timeout: 30_000,
  });
  // The old link says that it is over.
  const old = await openPage(no, size);
  await expect(old.getByRole('button', { name: /^Renvoyer à/ })).toBeHidden();
}

test('a ticket’s whole life, declared and judged on a phone', () =>
  wholeLife({ width: 390, height: 844 }, 'Plus de réseau au 2e étage, depuis un téléphone'));
test('a ticket’s whole life, declared and judged at a desk', () =>
  wholeLife({ width: 1280, height: 800 }, 'Plus de réseau au 2e étage, depuis un poste'));
