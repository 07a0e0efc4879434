import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { usePresent } from '../../../renderer/state/present.ts';
import { useSelection } from '../../../renderer/state/selection.ts';
import { fitting } from '../../../renderer/ticket/OperationsBar.tsx';
import { planBar } from '../../../renderer/ticket/operations.ts';
import { openPane, plain } from './pane.tsx';
import { amira, clock, heldOffers, heldTicket, networkTicket, offers, TICKET } from './ticket-world.ts';

const bar = () => screen.getByRole('toolbar');
const buttons = () =>
  within(bar())
    .getAllByRole('button')
    .map((button) => `${button.getAttribute('aria-keyshortcuts')} ${button.querySelector('[class*="label"]')?.textContent}`);

describe('the bar of operations', () => {
  test('shows what is offered in the pool, claim filled and first, each with its key', async () => {
    await openPane(networkTicket());
    expect(buttons()).toEqual(['C Prendre en charge', 'N Note', 'W Attendre', 'R Résoudre', '. Plus']);
    expect(within(bar()).getByRole('button', { name: 'Prendre en charge' }).dataset.primary).toBe('true');
  });

  test('fills the call while nobody was reached, and resolve after that', () => {
    const names = ({ primary, buttons: others }: ReturnType<typeof planBar>) => [primary?.name, others.map(({ name }) => name)];
    expect(names(planBar(heldTicket()))).toEqual(['log_call', ['note', 'wait', 'resolve']]);
    const reached = heldTicket({ clocks: [clock({ clock: 'contact', state: 'met' })] });
    expect(names(planBar(reached))).toEqual(['resolve', ['note', 'log_call', 'wait']]);
  });

  test('leaves out what is not offered, and says once in words who holds the ticket', async () => {
    const refused = { code: 'not_holder' as const, holderId: amira.id, holderName: 'Amira Haddad' };
    await openPane(
      networkTicket({
        ticket: { holderId: amira.id },
        offers: [...offers(['note', 'log_call'], false), { name: 'resolve', offered: false, claims: false, refusal: refused }],
      }),
    );
    expect(buttons()).toEqual(['N Note', 'T Appeler']);
    expect(within(bar()).getByText('Amira en est responsable')).toBeTruthy();
  });

  test('keeps the rest behind More, where each key works too', async () => {
    const { user } = await openPane(heldTicket());
    await user.keyboard('.');
    const menu = await screen.findByRole('menu');
    expect(
      within(menu)
        .getAllByRole('menuitem')
        .map((entry) => plain(entry.textContent)),
    ).toEqual([
      'Joindre un fichier ou un lienM',
      'Lier à un ticketI',
      'AffecterA',
      'Remettre au potL',
      'Changer l’urgenceU',
      'Changer la catégorieQ',
      'Modifier le contactB',
    ]);
    await user.keyboard('l');
    expect(await screen.findByRole('form', { name: 'Remettre au pot' })).toBeTruthy();
  });

  test('claims with one key, and says so with an undo', async () => {
    const { fake, user } = await openPane(networkTicket());
    await user.keyboard('c');
    await waitFor(() => expect(fake.asks('perform')).toEqual([{ name: 'claim', ticketId: TICKET, input: {}, draft: null }]));
    expect(await screen.findByText('Ticket à vous')).toBeTruthy();
    expect(await screen.findByText('À vous')).toBeTruthy();
  });

  test('tells why an operation was refused, in words', async () => {
    const refusal = { code: 'already_held' as const, holderId: amira.id, holderName: 'Amira Haddad', since: null };
    const { user } = await openPane(networkTicket(), { perform: () => ({ ok: false, refusal }) });
    await user.keyboard('c');
    expect((await screen.findByRole('alert')).textContent).toContain('Amira Haddad');
  });

  test('is silent while one types', async () => {
    const { fake, user } = await openPane(heldTicket());
    await user.click(screen.getByRole('textbox', { name: 'Note' }));
    await user.keyboard('crw.');
    expect(useSelection.getState().form).toBeNull();
    expect(fake.asks('perform')).toEqual([]);
  });

  test('starts what another part of the window asks for as it would a form', async () => {
    const { fake } = await openPane(heldTicket({ offers: offers([...heldOffers, 'resume'], false) }));
    act(() => useSelection.getState().openForm('resume'));
    await waitFor(() => expect(fake.asks('perform')).toEqual([{ name: 'resume', ticketId: TICKET, input: {}, draft: null }]));
    expect(useSelection.getState().form).toBeNull();
  });

  test('moves buttons into More from the right when the pane is narrow', () => {
    expect(fitting([90, 100, 110], 300, 640, 8)).toBe(3);
    expect(fitting([90, 100, 110], 300, 520, 8)).toBe(2);
    expect(fitting([90, 100, 110], 300, 350, 8)).toBe(0);
  });
});

describe('the facts', () => {
  test('say who is to be called, until when, and who reported it', async () => {
    await openPane(networkTicket());
    const card = screen.getByRole('region', { name: 'Bénéficiaire' });
    expect(plain(card.textContent)).toContain('Lyon-Gerland, bureau B 214');
    expect(plain(card.textContent)).toContain('04 65 71 12 08');
    expect(plain(card.textContent)).toContain('Site ouvert jusqu’à 18:00 · signalé par A. Besson');
  });

  test('tell the site’s own time where it differs', async () => {
    await openPane(networkTicket({ siteHours: { timeZone: 'Indian/Reunion', openNow: true, changesAt: null } }));
    expect(plain(screen.getByRole('region', { name: 'Bénéficiaire' }).textContent)).toContain('13:07 là-bas');
  });

  test('explain the deadline behind one key', async () => {
    const { user } = await openPane(networkTicket());
    await user.keyboard('e');
    const dialog = await screen.findByRole('dialog');
    expect(plain((await within(dialog).findByRole('heading')).textContent)).toBe('Résolution : échéance à 14:53');
    expect(within(dialog).getAllByRole('row').length).toBeGreaterThan(10);
  });

  test('explain each deadline where it stands, also beside a form and during a call', async () => {
    const { user } = await openPane(heldTicket());
    const heading = async () => plain((await within(await screen.findByRole('dialog')).findByRole('heading')).textContent);
    const shownBy = (name: string) => document.querySelector<HTMLElement>(`[data-clock=${name}] button`) ?? expect.fail();
    await user.click(shownBy('contact'));
    expect(await heading()).toBe('Contact : échéance à 14:53');
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await user.keyboard('r');
    await user.click(await screen.findByRole('button', { name: /^résolution/ }));
    expect(await heading()).toBe('Résolution : échéance à 14:53');
    expect(useSelection.getState().form).toBe('resolve');
  });

  test('end an explanation with its ticket', async () => {
    const { user } = await openPane(heldTicket());
    await user.keyboard('e');
    await screen.findByRole('dialog');
    act(() => useSelection.getState().select('00000000-0000-4000-8000-00000000ffff'));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    act(() => useSelection.getState().select(TICKET));
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  test('a ticket that left my teams says so', async () => {
    const { fake } = await openPane(networkTicket());
    await act(async () => fake.change({ ticket: () => null }));
    expect(await screen.findByText('Ce ticket n’est plus visible')).toBeTruthy();
  });
});

describe('who else is there', () => {
  test('stands in the head: who looks on, first of all who is on the telephone, and nobody of another ticket', async () => {
    await openPane(heldTicket());
    const head = within(document.querySelector('header') ?? expect.fail());
    expect(head.queryByRole('status')).toBeNull();
    const bruno = { personId: 'bruno', name: 'Bruno Keller', ticketId: TICKET, onCall: false };
    act(() => usePresent.setState({ people: [bruno, { ...bruno, personId: 'chloe', ticketId: 'another' }] }));
    expect(plain(head.getByRole('status').textContent)).toBe('Bruno regarde ce ticket');
    act(() => usePresent.setState({ people: [bruno, { ...bruno, personId: 'amira', name: amira.name, onCall: true }] }));
    expect(plain(head.getByRole('status').textContent)).toBe('Amira appelle déjà +1');
    expect(head.getByRole('status').title).toContain('Bruno Keller regarde ce ticket');
    expect(head.getByRole('status').title).toContain(`${amira.name} est au téléphone pour ce ticket`);
    act(() => usePresent.setState({ people: [] }));
    expect(head.queryByRole('status')).toBeNull();
  });
});
