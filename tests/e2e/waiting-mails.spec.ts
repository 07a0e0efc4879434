/** Mails that the service could not place, from a real mailbox to the ticket on which a technician puts them. */
import { test } from '@playwright/test';
import { whyNoDovecot } from '../../build/setup/dovecot.mjs';
import { letter, SERVICE } from '../server/mail/inbound/letters.ts';
import { type PrivateDovecot, privateDovecot } from '../server/mail/inbound/private-dovecot.ts';
import { titleOf } from './desk-content.ts';
import { expect } from './expect.ts';
import { findFaults } from './find-faults.ts';
import { settled } from './settled.ts';
import { Stage } from './stage.ts';

test.skip(whyNoDovecot() !== undefined, whyNoDovecot() ?? '');

let mailbox: PrivateDovecot;
let stage: Stage;
test.beforeAll(async () => {
  mailbox = await privateDovecot();
  const stranger = 'Élodie Vandenbrouck-Delahaye <elodie@elsewhere.example>';
  const long = 'Re: Fwd: le badge de la porte nord, celui de l’entrepôt 4 et le lecteur du quai de réception ne répondent plus';
  await mailbox.deliver('desk', letter({ from: stranger, to: SERVICE, subject: long, text: 'Depuis ce matin.\nMerci.' }));
  const photo = { name: 'filename="photo.png"', type: 'image/png', bytes: 'not a picture' };
  await mailbox.deliver('desk', letter({ from: stranger, to: SERVICE, subject: 'Une photo', files: [photo] }));
  stage = await Stage.set({ environment: { IMAP_URL: mailbox.url('desk'), MAIL_REPLY_TO: SERVICE } });
  await stage.signIn();
});
test.afterAll(async () => {
  await stage?.strike();
  await mailbox?.stop();
});

test('a mail of a stranger is counted, read, put on a ticket with its file; another one is thrown away', async () => {
  const { console, page } = stage;
  const { say } = console;
  const title = say('shell:mails.title');
  // How many wait is heard with the look at who is here, every half a minute.
  await console.rail.getByRole('button', { name: title }).click({ timeout: 40_000 });
  const list = page.getByRole('list', { name: title });
  await expect(list.getByRole('button')).toHaveCount(2, { timeout: 40_000 });
  await list.getByRole('button', { name: /le badge de la porte nord/ }).click();
  await expect(page.getByText('Depuis ce matin.')).toBeVisible();
  await settled(page);
  expect(await page.evaluate(findFaults)).toEqual([]);

  await list.getByRole('button', { name: /Une photo/ }).click();
  await page.keyboard.press('n');
  await page.keyboard.type(titleOf('share'));
  await page
    .getByRole('option')
    .filter({ hasText: titleOf('share') })
    .click();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('status').filter({ hasText: say('shell:mails.done.note') })).toBeVisible();
  await expect(list.getByRole('button')).toHaveCount(1);
  // At once, and not with the next look.
  await expect(console.rail.getByRole('button', { name: title })).toContainText('1');
  await settled(page);
  expect(await page.evaluate(findFaults)).toEqual([]);
  await page.getByRole('button', { name: say('shell:mails.show') }).click();
  await expect(console.heading(titleOf('share'))).toBeVisible();
  await expect(console.timeline).toContainText('elodie@elsewhere.example');
  await expect(console.timeline).toContainText('photo.png');

  await page.keyboard.press('g');
  await page.keyboard.press('c');
  await expect(page.getByText('Depuis ce matin.')).toBeVisible();
  await page.keyboard.press('x');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(say('shell:mails.empty'))).toBeVisible();
});
