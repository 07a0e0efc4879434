import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { PortalTicketView } from '#shared/contract/portal.ts';
import { TicketPage } from '../../../portal/ticket/TicketPage.tsx';
import { applied, FakeServer, fine } from '../fake-server.ts';
import { show } from '../show.tsx';
import { ticketView } from '../ticket-view.ts';

const ID = '00000000-0000-4000-8000-000000000042';
const view = ticketView(ID);
const serverOf = (shown: () => PortalTicketView) =>
  new FakeServer({
    'GET /v1/portal/tickets/:id': () => fine(shown()),
    'POST /v1/operations': ({ body }) => applied(body),
  });

test('after a refusal the call that comes is what the page says, not the rating of the solution that was none', async () => {
  const ticket = { ...view.ticket, holderName: 'Julien Morel', callbackAt: '2026-05-04T15:20:00.000Z' };
  const refused = { ...view, ticket, mayCancel: false, ending: { ...view.ending, mayRate: true, refusals: 1 } };
  await show(
    <TicketPage id={ID} />,
    serverOf(() => refused),
  );
  expect(await screen.findByText(/^Appel prévu vers/)).toBeTruthy();
  expect(screen.queryByRole('link', { name: 'Donner votre avis' })).toBeNull();
});

test('who keeps the ticket is back at what he pressed; who cancels it is at the page that says so', async () => {
  let isCancelled = false;
  const cancelled = { ...view, mayCancel: false, ticket: { ...view.ticket, phase: 'cancelled' as const } };
  await show(
    <TicketPage id={ID} />,
    serverOf(() => (isCancelled ? cancelled : view)),
  );
  await userEvent.click(await screen.findByRole('button', { name: 'Annuler ce ticket' }));
  await userEvent.click(screen.getByRole('button', { name: 'Le garder' }));
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Annuler ce ticket' }));

  await userEvent.click(screen.getByRole('button', { name: 'Annuler ce ticket' }));
  await userEvent.click(screen.getByRole('button', { name: 'Annuler le ticket' }));
  expect(screen.getByRole('textbox', { description: 'Dites pourquoi en quelques mots.' })).toBe(document.activeElement);
  await userEvent.keyboard('C’est revenu.');
  isCancelled = true;
  await userEvent.click(screen.getByRole('button', { name: 'Annuler le ticket' }));
  expect(await screen.findByText('Annulé')).toBeTruthy();
  expect(document.activeElement).toBe(screen.getByRole('main'));
});
