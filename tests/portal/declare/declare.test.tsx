import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test } from 'vitest';
import type { PushOperation } from '#shared/contract/api.ts';
import { Declare } from '../../../portal/declare/Declare.tsx';
import { applied, FakeServer, fine, NOW, refused } from '../fake-server.ts';
import { show } from '../show.tsx';
import { ticketView } from '../ticket-view.ts';

const OPERATIONS = 'POST /v1/operations';
const marie = { id: 'marie', name: 'Marie Delahaye', siteId: 'nice', siteName: 'Nice-Arénas', phone: '04 65 71 30 12' };
const expected = {
  urgency: 'high',
  takeChargeMinutes: 15,
  contactMinutes: 30,
  takeChargeBy: '2026-05-04T12:15:00.000Z',
  callBy: '2026-05-04T12:20:00.000Z',
  timeZone: 'Europe/Paris',
  serverTime: NOW,
};
let server: FakeServer;
beforeEach(() => {
  localStorage.clear();
  server = new FakeServer({
    [OPERATIONS]: ({ body }) => applied(body),
    'GET /v1/portal/expected': () => fine(expected),
    'GET /v1/portal/people': () => fine({ people: [marie] }),
    'POST /v1/portal/people': ({ body }) => fine({ personId: (body as { id: string }).id }),
    'GET /v1/portal/tickets/:id': ({ path }) => fine(ticketView(path.split('/').at(-1) ?? '')),
  });
});

const field = (name: string) => screen.getByRole<HTMLInputElement>('textbox', { name });
/** At once: letter by letter takes its time. */
function write(into: HTMLInputElement, value: string): void {
  into.focus();
  fireEvent.change(into, { target: { value } });
}
const send = () => userEvent.click(screen.getByRole('button', { name: 'Envoyer' }));
const pushed = () => server.bodies(OPERATIONS).map((body) => (body as { operations: PushOperation[] }).operations);
async function fill() {
  write(field('En quelques mots'), 'Plus de réseau');
  await userEvent.click(screen.getByRole('combobox', { name: 'De quoi s’agit-il\u202f?' }));
  await userEvent.click(await screen.findByRole('option', { name: 'Réseau' }));
  await userEvent.click(screen.getByRole('radio', { name: 'Une équipe' }));
  await userEvent.click(screen.getByRole('radio', { name: 'Non, bloqué' }));
}

describe('a problem', () => {
  test('is sent with what the directory knows of me, and the page says its number and when somebody calls', async () => {
    await show(<Declare kind="incident" />, server);
    await fill();
    expect(await screen.findByText('Urgence haute : prise en charge sous 15 minutes')).toBeTruthy();
    await send();
    expect(await screen.findByText('I-2026-000042')).toBeTruthy();
    expect(screen.getByText('Un technicien vous appelle au plus tard aujourd’hui à 14:20.')).toBeTruthy();
    const [[open]] = pushed() as [[PushOperation]];
    expect(open).toMatchObject({
      name: 'open',
      input: {
        title: 'Plus de réseau',
        requesterId: 'antoine',
        beneficiaryId: 'antoine',
        phone: '04 65 71 12 09',
        siteId: 'lyon',
        place: 'B 215',
        categoryId: 'reseau',
        importance: 'team',
        relevance: 'blocked',
        channel: 'portal',
      },
    });
    expect(localStorage.length).toBe(0);
  });

  test('lacking something it goes nowhere: each field says what, the first one has the focus', async () => {
    await show(<Declare kind="incident" />, server);
    await send();
    for (const text of ['Dites-le en quelques mots.', 'Choisissez de quoi il s’agit.']) expect(screen.getByText(text)).toBeTruthy();
    expect(screen.getAllByText('Choisissez une réponse.')).toHaveLength(2);
    expect(document.activeElement).toBe(field('En quelques mots'));
    write(field('En quelques mots'), 'P');
    expect(screen.queryByText('Dites-le en quelques mots.')).toBeNull();
    expect(pushed()).toEqual([]);
  });

  test('a number that cannot be understood is warned about, one that is missing is refused', async () => {
    await show(<Declare kind="incident" />, server);
    await fill();
    for (const begun of ['04 65', '04 65 71 12', '+33 4']) {
      write(field('Téléphone'), begun);
      expect(screen.getByText(/semble incomplet/)).toBeTruthy();
    }
    for (const whole of ['04 65 71 12 08', '2214']) {
      write(field('Téléphone'), whole);
      expect(screen.queryByText(/semble incomplet/)).toBeNull();
    }
    write(field('Téléphone'), '');
    await send();
    expect(screen.getByText('Il faut un numéro où rappeler.')).toBeTruthy();
    write(field('Téléphone'), '04 65 71 12');
    await send();
    await screen.findByText('I-2026-000042');
    expect(pushed()[0]?.[0]?.input.phone).toBe('04 65 71 12');
  });

  test('that somebody else has is called back where the directory says', async () => {
    await show(<Declare kind="incident" />, server);
    await fill();
    await userEvent.click(screen.getByRole('radio', { name: 'Quelqu’un d’autre' }));
    await send();
    expect(screen.getByText('Choisissez une personne de la liste.')).toBeTruthy();
    write(field('Nom'), 'mar');
    // By the keyboard alone.
    await screen.findByRole('option', { name: /Marie Delahaye/ });
    await userEvent.keyboard('{ArrowDown}{Enter}');
    expect([field('Nom').value, field('Téléphone').value]).toEqual(['Marie Delahaye', '04 65 71 30 12']);
    await send();
    expect(await screen.findByText(/Un technicien appelle Marie Delahaye/)).toBeTruthy();
    expect(pushed()[0]?.[0]?.input).toMatchObject({ beneficiaryId: 'marie', siteId: 'nice', requesterId: 'antoine' });
  });

  test('of somebody without an account: he is added under the same id as often as it is sent', async () => {
    await show(<Declare kind="incident" />, server);
    await fill();
    await userEvent.click(screen.getByRole('radio', { name: 'Quelqu’un d’autre' }));
    write(field('Nom'), 'Jean Visiteur');
    await userEvent.click(await screen.findByRole('option', { name: /n’a pas de compte/ }));
    write(field('Téléphone'), '06 39 98 12 34');
    server.routes[OPERATIONS] = () => 'cut';
    await send();
    await screen.findByText(/ne répond pas/);
    server.routes[OPERATIONS] = ({ body }) => applied(body);
    await send();
    await screen.findByText('I-2026-000042');
    const people = server.bodies('POST /v1/portal/people') as { id: string; name: string }[];
    expect(people).toHaveLength(2);
    expect(people[1]).toEqual(people[0]);
    expect(people[0]).toMatchObject({ name: 'Jean Visiteur', phone: '06 39 98 12 34', siteId: 'lyon' });
    expect(pushed()[1]?.[0]?.input.beneficiaryId).toBe(people[0]?.id);
  });
});

describe('nothing typed is lost', () => {
  test('a cut says so; the second try is the same operation', async () => {
    await show(<Declare kind="incident" />, server);
    await fill();
    server.routes[OPERATIONS] = () => 'cut';
    await send();
    expect((await screen.findByRole('alert')).textContent).toMatch(/Rien n’est perdu/);
    expect(field('En quelques mots').value).toBe('Plus de réseau');
    server.routes[OPERATIONS] = ({ body }) => applied(body);
    await send();
    await screen.findByText('I-2026-000042');
    const [[first], [second]] = pushed() as [[PushOperation], [PushOperation]];
    expect([second.id, second.ticketId]).toEqual([first.id, first.ticketId]);
  });

  test('changed after a try that had arrived, the first one stands and the page says so', async () => {
    await show(<Declare kind="incident" />, server);
    await fill();
    server.routes[OPERATIONS] = ({ body }) => {
      const { operations } = body as { operations: PushOperation[] };
      const rejected = { status: 'rejected', refusal: { code: 'id_reused' }, ticket: null };
      return fine({ outcomes: operations.map(({ id }) => ({ id, ...rejected })), serverTime: NOW });
    };
    await send();
    expect(await screen.findByText('I-2026-000042')).toBeTruthy();
    expect(screen.getByText(/vos derniers changements n’y sont pas/)).toBeTruthy();
  });

  test('the draft comes back in another tab, of that kind only, and can be thrown away', async () => {
    const first = await show(<Declare kind="incident" />, server);
    write(field('En quelques mots'), 'Écran noir');
    window.dispatchEvent(new Event('pagehide'));
    first.unmount();
    const other = await show(<Declare kind="request" />, server);
    expect(field('En quelques mots').value).toBe('');
    other.unmount();
    await show(<Declare kind="incident" />, server);
    expect(field('En quelques mots').value).toBe('Écran noir');
    await userEvent.click(screen.getByRole('button', { name: 'Repartir de zéro' }));
    expect(field('En quelques mots').value).toBe('');
    expect(screen.queryByText('Votre brouillon est revenu.')).toBeNull();
  });

  test('what the server will not have is said in words', async () => {
    await show(<Declare kind="incident" />, server);
    await fill();
    server.routes[OPERATIONS] = () => refused(503, 'unavailable');
    await send();
    expect((await screen.findByRole('alert')).textContent).toMatch(/problème passager/);
  });
});

test('a file that is too large is refused where it stands, before it is sent; the ticket waits until it is gone', async () => {
  await show(<Declare kind="incident" />, server);
  await fill();
  const large = new File([new Uint8Array(5 * 1024 * 1024 + 1)], 'film.mov');
  await userEvent.upload(screen.getByTestId('files'), large);
  expect(await screen.findByText('Trop gros : 5 Mo au plus')).toBeTruthy();
  await send();
  expect(pushed()).toEqual([]);
  await userEvent.click(screen.getByRole('button', { name: 'Retirer film.mov' }));
  await send();
  await screen.findByText('I-2026-000042');
  expect(server.asked.filter(({ path }) => path.startsWith('/v1/uploads'))).toEqual([]);
});

test('a link goes with the ticket; one that is not https is refused', async () => {
  await show(<Declare kind="incident" />, server);
  await fill();
  await userEvent.click(screen.getByRole('button', { name: 'Ajouter un lien' }));
  await userEvent.type(field('Adresse du lien'), 'http://exemple.fr{Enter}');
  expect(screen.getByText('Une adresse qui commence par https://')).toBeTruthy();
  await userEvent.clear(field('Adresse du lien'));
  await userEvent.type(field('Adresse du lien'), 'https://exemple.fr/panne{Enter}');
  await send();
  await screen.findByText('I-2026-000042');
  const [open, attach] = pushed()[0] ?? [];
  expect(attach).toMatchObject({
    name: 'attach',
    after: [open?.id],
    input: { content: { kind: 'link', url: 'https://exemple.fr/panne' } },
  });
});

test('how many look the same is said without a word of what they say', async () => {
  server.routes['GET /v1/portal/similar'] = () => fine({ count: 3 });
  await show(<Declare kind="incident" />, server);
  write(field('En quelques mots'), 'Plus de réseau au 2e');
  const hint = await screen.findByText('3 tickets ouverts à Lyon-Gerland ressemblent au vôtre.', {}, { timeout: 5_000 });
  expect(within(hint).queryByRole('link')).toBeNull();
  await waitFor(() => expect(server.asked.some(({ query }) => query.get('siteId') === 'lyon')).toBe(true));
});

test('however much is written, the question how many look the same is one that a server reads', async () => {
  await show(<Declare kind="incident" />, server);
  write(field('En quelques mots'), '網é'.repeat(3_000));
  await waitFor(() => expect(server.asked.some(({ path }) => path === '/v1/portal/similar')).toBe(true), { timeout: 5_000 });
  const [asked] = server.asked.filter(({ path }) => path === '/v1/portal/similar');
  expect(String(asked?.query).length).toBeLessThan(14_000);
});

test('a question is one stop for the Tab key, at its answer; the arrows go from answer to answer', async () => {
  await show(<Declare kind="incident" />, server);
  const stops = (question: RegExp) =>
    within(screen.getByRole('radiogroup', { name: question }))
      .getAllByRole('radio')
      .filter(({ tabIndex }) => tabIndex === 0)
      .map(({ textContent }) => textContent);
  expect(stops(/^Qui est touché/)).toEqual(['Une personne']);
  act(() => screen.getByRole('radio', { name: 'Une personne' }).focus());
  await userEvent.keyboard('{ArrowRight}');
  expect(screen.getByRole('radio', { name: 'Une équipe', checked: true })).toBe(document.activeElement);
  expect(stops(/^Qui est touché/)).toEqual(['Une équipe']);
});
