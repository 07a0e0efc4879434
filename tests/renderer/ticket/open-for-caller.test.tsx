import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import { useSelection } from '../../../renderer/state/selection.ts';
import { OpenForCaller } from '../../../renderer/ticket/OpenForCaller.tsx';
import { setServerOffset } from '../../../renderer/time/now.ts';
import { show } from '../show.tsx';
import { plain } from './pane.tsx';
import { earlier, NOW, networkTicket, PlayingCore } from './ticket-world.ts';

async function opening(answers: ConstructorParameters<typeof PlayingCore>[1] = {}) {
  const fake = new PlayingCore(networkTicket(), answers);
  setServerOffset(NOW - Date.now());
  show(<OpenForCaller />, { fake });
  useSelection.getState().goTo('open_for_caller');
  const user = userEvent.setup();
  const form = await screen.findByRole('form', { name: 'Nouveau ticket pour un appelant' });
  return { fake, user, form };
}

describe('a ticket for a caller', () => {
  test('is filled from the directory and opened with the caller on the line', async () => {
    const { fake, user, form } = await opening();
    await user.keyboard('sara');
    await within(form).findByRole('option', { name: /Sara Diallo/ });
    await user.keyboard('{Enter}');
    expect(within(form).getByRole<HTMLInputElement>('textbox', { name: 'Téléphone' }).value).toBe('04 65 71 12 08');
    // Who calls is known: what he says goes where the focus is.
    await user.keyboard('Plus d’Internet');
    await user.click(within(form).getByRole('radio', { name: 'Son équipe' }));
    await user.click(within(form).getByRole('radio', { name: /Non, bloqué/ }));
    expect(within(form).getByText('Haute')).toBeTruthy();
    await user.click(within(form).getByRole('combobox', { name: 'Catégorie' }));
    await user.click(within(form).getByRole('option', { name: 'Réseau' }));
    await user.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() => expect(fake.asks('perform')).toHaveLength(1));
    const opened = fake.asks('perform')[0] as { ticketId: string };
    expect(opened).toMatchObject({
      name: 'open',
      input: {
        kind: 'incident',
        title: 'Plus d’Internet',
        requesterId: 'sara.diallo',
        beneficiaryId: 'sara.diallo',
        phone: '04 65 71 12 08',
        place: 'bureau B 214',
        siteId: 'lyon',
        categoryId: 'network',
        importance: 'team',
        relevance: 'blocked',
        duringCall: true,
        channel: 'phone',
      },
    });
    await waitFor(() => expect(useSelection.getState().page).toBe('console'));
    expect(useSelection.getState().ticketId).toBe(opened.ticketId);
    // Core ends the draft with the operation that consumes it: everything typed was kept before.
    const calls = fake.calls.map(({ name }) => name);
    expect(calls.lastIndexOf('saveDraft')).toBeLessThan(calls.indexOf('perform'));
  });

  test('says at each field what is missing', async () => {
    const { fake, user, form } = await opening();
    await user.keyboard('{Control>}{Enter}{/Control}');
    expect(within(form).getAllByRole('alert')).toHaveLength(4);
    expect(fake.asks('perform')).toEqual([]);
  });

  test('finds its draft again', async () => {
    const { form } = await opening({
      readDraft: () => ({ content: { title: 'Repris', onLine: false }, savedAt: new Date(NOW).toISOString() }),
    });
    expect(within(form).getByRole<HTMLInputElement>('textbox', { name: /Que se passe-t-il/ }).value).toBe('Repris');
    expect(within(form).getByRole<HTMLInputElement>('switch', { name: 'En ligne' }).checked).toBe(false);
    expect(screen.getByText(/Brouillon gardé à 11:07/)).toBeTruthy();
  });

  test('shows what is open at the caller’s site', async () => {
    const { fake, user } = await opening();
    await user.keyboard('sara');
    await screen.findByRole('option', { name: /Sara Diallo/ });
    await user.keyboard('{Enter}');
    await waitFor(() => expect(fake.asked('list')).toMatchObject([{ view: 'all', siteIds: ['lyon'] }]));
    expect(await screen.findByText(/Déjà signalé à Lyon-Gerland/)).toBeTruthy();
  });

  test('finds who calls by the number on the phone’s display, and shows what that person had before', async () => {
    const { fake, user, form } = await opening();
    await user.keyboard('0465711208');
    const option = await within(form).findByRole('option', { name: /Sara Diallo/ });
    expect(option.textContent).toContain('Lyon-Gerland, bureau B 214 · 04 65 71 12 08');
    expect(fake.asks('findPeople').at(-1)).toBe('0465711208');
    expect(fake.asks('earlier')).toEqual([]);
    await user.keyboard('{Enter}');
    await waitFor(() => expect(plain(form.textContent)).toContain('04 65 71 12 08 · 2 tickets cette année'));
    expect(fake.asks('earlier')).toEqual([{ personId: 'sara.diallo', except: null }]);
    const before = screen.getByRole('button', { name: /Casque pour la visioconférence/ });
    expect(plain(before.textContent)).toContain('Demande · fermé sans réponse');
    await user.click(before);
    expect(useSelection.getState()).toMatchObject({ page: 'console', ticketId: earlier.tickets[1]?.ticketId });
  });
});
