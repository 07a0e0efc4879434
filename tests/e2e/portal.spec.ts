import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, expect, test } from '@playwright/test';
import { openBrowser, whyNoBrowser } from './browser.ts';
import { Colleague } from './colleague.ts';
import { idOf, logins, password, titleOf } from './desk-content.ts';
import { PortalVisit } from './portal-visit.ts';
import { type ServerProcess, serverProcess } from './server-process.ts';

const phone = { width: 390, height: 844 };
const desktop = { width: 1280, height: 800 };

let browser: Browser;
let server: ServerProcess;
let folder: string;
test.skip(() => whyNoBrowser() !== undefined, whyNoBrowser() ?? '');
test.describe.configure({ mode: 'default' });
test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'guichet-portal-'));
  server = await serverProcess('tests/e2e/desk-server.ts', { DATA_DIR: folder, ALLOW_IMPORT: '1', MAX_FILE_MIB: '2' });
  browser = await openBrowser();
});
test.afterAll(async () => {
  await browser?.close();
  await server?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

/** A screen of 400 × 260, as the clipboard holds one. */
async function pasteScreenshot(visit: PortalVisit): Promise<void> {
  await visit.page.evaluate(async () => {
    const canvas = document.createElement('canvas');
    canvas.width = 400;
    canvas.height = 260;
    const drawing = canvas.getContext('2d');
    if (!drawing) throw new Error('nothing to draw on');
    drawing.fillStyle = '#335';
    drawing.fillRect(0, 0, 400, 260);
    drawing.fillStyle = '#fff';
    drawing.fillText('ERR_INTERNET_DISCONNECTED', 40, 130);
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
    if (!blob) throw new Error('no picture');
    const data = new DataTransfer();
    data.items.add(new File([blob], 'image.png', { type: 'image/png' }));
    document.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));
  });
}

/** The newest link to judge a resolution in the mails that left for somebody. */
async function decisionLink(to: string, about: string): Promise<string> {
  const links = () =>
    (existsSync(join(folder, 'mail')) ? readdirSync(join(folder, 'mail')) : [])
      .filter((name) => name.endsWith('.eml'))
      .map((name) =>
        readFileSync(join(folder, 'mail', name), 'utf8')
          .replace(/=\r?\n/g, '')
          .replaceAll('=3D', '='),
      )
      .filter((mail) => mail.includes(`To: ${to}`) || mail.includes(`<${to}>`))
      .filter((mail) => mail.includes(about))
      .flatMap((mail) => [...mail.matchAll(/\/decide\?answer=yes#([\w-]{20,})/g)].map(([, token]) => token ?? ''));
  await expect.poll(() => links().length, { timeout: 40_000 }).toBeGreaterThan(0);
  return links().at(-1) ?? '';
}

for (const [name, size] of [
  ['a phone', phone],
  ['a desktop', desktop],
] as const) {
  test(`on ${name}: a problem is declared with a pasted screenshot, followed, refused, solved, confirmed and rated`, async () => {
    const visit = await PortalVisit.begin(browser, server.url, { size });
    const { page } = visit;
    const title = `Plus d’Internet sur ${name}`;

    // Signing in comes in the place of the page, and leads on to it.
    await visit.open('/new/incident');
    await expect(page.getByRole('heading', { name: 'Connexion' })).toBeVisible();
    await visit.look('sign-in');
    await visit.signIn(logins.antoine, 'faux');
    await expect(page.getByRole('alert')).toContainText('incorrect');
    await visit.look('wrong password');
    await visit.signIn(logins.antoine);
    await expect(page.getByRole('heading', { name: 'Signaler un problème' })).toBeVisible();

    await visit.look('declare, empty');
    await page.getByRole('button', { name: 'Envoyer' }).click();
    await expect(page.getByText('Dites-le en quelques mots.')).toBeVisible();
    await expect(page.getByRole('textbox', { name: 'En quelques mots' })).toBeFocused();
    await visit.look('declare, lacking');
    await page.keyboard.type(title);
    await page.getByRole('combobox', { name: /De quoi/ }).click();
    await page.getByRole('option', { name: 'Réseau' }).click();
    await page.getByRole('radio', { name: 'Une équipe' }).click();
    await page.getByRole('radio', { name: 'Non, bloqué' }).click();
    await expect(page.getByText('Urgence haute : prise en charge sous 15 minutes')).toBeVisible();
    await pasteScreenshot(visit);
    await expect(page.getByText(/^capture-.*\.png$/)).toBeVisible();
    await visit.look('declare, full');
    await visit.lookBelow('declare, full');

    // The draft, its file too, survives the tab.
    await expect.poll(() => page.evaluate(() => localStorage.getItem('guichet.draft.antoine.incident'))).toContain('capture-');
    await page.reload();
    await expect(page.getByRole('textbox', { name: 'En quelques mots' })).toHaveValue(title);
    await expect(page.getByText(/^capture-.*\.png$/)).toBeVisible();
    await page.getByRole('button', { name: 'Envoyer' }).click();
    await expect(page.getByText(/^I-\d{4}-\d{6}$/)).toBeVisible();
    await expect(page.getByText(/Un technicien vous appelle au plus tard/)).toBeVisible();
    await visit.look('sent');

    await page.getByRole('link', { name: 'Voir le ticket' }).click();
    await expect(page.getByRole('img', { name: /^capture-/ })).toBeVisible();
    const ticketId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    await visit.look('ticket, new');
    await page.getByRole('textbox', { name: 'Ajouter un message' }).fill('C’est tout l’étage, <script>alert(1)</script>');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByText('C’est tout l’étage, <script>alert(1)</script>')).toBeVisible();

    const julien = await Colleague.signIn(server.url, logins.julien, password);
    await julien.operate('claim', ticketId);
    await julien.operate('resolve', ticketId, { text: 'Câble remplacé, le réseau tient depuis 45 minutes.', code: 'remplace' });

    await visit.open('/');
    await expect(page.getByRole('heading', { name: title })).toBeVisible();
    await visit.look('my tickets');
    await visit.lookBelow('my tickets');
    const card = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: title }) });
    await card.getByRole('link', { name: 'Non, pas encore' }).click();
    await expect(page.getByRole('heading', { name: 'Pas encore résolu' })).toBeVisible();
    await visit.look('refuse');
    await visit.lookBelow('refuse');
    await page.getByRole('button', { name: 'Renvoyer à Julien Morel' }).click();
    await expect(page.getByText('Choisissez une réponse.')).toBeVisible();
    await page.getByRole('radio', { name: 'C’est revenu, puis retombé' }).click();
    await page.getByRole('textbox', { name: 'Dites-nous ce que vous voyez' }).fill('Coupé de nouveau côté cour.');
    await page.getByRole('button', { name: 'Renvoyer à Julien Morel' }).click();
    await expect(page.getByRole('heading', { name: 'C’est reparti' })).toBeVisible();
    await visit.look('sent back');
    const { ticket } = await julien.ticket(ticketId);
    expect([ticket.phase, ticket.holderId, ticket.refusal?.reason]).toEqual([
      'open',
      'julien',
      'C’est revenu, puis retombé. Coupé de nouveau côté cour.',
    ]);

    await julien.operate('resolve', ticketId, { text: 'Port du commutateur changé.', code: 'regle' });
    await visit.open(`/tickets/${ticketId}`);
    await page.getByRole('link', { name: 'Oui, résolu' }).click();
    await page.getByRole('radio', { name: '4' }).first().click();
    await page.getByRole('radio', { name: '5' }).last().click();
    await visit.look('confirm');
    await visit.lookBelow('confirm');
    await page.getByRole('button', { name: 'Confirmer et fermer le ticket' }).click();
    await expect(page.getByRole('heading', { name: 'Merci, c’est fermé' })).toBeVisible();
    await visit.look('thanks');
    await page.getByRole('link', { name: 'Voir le ticket' }).click();
    await expect(page.getByText(/4 sur 5 pour le temps, 5 sur 5 pour les réponses/)).toBeVisible();
    await visit.look('ticket, closed');
    const { resolutions } = await julien.ticket(ticketId);
    expect(resolutions.map(({ decision, rating }) => [decision?.kind, rating?.duration, rating?.answers]).sort()).toEqual([
      ['refused', undefined, undefined],
      ['validated', 4, 5],
    ]);
    expect(visit.complaints).toEqual([]);
    await visit.end();
  });

  test(`on ${name}, the mail’s link: no password, a reload, an answer that somebody else gave first, links that lead nowhere`, async () => {
    const julien = await Colleague.signIn(server.url, logins.julien, password);
    const ticketId = randomUUID();
    // Plain letters: it is looked for in mails as they were written.
    const title = `Clavier muet sur ${name}`;
    const input = {
      kind: 'incident',
      title,
      description: '',
      requesterId: 'antoine',
      beneficiaryId: 'sara',
      phone: '04 65 71 12 08',
      place: '',
      siteId: 'lyon',
      categoryId: 'reseau',
      importance: 'person',
      relevance: 'hindered',
      duringCall: true,
      channel: 'phone',
    };
    await julien.operate('open', ticketId, input);
    await julien.operate('resolve', ticketId, { text: 'Câble d’écran remis.', code: 'regle' });
    server.tell('forward 1');
    const saras = await decisionLink('sara@example.org', title);
    const antoines = await decisionLink('antoine@example.org', title);

    const visit = await PortalVisit.begin(browser, server.url, { size });
    const { page } = visit;
    await visit.open(`/decide?answer=no#${antoines}`);
    await expect(page.getByRole('heading', { name: 'Pas encore résolu' })).toBeVisible();
    await page.reload();
    await expect(page.getByRole('heading', { name: 'Pas encore résolu' })).toBeVisible();
    await visit.look('by link, no');
    await page.getByRole('radio', { name: 'Rien n’a changé' }).click();
    await page.getByRole('textbox', { name: 'Dites-nous ce que vous voyez' }).fill('Toujours noir.');

    const other = await PortalVisit.begin(browser, server.url, { size });
    await other.open(`/decide?answer=yes#${saras}`);
    await expect(other.page.getByRole('heading', { name: /Est-ce résolu/ })).toBeVisible();
    await other.look('by link, yes');
    await other.page.getByRole('radio', { name: '5' }).first().click();
    await other.page.getByRole('radio', { name: '4' }).last().click();
    await other.page.getByRole('button', { name: 'Confirmer et fermer le ticket' }).click();
    await expect(other.page.getByRole('heading', { name: 'Merci, c’est fermé' })).toBeVisible();
    // Once more, as whoever opens the mail again: it says what was answered, and the rating may still change.
    await other.page.reload();
    await expect(other.page.getByText(/Vous avez confirmé/)).toBeVisible();
    await expect(other.page.getByRole('radio', { name: '5' }).first()).toBeChecked();
    await other.look('by link, again');
    await other.end();

    await page.getByRole('button', { name: /Renvoyer à/ }).click();
    await expect(page.getByText(/Sara Diallo a confirmé/)).toBeVisible();
    await expect(page.getByRole('textbox', { name: 'Ce que vous aviez écrit' })).toHaveValue(/Toujours noir\./);
    await visit.look('by link, too late');
    const { resolutions } = await julien.ticket(ticketId);
    expect(resolutions.map(({ decision, rating }) => [decision?.by, decision?.kind, rating?.duration])).toEqual([['sara', 'validated', 5]]);

    await visit.open(`/decide#${saras.slice(0, -4)}AAAA`);
    await expect(page.getByRole('heading', { name: 'Ce lien n’est pas valable' })).toBeVisible();
    await visit.look('by link, altered');
    expect(visit.complaints).toEqual([]);
    await visit.end();
  });

  test(`on ${name}: long names and words, other people’s numbers, nothing at all, in English too`, async () => {
    const visit = await PortalVisit.begin(browser, server.url, { size, language: 'en', dark: true });
    const { page } = visit;
    await visit.open('/');
    await visit.signIn(logins.marie);
    await expect(page.getByRole('heading', { name: 'My tickets' })).toBeVisible();
    await visit.look('my tickets, English, dark');
    await page.getByRole('button', { name: /Your account/ }).click();
    await visit.look('account');
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'Ask for something' }).click();
    await page.getByRole('textbox', { name: 'In a few words' }).fill('Donaudampfschifffahrtselektrizitätenhauptbetriebswerk'.repeat(3));
    await page.getByRole('radio', { name: 'Somebody else' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('vanden');
    await page.getByRole('option').first().waitFor();
    await visit.look('declare, English, people');
    await page.getByRole('option').first().click();
    await page.getByTestId('files').setInputFiles([
      { name: `${'a'.repeat(120)}.txt`, mimeType: 'text/plain', buffer: Buffer.from('short') },
      { name: 'film.mov', mimeType: 'video/quicktime', buffer: Buffer.alloc(2 * 1024 * 1024 + 1) },
      { name: 'nothing.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) },
    ]);
    await expect(page.getByText('Too large: 2 MB at most')).toBeVisible();
    await expect(page.getByText('This file is empty')).toBeVisible();
    await visit.look('declare, English, files');
    await visit.lookBelow('declare, English, files');

    await visit.open(`/tickets/${idOf('network')}`);
    await expect(page.getByRole('heading', { name: 'This ticket does not exist' })).toBeVisible();
    await expect(page.getByText(titleOf('network'))).toHaveCount(0);
    await visit.look('somebody else’s');
    await visit.end();
  });
}

test('narrow and enlarged: no page scrolls sideways at 320 px, nor at twice the size', async () => {
  for (const size of [
    { width: 320, height: 640 },
    { width: 640, height: 400 },
  ]) {
    const visit = await PortalVisit.begin(browser, server.url, { size });
    const { page } = visit;
    await visit.open('/new/incident');
    await visit.signIn(logins.sara);
    await expect(page.getByRole('heading', { name: 'Signaler un problème' })).toBeVisible();
    for (const path of ['/new/incident', '/', `/tickets/${idOf('refused')}`]) {
      await visit.open(path);
      await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('Connexion');
      expect(await page.evaluate(() => document.documentElement.scrollWidth), `${path} at ${size.width}`).toBeLessThanOrEqual(size.width);
      const main = page.locator('main');
      expect(await main.evaluate((one) => one.scrollWidth - one.clientWidth), `${path} at ${size.width}`).toBeLessThanOrEqual(0);
    }
    await visit.end();
  }
});

test('the session ends while something is being written: signing in comes in its place, and what was sent goes on', async () => {
  const visit = await PortalVisit.begin(browser, server.url, { size: phone });
  const { page } = visit;
  await visit.open('/new/request');
  await visit.signIn(logins.marie);
  await page.getByRole('textbox', { name: 'En quelques mots' }).fill('Second écran');
  await page.getByRole('combobox', { name: /De quoi/ }).click();
  await page.getByRole('option', { name: /Poste/ }).click();
  await page.getByRole('radio', { name: 'Une personne' }).click();
  await page.getByRole('radio', { name: 'Oui', exact: true }).click();
  // Both of its tokens are gone, as after a month.
  await page.context().clearCookies();
  await page.route('**/v1/**', async (route) => {
    const headers = { ...route.request().headers() };
    delete headers.authorization;
    await route.continue({ headers });
  });
  await page.getByRole('button', { name: 'Envoyer' }).click();
  await expect(page.getByText(/votre session est terminée/)).toBeVisible();
  await visit.look('session over');
  await page.unroute('**/v1/**');
  await visit.signIn(logins.marie);
  await expect(page.getByText(/^D-\d{4}-\d{6}$/)).toBeVisible();
  expect(visit.complaints).toEqual([]);
  await visit.end();
});
