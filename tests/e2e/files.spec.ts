import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { carried, isDrawn, pastePicture, picture } from './carried.ts';
import { idOf, logins, password, titleOf } from './desk-content.ts';
import { findFaults } from './find-faults.ts';
import { Stage } from './stage.ts';

test.describe.configure({ mode: 'serial' });
let stage: Stage;
test.beforeAll(async () => {
  stage = await Stage.set();
  await stage.signIn();
});
test.afterAll(() => stage.strike());

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
/** Pictures of the timeline. */
const drawn = (within: Locator) => within.locator('button img');
async function drop(page: Page, name: string, bytes: Buffer): Promise<void> {
  const dataTransfer = await carried(page, name, bytes);
  const onto = page.getByRole('list', { name: stage.console.say('ticket:timeline.label') });
  for (const type of ['dragenter', 'dragover', 'drop']) await onto.dispatchEvent(type, { dataTransfer });
}
/** With pictures for whoever looks, where they are asked for. */
async function look(page: Page, name: string): Promise<void> {
  const folder = process.env.GUICHET_PICTURES;
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`) });
  expect(await page.evaluate(findFaults), name).toEqual([]);
}

test('a screenshot is pasted into the note: it is seen at once, and at a colleague’s console too', async () => {
  const { console, page } = stage;
  await console.open(titleOf('printer'));
  await page.keyboard.press('c');
  await console.isHeldBy('me');
  await pastePicture(page, console.noteField);
  await isDrawn(drawn(console.timeline).first());
  await console.isSent();
  await look(page, 'pasted-light');

  const amira = await stage.anotherConsole('amira');
  await amira.console.signIn(logins.amira, password);
  await amira.console.isReady();
  await amira.console.closeGuide();
  await amira.console.show('all');
  await amira.console.open(titleOf('printer'));
  await isDrawn(drawn(amira.console.timeline).first());
  await drawn(amira.console.timeline).first().click();
  const viewer = amira.console.page.getByRole('dialog').filter({ has: amira.console.page.locator('img') });
  await isDrawn(viewer.locator('img'));
  await look(amira.console.page, 'viewer');
  await amira.console.page.keyboard.press('Escape');
  await expect(viewer).toBeHidden();
  await amira.launched.close();
});

test('files that are let go over the ticket without the server wait through a kill, and arrive byte for byte', async () => {
  const { console, page } = stage;
  await stage.server.stop();
  await expect(console.offlineLine).toBeVisible();
  const photo = readFileSync(picture);
  const log = Buffer.from('spooler: paper jam in tray 2\n'.repeat(80_000));
  await drop(page, 'poste-accueil.png', photo);
  await drop(page, 'spouleur.log', log);
  await isDrawn(drawn(console.timeline).last());
  await expect(console.timeline.getByText(console.say('ticket:files.offline'))).toHaveCount(2);
  await look(page, 'offline-light');
  await stage.launched.kill();

  await stage.openConsole();
  const again = stage.console;
  await again.show('mine');
  await again.open(titleOf('printer'));
  await isDrawn(drawn(again.timeline).last());
  await expect(again.timeline.getByText(again.say('ticket:files.offline'))).toHaveCount(2);
  await stage.server.start();
  await expect(again.timeline.getByText(again.say('ticket:files.offline'))).toHaveCount(0, { timeout: 40_000 });
  await again.isUpToDate();
  const { entries } = await (await stage.colleague('amira')).ticket(idOf('printer'));
  const files = entries.flatMap((entry) =>
    entry.kind === 'attached' && entry.data.attachment.kind === 'file' ? entry.data.attachment : [],
  );
  expect(files.map(({ name, type, size }) => [name, type, size]).slice(1)).toEqual([
    ['poste-accueil.png', 'image/png', photo.length],
    ['spouleur.log', 'application/octet-stream', log.length],
  ]);
  const folder = join(stage.folder, 'server', 'files');
  const hashes = readdirSync(folder).map((name) => sha256(readFileSync(join(folder, name))));
  expect(hashes).toEqual(expect.arrayContaining([sha256(photo), sha256(log)]));

  // Anything but a picture is saved, where the person says, and opened by nobody.
  const saved = join(stage.launched.userData, 'saved.log');
  await stage.launched.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, saved);
  await again.timeline
    .getByRole('button', { name: again.say('ticket:files.save', { name: 'spouleur.log' }) })
    .last()
    .click();
  await expect.poll(() => existsSync(saved) && readFileSync(saved).equals(log)).toBe(true);
});

test('by night, and what is too large is refused at once with its name', async () => {
  const { console, page } = stage;
  await console.choose('settings.themes.dark');
  await console.open(titleOf('printer'));
  const field = page.locator('input[type=file]').first();
  await field.setInputFiles({ name: 'petit.txt', mimeType: 'text/plain', buffer: Buffer.from('petit') });
  await expect(console.timeline).toContainText('petit.txt');
  // More than Playwright takes in one piece: made in the page.
  const transfer = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(26 * 1024 * 1024)], 'film.mov'));
    return data;
  });
  for (const type of ['dragenter', 'dragover', 'drop']) await console.timeline.dispatchEvent(type, { dataTransfer: transfer });
  await expect(page.getByRole('alert').filter({ hasText: 'film.mov' })).toContainText('25');
  await look(page, 'night');
  await console.choose('settings.themes.light');
});

test('a link is attached and a ticket linked by form; the linked one is a click away', async () => {
  const { console, page } = stage;
  await console.open(titleOf('printer'));
  await page.keyboard.press('m');
  await expect(console.form).toBeVisible();
  await page.getByRole('textbox', { name: console.say('ticket:attachForm.url'), exact: true }).fill('wiki.example.org/imprimantes');
  await look(page, 'attach-form');
  await page.keyboard.press('Control+Enter');
  await expect(console.timeline).toContainText('wiki.example.org/imprimantes');
  await page.keyboard.press('i');
  const other = page.getByRole('combobox', { name: console.say('ticket:linkForm.other') });
  await other.fill('tablette');
  await expect(
    page
      .getByRole('option')
      .filter({ hasText: titleOf('tablet') })
      .last(),
  ).toBeVisible();
  await look(page, 'link-form');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+Enter');
  await expect(console.timeline).toBeVisible();
  await console.timeline.getByRole('button', { name: /^Lié à/ }).click();
  await expect(console.heading(titleOf('tablet'))).toBeVisible();
});
