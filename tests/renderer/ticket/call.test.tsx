import { act, screen, waitFor } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import type { CallInProgress } from '#shared/contract/core.ts';
import { useSelection } from '../../../renderer/state/selection.ts';
import { nextAt } from '../../../renderer/ticket/call/CallbackChoice.tsx';
import { proposedCallback } from '../../../renderer/ticket/call/call-store.ts';
import { openPane, plain } from './pane.tsx';
import { heldTicket, NOW, sara, TICKET } from './ticket-world.ts';

const panel = () => screen.queryByRole('region', { name: 'Appel en cours' });
const at = (minutes: number) => new Date(NOW + minutes * 60_000).toISOString();
const note = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Note d’appel, interne' });
const call: CallInProgress = {
  id: '22222222-0000-4000-8000-000000000001',
  ticketId: TICKET,
  personId: sara.id,
  personName: sara.name,
  number: { typed: '04 65 71 12 08', e164: '+33465711208' },
  startedAt: at(-4),
  note: '',
  callbackAt: at(18),
  recovered: false,
};

async function calling() {
  const opened = await openPane(heldTicket());
  await opened.user.keyboard('t');
  await waitFor(() => expect(panel()).not.toBeNull());
  return opened;
}

describe('calling', () => {
  test('keeps the call before the system dials, then dials digits only', async () => {
    const { fake, host } = await calling();
    expect(fake.asks('startCall')).toEqual([{ ticketId: TICKET, personId: sara.id, number: heldTicket().ticket.phone }]);
    await waitFor(() => expect(host.asked.filter(({ name }) => name === 'dial')).toEqual([{ name: 'dial', input: '+33465711208' }]));
    expect(plain(panel()?.textContent)).toContain('04 65 71 12 08');
    expect(screen.getByRole('timer').textContent).toMatch(/^00:0\d$/);
    expect(document.activeElement).toBe(note());
  });

  test.each([
    ['F1', 'reached', null],
    ['F2', 'no_answer', '2026-05-04T09:25:00.000Z'],
    ['F3', 'busy', '2026-05-04T09:25:00.000Z'],
    ['F4', 'voicemail', '2026-05-04T09:25:00.000Z'],
    ['F5', 'wrong_number', null],
  ])('%s ends it as %s, with the note and the next attempt', async (key, outcome, callbackAt) => {
    const { fake, user } = await calling();
    await user.keyboard(`rappeler le poste{${key}}`);
    await waitFor(() => expect(fake.asks('endCall')).toEqual([{ outcome }]));
    expect(fake.asks('updateCall').at(-1)).toEqual({ note: 'rappeler le poste', callbackAt });
    await waitFor(() => expect(panel()).toBeNull());
    expect(screen.getByText('Appel enregistré')).toBeTruthy();
  });

  test('goes on when one returns to the ticket, and is one key away', async () => {
    const { fake, user } = await calling();
    await user.keyboard('{Escape}');
    expect(await screen.findByText('Appel avec Sara Diallo')).toBeTruthy();
    expect(screen.getByRole('toolbar')).toBeTruthy();
    expect(fake.asks('endCall')).toEqual([]);
    await user.keyboard('t');
    await waitFor(() => expect(note()).toBeTruthy());
  });

  test('survives going to another ticket', async () => {
    const { user } = await calling();
    act(() => useSelection.getState().select('00000000-0000-4000-8000-000000000002'));
    await user.click(await screen.findByRole('button', { name: /Revenir à l’appel/ }));
    expect(useSelection.getState().ticketId).toBe(TICKET);
    await waitFor(() => expect(note()).toBeTruthy());
  });

  test('asks the outcome of a call that the app died in', async () => {
    await openPane(heldTicket(), {}, { call: { ...call, recovered: true } });
    expect(await screen.findByText(/quel a été son résultat/)).toBeTruthy();
    expect(screen.queryByRole('timer')).toBeNull();
  });

  test('lets the next attempt be changed or left out', async () => {
    const { fake, user } = await openPane(heldTicket(), {}, { call });
    await user.click(await screen.findByRole('button', { name: 'Changer' }));
    await user.click(screen.getByRole('button', { name: 'Sans rappel' }));
    await waitFor(() => expect(fake.asks('updateCall').at(-1)).toEqual({ note: '', callbackAt: null }));
  });

  test('says when the system did not dial, and goes on all the same', async () => {
    const { host, user } = await openPane(heldTicket());
    host.failures.dial = { kind: 'refused_number' };
    await user.keyboard('t');
    expect((await screen.findByRole('alert')).textContent).toContain('n’a pas composé');
    await user.click(screen.getByRole('button', { name: 'Composé par erreur' }));
    await waitFor(() => expect(panel()).toBeNull());
  });
});

describe('a number', () => {
  const withPhone = (typed: string, e164: string | null) => heldTicket({ ticket: { phone: { typed, e164 } } });

  test('that costs more is asked first', async () => {
    const { fake, host, user } = await openPane(withPhone('0899 70 00 00', '+33899700000'));
    await user.keyboard('t');
    expect(plain((await screen.findByRole('alert')).textContent)).toContain('Numéro surtaxé');
    expect(fake.asks('startCall')).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Composer' }));
    await waitFor(() => expect(host.asked.some(({ name }) => name === 'dial')).toBe(true));
  });

  test('that is an extension is asked first, and dialled as its digits', async () => {
    const { host, user } = await openPane(withPhone('44 89', null));
    await user.keyboard('t');
    expect(plain((await screen.findByRole('alert')).textContent)).toContain('44 89');
    await user.click(screen.getByRole('button', { name: 'Composer' }));
    await waitFor(() => expect(host.asked.filter(({ name }) => name === 'dial')).toEqual([{ name: 'dial', input: '4489' }]));
  });

  test('that cannot be understood says why it is not dialled', async () => {
    const { fake, user } = await openPane(withPhone('poste 12', null));
    await user.keyboard('t');
    expect(plain((await screen.findByRole('alert')).textContent)).toContain('« poste 12 » ne peut pas être composé');
    expect(fake.asks('startCall')).toEqual([]);
  });
});

describe('the next attempt', () => {
  test('is proposed a quarter of an hour on, at a round five minutes', () => {
    expect(proposedCallback(NOW, { timeZone: 'Europe/Paris', openNow: true, changesAt: null })).toBe('2026-05-04T09:25:00.000Z');
  });
  test('waits for the opening of a closed site', () => {
    const opening = '2026-05-05T06:00:00.000Z';
    expect(proposedCallback(NOW, { timeZone: 'Europe/Paris', openNow: false, changesAt: opening })).toBe(opening);
  });
  test('typed as a time is today, or tomorrow when it is past', () => {
    expect(nextAt('14h30', NOW)).toBe('2026-05-04T12:30:00.000Z');
    expect(nextAt('9', NOW)).toBe('2026-05-05T07:00:00.000Z');
    expect(nextAt('25:00', NOW)).toBeNull();
  });
});
