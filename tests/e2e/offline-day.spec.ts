import { expect, test } from '@playwright/test';
import { isDrawn, pastePicture } from './carried.ts';
import type { Console } from './console.ts';
import { closingCodes, idOf, logins, password, titleOf } from './desk-content.ts';
import { Stage } from './stage.ts';

/** What is left of it on the server: each line once. Nothing waits for the photo, which may come last. */
const made = ['attached', 'called', 'claimed', 'noted', 'resolved'];

const photoIn = (console: Pick<Console, 'timeline'>) => console.timeline.locator('button img');

test('without the server a ticket is worked through to its solution, the app is killed, and all of it arrives once', async () => {
  const stage = await Stage.set();
  try {
    await stage.signIn();
    const before = stage.console;
    await before.open(titleOf('printer'));
    await stage.server.stop();
    await expect(before.offlineLine).toBeVisible();
    await stage.page.keyboard.press('c');
    await before.isHeldBy('me');
    await before.dial();
    await stage.page.keyboard.type('Elle a entendu un craquement.');
    await before.endCall('reached');
    await before.note('Tambour fendu, remplacé sur place.');
    await pastePicture(stage.page, before.noteField);
    await isDrawn(photoIn(before));
    await before.leave();
    await before.resolve('Tambour remplacé, page de test imprimée.', closingCodes.find(({ id }) => id === 'remplace')?.names.fr ?? '');
    const unsent = await before.showUnsent();
    await expect(unsent.getByRole('listitem')).toHaveCount(made.length);
    await stage.launched.kill();

    // Started without a server: it is all there, and still waits.
    await stage.openConsole();
    const after = stage.console;
    await expect(after.offlineLine).toBeVisible();
    await expect((await after.showUnsent()).getByRole('listitem')).toHaveCount(made.length);
    await after.leave();
    await after.show('all');
    await after.open(titleOf('printer'));
    await expect(after.timeline).toContainText('Tambour remplacé, page de test imprimée.');
    await isDrawn(photoIn(after));

    await stage.server.start();
    await expect(after.offlineLine).toBeHidden({ timeout: 40_000 });
    await after.isUpToDate();
    await expect((await after.showUnsent()).getByText(after.say('shell:outbox.empty'))).toBeVisible();

    const colleague = await stage.colleague('amira');
    const { ticket, entries, resolutions } = await colleague.ticket(idOf('printer'));
    expect(ticket).toMatchObject({ phase: 'resolved', holderId: 'julien' });
    expect(
      entries
        .filter((entry) => entry.authorId === 'julien')
        .map((entry) => [entry.kind, entry.offline])
        .sort(),
    ).toEqual(made.map((kind) => [kind, true]));
    expect(resolutions.map((one) => one.text)).toEqual(['Tambour remplacé, page de test imprimée.']);

    const amira = await stage.anotherConsole('amira');
    await amira.console.signIn(logins.amira, password);
    await amira.console.isReady();
    await amira.console.closeGuide();
    await amira.console.find(ticket.number ?? '');
    for (const text of ['Elle a entendu un craquement.', 'Tambour fendu, remplacé sur place.', 'Tambour remplacé, page de test imprimée.'])
      await expect(amira.console.timeline.getByText(text)).toHaveCount(1);
    await isDrawn(photoIn(amira.console));
    await amira.launched.close();
  } finally {
    await stage.strike();
  }
});
