import { expect, test } from '@playwright/test';
import { closingCodes, idOf, titleOf } from './desk-content.ts';
import { Stage } from './stage.ts';

test.describe.configure({ mode: 'serial' });
let stage: Stage;
const title = titleOf('network');
test.beforeAll(async () => {
  stage = await Stage.set();
  await stage.signIn();
});
test.afterAll(() => stage.strike());

test('typing a note on a ticket of the pool takes it, visibly, and the undo puts it back', async () => {
  const { console } = stage;
  await console.open(title);
  await console.isHeldBy('nobody');
  await console.typeNote('Je regarde');
  await console.isHeldBy('me');
  await console.undoButton.click();
  await console.isHeldBy('nobody');
  // What was typed is not lost by it.
  await expect(console.noteField).toHaveValue('Je regarde');
  const amira = await stage.colleague('amira');
  await expect.poll(async () => (await amira.ticket(idOf('network'))).ticket.holderId).toBeNull();
});

test('a note that is sent claims first, and both reach the server', async () => {
  const { console, page } = stage;
  await console.noteField.click();
  await page.keyboard.press('End');
  await page.keyboard.type(' le commutateur.');
  await page.keyboard.press('Control+Enter');
  await expect(console.timeline).toContainText('Je regarde le commutateur.');
  await console.isHeldBy('me');
  await expect(console.noteField).toHaveValue('');
  const amira = await stage.colleague('amira');
  await expect
    .poll(async () => {
      const { ticket, entries } = await amira.ticket(idOf('network'));
      return [ticket.holderId, entries.some((entry) => entry.kind === 'noted' && entry.data.text === 'Je regarde le commutateur.')];
    })
    .toEqual(['julien', true]);
});

test('one key dials: the system is handed the number and nothing else', async () => {
  const { console } = stage;
  await console.leave();
  await console.dial();
  await expect(console.callBar).toContainText('04 65 71 12 08');
  await expect.poll(() => stage.dialler.asked()).toEqual(['tel:+33465711208']);
});

test('the outcome "reached" is one key, meets the contact clock, and keeps the note of the call', async () => {
  const { console, page } = stage;
  await page.keyboard.type('Voyant revenu puis éteint.');
  await console.endCall('reached');
  await expect(console.timeline).toContainText(console.say('ticket:timeline.called.reached'));
  await expect(console.timeline).toContainText('Voyant revenu puis éteint.');
  const amira = await stage.colleague('amira');
  await expect.poll(async () => (await amira.ticket(idOf('network'))).ticket.sla.rounds[0]?.contactMetAt ?? null).not.toBeNull();
});

test('waiting pauses the clocks, and resuming lets them go on', async () => {
  const { console } = stage;
  const amira = await stage.colleague('amira');
  const phase = async () => (await amira.ticket(idOf('network'))).ticket.phase;
  await console.wait('Commutateur commandé');
  await expect.poll(phase).toBe('waiting');
  await expect(console.pane).toContainText(console.say('ticket:why.done'));
  await console.resume();
  await expect.poll(phase).toBe('open');
  const pauses = (await amira.ticket(idOf('network'))).ticket.sla.pauses;
  expect(pauses).toMatchObject([{ reason: 'supplier' }]);
  expect(pauses[0]?.to).not.toBeNull();
});

test('solved with a text and a code: one mail to those whom it concerns, with the solution in it', async () => {
  const { console } = stage;
  await console.resolve('Port du commutateur remplacé.', closingCodes[1]?.names.fr ?? '');
  await expect(console.timeline).toContainText('Port du commutateur remplacé.');
  const amira = await stage.colleague('amira');
  await expect.poll(async () => (await amira.ticket(idOf('network'))).ticket.phase).toBe('resolved');
  // Ten seconds during which it could be taken back.
  await expect.poll(() => stage.mails().length, { timeout: 40_000 }).toBeGreaterThan(0);
  const mails = stage.mails().join('\n');
  expect(mails).toContain('sara@example.org');
  expect(mails).toContain('antoine@example.org');
  expect(stage.launched.complaints).toEqual([]);
});
