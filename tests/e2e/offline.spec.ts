import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { idOf, titleOf } from './desk-content.ts';
import { Stage } from './stage.ts';

test.describe.configure({ mode: 'serial' });
let stage: Stage;
test.beforeAll(async () => {
  stage = await Stage.set();
  await stage.signIn();
});
test.afterAll(() => stage.strike());

test('the server stops in the middle: one quiet line says so, and work goes on', async () => {
  const { console } = stage;
  await console.open(titleOf('printer'));
  await stage.server.stop();
  await expect(console.offlineLine).toBeVisible();
  await console.note('Tambour usé, je commande.');
  await console.isHeldBy('me');
  await expect(console.pane).toContainText(console.say('ticket:head.toConfirm'));
  await console.leave();
  await console.dial();
  await expect.poll(() => stage.dialler.asked().length).toBe(1);
  await stage.page.keyboard.type('Personne.');
  await console.endCall('no_answer');
  await expect(console.timeline).toContainText(console.say('ticket:timeline.called.no_answer'));
  const waiting = await console.showWaiting();
  await expect(waiting.getByRole('listitem')).toHaveCount(3);
  await console.leave();
});

test('it comes back: everything is sent, nothing twice, and the line is gone', async () => {
  const { console } = stage;
  await stage.server.start();
  await expect(console.offlineLine).toBeHidden({ timeout: 40_000 });
  await console.isUpToDate();
  const amira = await stage.colleague('amira');
  const { ticket, entries } = await amira.ticket(idOf('printer'));
  expect(ticket.holderId).toBe('julien');
  expect(entries.filter((entry) => entry.authorId === 'julien').map((entry) => [entry.kind, entry.offline])).toEqual([
    ['claimed', true],
    ['noted', true],
    ['called', true],
  ]);
  await expect(console.pane).not.toContainText(console.say('ticket:head.toConfirm'));
});

test('killed with unsent work, a draft and a call in progress: all of it is there at the next start', async () => {
  await stage.server.stop();
  const { console } = stage;
  await expect(console.offlineLine).toBeVisible();
  await console.show('pool');
  await console.open(titleOf('folder'));
  await console.note('Droits à redemander au service.');
  await console.typeNote('Rappeler aussi');
  await console.leave();
  await console.dial();
  await stage.page.keyboard.type('Elle vérifie son accès');
  // Drafts are at most a quarter of a second behind the keyboard.
  await expect.poll(() => stage.isOnDisk('Elle vérifie son accès') && stage.isOnDisk('Rappeler aussi')).toBe(true);
  await stage.launched.kill();

  await stage.openConsole();
  const again = stage.console;
  await expect(again.callBar).toContainText(again.say('ticket:call.withRecovered', { name: 'Marie-Christine Vandenbrouck-Delahaye' }));
  await again.goToCall();
  await expect(again.callBar).toContainText(again.say('ticket:call.recovered'));
  await expect(again.callNote).toHaveValue('Elle vérifie son accès');
  await expect(again.offlineLine).toBeVisible();
  await again.endCall('reached');
  await again.show('mine');
  await again.open(titleOf('folder'));
  await expect(again.timeline).toContainText('Droits à redemander au service.');
  await expect(again.timeline).toContainText('Elle vérifie son accès');
  await expect(again.noteField).toHaveValue('Rappeler aussi');
  const waiting = await again.showUnsent();
  await expect(waiting.getByRole('listitem')).toHaveCount(3);

  // All of it as a file, where the person says.
  const file = join(stage.launched.userData, 'export.json');
  await stage.launched.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, file);
  await waiting.getByRole('button', { name: again.say('shell:outbox.export.ready') }).click();
  await expect(waiting.getByRole('button', { name: again.say('shell:outbox.export.saved') })).toBeVisible();
  const exported = JSON.parse(readFileSync(file, 'utf8'));
  expect(exported.operations.map((one: { name: string }) => one.name)).toHaveLength(3);
  expect(JSON.stringify(exported)).toContain('Droits à redemander au service.');
  expect(exported.drafts).toMatchObject([{ form: 'note', content: { text: 'Rappeler aussi' } }]);
  await again.leave();
});

test('a claim made offline that somebody else won is refused with a lasting banner; what could be kept is kept', async () => {
  const { console } = stage;
  await console.show('pool');
  await console.open(titleOf('vpn'));
  await console.note('Vu avec le fournisseur d’accès.');
  await stage.launched.kill();
  await stage.server.start();
  const amira = await stage.colleague('amira');
  expect(await amira.operate('claim', idOf('vpn'))).toMatchObject({ status: 'applied' });

  await stage.openConsole();
  const again = stage.console;
  await expect(again.offlineLine).toBeHidden({ timeout: 40_000 });
  await again.isSent();
  await again.show('all');
  await again.open(titleOf('vpn'));
  const banner = stage.page.getByRole('alert');
  await expect(banner).toContainText('Amira Haddad');
  await expect(banner).toContainText(again.say('ticket:rejected.kept'));
  await expect(again.timeline).toContainText('Vu avec le fournisseur d’accès.');
  const { ticket, entries } = await amira.ticket(idOf('vpn'));
  expect(ticket.holderId).toBe('amira');
  expect(entries.filter((entry) => entry.authorId === 'julien').map((entry) => entry.kind)).toEqual(['noted']);
  // It lasts: not a message that goes away, but there until it is put away, also after a restart.
  await stage.launched.close();
  await stage.openConsole();
  await stage.console.isReady();
  await stage.console.show('all');
  await stage.console.open(titleOf('vpn'));
  await expect(stage.page.getByRole('alert')).toContainText('Amira Haddad');
  await stage.page
    .getByRole('alert')
    .getByRole('button', { name: stage.console.say('ticket:rejected.dismiss') })
    .click();
  await expect(stage.page.getByRole('alert')).toBeHidden();
});

test('in the end console and server hold the same rows', async () => {
  const { console } = stage;
  await console.isUpToDate();
  const julien = await stage.colleague('julien');
  await stage.launched.close();
  const status = stage.coreStatus();
  const server = await julien.hash();
  expect(status.outbox).toBe(0);
  expect({ epoch: status.epoch, seq: status.seq, tickets: status.tickets, hash: status.hash }).toEqual(server);
  await stage.openConsole();
  await stage.console.isReady();
});
