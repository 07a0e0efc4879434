import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import type { TicketDetail } from '#shared/contract/core.ts';
import { useSelection } from '../../../renderer/state/selection.ts';
import { openPane, plain } from './pane.tsx';
import { earlier, heldTicket, julien, NOW, networkTicket, sara, TICKET } from './ticket-world.ts';

const ago = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString();
const pinned = () => screen.queryByRole('note');

function closed(rating: TicketDetail['resolutions'][number]['rating']): TicketDetail {
  const solution = { ticketId: TICKET, by: julien.id, text: 'Câble remplacé', code: null, undone: false, revision: 1 };
  const refused = { kind: 'refused' as const, by: sara.id, at: ago(300), reason: 'Non' };
  return networkTicket({
    ticket: { phase: 'closed', holderId: julien.id, resolvedAt: ago(90), closedAt: ago(60), refusal: null },
    resolutions: [
      {
        ...solution,
        id: 'r1',
        at: ago(400),
        decision: refused,
        rating: { duration: 1, answers: 1, comment: 'Avant', by: sara.id, at: ago(299) },
      },
      { ...solution, id: 'r2', at: ago(90), decision: { kind: 'validated', by: sara.id, at: ago(60), reason: '' }, rating },
    ],
  });
}

describe('what stands above the timeline', () => {
  test('is the reason of the last refusal, with who and when', async () => {
    await openPane(networkTicket());
    expect(plain(pinned()?.textContent)).toBe(
      'Résolution refusée par Sara Diallo« Revenu dix minutes, puis plus rien. Tout l’étage est arrêté. »9:26',
    );
  });

  test('is at the end how the solution that stands was rated', async () => {
    await openPane(closed({ duration: 4, answers: 5, comment: 'Rapide et clair.', by: sara.id, at: ago(50) }));
    expect(plain(pinned()?.textContent)).toBe('Noté par Sara DialloDurée 4 sur 5, réponses 5 sur 5« Rapide et clair. »10:17');
  });

  test('is nothing where nobody rated it, whatever was said of an earlier one', async () => {
    await openPane(closed(null));
    expect(pinned()).toBeNull();
  });
});

describe('who is on the line', () => {
  const card = () => screen.queryByRole('region', { name: 'À savoir sur Sara Diallo' });

  test('stands above the timeline during a call: the place now, the language, other numbers, what there was before', async () => {
    const abroad = { ...sara, language: 'en' as const, phone: { typed: '04 65 71 99 99', e164: '+33465719999' } };
    const { people } = heldTicket();
    const detail = heldTicket({
      people: { ...people, [sara.id]: abroad },
      siteHours: { timeZone: 'America/Toronto', openNow: false, changesAt: new Date(NOW + 3 * 3_600_000).toISOString() },
    });
    const { user, fake } = await openPane(detail);
    expect(card()).toBeNull();
    expect(plain(screen.getByRole('region', { name: 'Bénéficiaire' }).textContent)).toContain('5:07 là-bas · parle anglais');
    await user.keyboard('t');
    await waitFor(() => expect(card()).not.toBeNull());
    const found = card() ?? expect.fail();
    await waitFor(() => expect(plain(found.textContent)).toContain('2 autres tickets cette année'));
    for (const fact of [
      'Site fermé, ouvre à 14:07 · 5:07 là-bas',
      'Parle anglais',
      'Annuaire : 04 65 71 99 99',
      'Signalé par Antoine Besson',
    ])
      expect(plain(found.textContent)).toContain(fact);
    expect(plain(found.textContent)).toContain('Fermé, confirmé · durée 4, réponses 5');
    expect(plain(found.textContent)).toContain('Demande · fermé sans réponse');
    expect(fake.asks('earlier')).toContainEqual({ personId: sara.id, except: TICKET });
    await user.click(within(found).getByRole('button', { name: /Casque/ }));
    expect(useSelection.getState().ticketId).toBe(earlier.tickets[1]?.ticketId);
  });

  test('says that there was nothing before', async () => {
    const { user } = await openPane(heldTicket(), { earlier: () => ({ thisYear: 0, tickets: [] }) });
    await user.keyboard('t');
    await waitFor(() => expect(plain(card()?.textContent)).toContain('Aucun autre ticket'));
  });
});
