import { expect, test } from '@playwright/test';
import { idOf, logins, password, titleOf } from './desk-content.ts';
import { Stage } from './stage.ts';

test('a second technician, at her own console, sees a claim as it happens and by whom', async () => {
  const stage = await Stage.set();
  try {
    await stage.signIn();
    const amira = await stage.anotherConsole('amira');
    await amira.console.signIn(logins.amira, password);
    await amira.console.isReady();
    await amira.console.closeGuide();
    await amira.console.open(titleOf('share'));
    await amira.console.isHeldBy('nobody');
    const thomas = await stage.colleague('thomas');
    const hers = async () => (await thomas.present()).find((one) => one.personId === 'amira')?.ticketId;
    await expect.poll(hers, { timeout: 20_000 }).toBe(idOf('share'));

    await stage.console.open(titleOf('share'));
    await stage.page.keyboard.press('c');
    await stage.console.isHeldBy('me');
    // Before anybody says a word, he knows that she has it before her.
    await expect(stage.console.present).toHaveText(stage.console.say('ticket:head.looking', { name: 'Amira' }), { timeout: 20_000 });

    await amira.console.isHeldBy('Julien Morel');
    await expect(amira.console.operation('claim')).toBeHidden();
    await expect(amira.console.pane).toContainText(amira.console.say('ticket:ops.held', { name: 'Julien' }));
    await expect(amira.console.timeline).toContainText('Julien Morel');
    // A note of hers does not take it away from him, and he sees it come.
    await amira.console.note('Même panne à l’atelier la semaine dernière.');
    await expect(stage.console.timeline).toContainText('Même panne à l’atelier la semaine dernière.');
    await stage.console.isHeldBy('me');
    await amira.launched.close();
  } finally {
    await stage.strike();
  }
});
