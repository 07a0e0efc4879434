import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import type { Rejection } from '#shared/contract/core.ts';
import { Console } from '../../../renderer/shell/Console.tsx';
import { useSelection } from '../../../renderer/state/selection.ts';
import { setServerOffset } from '../../../renderer/time/now.ts';
import { show } from '../show.tsx';
import { openPane, plain } from './pane.tsx';
import { amira, heldTicket, NOW, networkTicket, offers, PlayingCore, TICKET } from './ticket-world.ts';

const at = (minutes: number) => new Date(NOW + minutes * 60_000).toISOString();
const taken: Rejection = {
  operationId: 'r1',
  name: 'claim',
  refusal: { code: 'already_held', holderId: amira.id, holderName: amira.name, since: at(-29) },
  madeAt: at(-26),
  answeredAt: at(-10),
  kept: [
    { operationId: 'k1', name: 'log_call', as: 'log_call', madeAt: at(-23) },
    { operationId: 'k2', name: 'resolve', as: 'solution_proposed', madeAt: at(-15) },
  ],
  notApplied: [{ operationId: 'k3', name: 'wait', refusal: { code: 'depends_on_rejected', operationId: 'r1' }, madeAt: at(-14) }],
  text: 'Grille dégagée.',
};
const theirs = (rejection = taken) =>
  networkTicket({ ticket: { holderId: amira.id }, rejections: [rejection], offers: offers(['note', 'log_call'], false) });

describe('a refused claim', () => {
  test('says who was first, what was kept and what was not applied, until it is dismissed', async () => {
    const { fake, user } = await openPane(theirs());
    const banner = plain(screen.getByRole('alert').textContent);
    expect(banner).toContain('Amira Haddad l’a pris en charge à 10:38, avant vous');
    expect(banner).toContain('Vous l’aviez pris hors ligne à 10:41. Le serveur a répondu à 10:57.');
    expect(banner).toContain('Votre appel de 10:44 : sur le ticket, avec la mention « hors ligne »');
    expect(banner).toContain('La prise en charge et la mise en attente. Votre résolution devient une solution proposée.');
    await user.keyboard('{Escape}');
    await waitFor(() => expect(fake.asks('dismissRejection')).toEqual(['r1']));
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
  });

  test('stays when Escape leaves the search, and goes with the next one', async () => {
    const fake = new PlayingCore(theirs());
    show(<Console />, { fake });
    setServerOffset(NOW - Date.now());
    act(() => useSelection.getState().select(TICKET));
    await screen.findByRole('alert');
    await userEvent.keyboard('/');
    const field = await waitFor(() => document.querySelector<HTMLElement>('search input') ?? expect.fail());
    act(() => useSelection.getState().select(TICKET));
    await screen.findByRole('alert');
    act(() => field.focus());
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(document.querySelector('search')).toBeNull());
    expect(fake.asks('dismissRejection')).toEqual([]);
    await screen.findByRole('alert');
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(fake.asks('dismissRejection')).toEqual(['r1']));
  });

  test('asks for the ticket by an internal note, once', async () => {
    const { fake, user } = await openPane(theirs());
    await user.keyboard('d');
    await waitFor(() =>
      expect(fake.asks('perform')).toMatchObject([{ name: 'note', ticketId: TICKET, input: { visibility: 'internal' } }]),
    );
    expect((fake.asks('perform')[0] as { input: { text: string } }).input.text).toContain('Amira');
    expect(await screen.findByText('Demande ajoutée au ticket')).toBeTruthy();
    await user.keyboard('d');
    expect(fake.asks('perform')).toHaveLength(1);
  });

  test('copies the work that was done', async () => {
    const { host, user } = await openPane(theirs());
    await user.click(screen.getByRole('button', { name: 'Copier mon travail' }));
    await waitFor(() => expect(host.asked).toContainEqual({ name: 'copyText', input: 'Grille dégagée.' }));
    expect(await screen.findByRole('button', { name: 'Copié' })).toBeTruthy();
  });
});

test('a refused note is done again as it was, and the refusal of that is told', async () => {
  const refused: Rejection = { ...taken, name: 'note', refusal: { code: 'wrong_phase', phase: 'cancelled' }, kept: [], notApplied: [] };
  const { fake, user } = await openPane(heldTicket({ rejections: [refused] }));
  fake.answers.repeatRejected = () => ({ ok: false, refusal: { code: 'not_found' } });
  await user.click(screen.getByRole('button', { name: 'Refaire' }));
  await waitFor(() => expect(fake.asks('repeatRejected')).toEqual(['r1']));
  expect(plain(within(screen.getAllByRole('alert')[0] as HTMLElement).getByRole('alert').textContent)).not.toBe('');
});

describe('another refusal', () => {
  test('shows both values of what changed, and opens the form again with what was written', async () => {
    const changed: Rejection = {
      ...taken,
      name: 'set_urgency',
      refusal: { code: 'changed', field: 'urgency', seen: 'low', current: 'high' },
      kept: [],
      notApplied: [],
      text: '',
    };
    const { user } = await openPane(heldTicket({ rejections: [changed] }));
    const banner = plain(screen.getByRole('alert').textContent);
    expect(banner).toContain('Vous aviez vuBasse');
    expect(banner).toContain('C’est maintenantHaute');
    expect(screen.queryByRole('button', { name: /Demander/ })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Renvoyer…' }));
    expect(useSelection.getState().form).toBe('set_urgency');
    expect(await screen.findByRole('form', { name: 'Changer l’urgence' })).toBeTruthy();
  });
});
