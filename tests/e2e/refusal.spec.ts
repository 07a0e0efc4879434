/** How a ticket ends: refused by the person who asked, it is back on top with the reason; validated and rated, it says so. */
import { test } from '@playwright/test';
import { idOf, titleOf } from './desk-content.ts';
import { expect } from './expect.ts';
import { Stage } from './stage.ts';

let stage: Stage;
test.beforeAll(async () => {
  stage = await Stage.set();
  await stage.signIn();
});
test.afterAll(() => stage?.strike());

test('a refusal comes back on top of mine with its reason, is announced, and what follows it is rated in sight of its holder', async () => {
  const { console, page } = stage;
  const antoine = await stage.colleague('antoine');
  const id = idOf('rights');
  const title = titleOf('rights');
  /** At the server: the rail says only of what takes long that it waits. */
  const isResolved = () => expect.poll(async () => (await antoine.ticket(id)).ticket.phase).toBe('resolved');
  await console.open(title);
  await page.keyboard.press('c');
  await console.isHeldBy('me');
  await console.resolve('Droits donnés jusqu’à ce soir.', 'Réglé à distance');
  await isResolved();
  await console.show('mine');
  await expect(console.row(title)).toBeHidden();
  // Nothing of the list moves under the pointer.
  await page.mouse.move(0, 0);

  expect(await antoine.operate('refuse', id, { reason: 'Toujours le même message au lancement.' })).toMatchObject({ status: 'applied' });
  // Before all that is due sooner, behind the other one that was refused, which is due before it.
  const rows = console.list.getByRole('option');
  await expect(rows.nth(1)).toContainText(title);
  for (const row of [rows.nth(0), rows.nth(1)]) await expect(row).toContainText(console.say('shell:row.refused'));
  await expect(rows.nth(0)).toContainText(titleOf('refused'));
  const said = console.say('ticket:pin.refused', { name: 'Antoine Besson' });
  await expect(page.getByRole('region', { name: console.say('shell:alerts.label') })).toContainText(said);
  await console.open(title);
  await expect(console.pin).toContainText(said);
  await expect(console.pin).toContainText('Toujours le même message au lancement.');

  await console.dial();
  const card = console.callerCard('Antoine Besson');
  await expect(card).toContainText(titleOf('solved'));
  await expect(card).toContainText(console.say('ticket:earlier.marks', { duration: 4, answers: 5 }));
  await console.endCall('reached');

  await console.resolve('Profil refait, vérifié ensemble.', 'Réglé à distance');
  await isResolved();
  await expect(console.pin).toBeHidden();
  expect(await antoine.operate('validate', id)).toMatchObject({ status: 'applied' });
  const solved = (await antoine.ticket(id)).resolutions.at(-1);
  const marks = { duration: 3, answers: 5, comment: 'Deux essais, mais c’est réglé.' };
  expect(await antoine.operate('rate', id, { resolutionId: solved?.id, ...marks })).toMatchObject({ status: 'applied' });
  await expect(console.pin).toContainText(console.say('ticket:pin.rated', { name: 'Antoine Besson' }));
  await expect(console.pin).toContainText(console.say('ticket:pin.marks', marks));
  await expect(console.pin).toContainText(marks.comment);
});
