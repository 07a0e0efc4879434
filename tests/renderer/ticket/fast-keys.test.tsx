import { act, screen, waitFor } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { useSelection } from '../../../renderer/state/selection.ts';
import { openPane } from './pane.tsx';
import { heldTicket, NOW, networkTicket, TICKET } from './ticket-world.ts';

const NEXT = '00000000-0000-4000-8000-000000000002';
const field = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Note' });
const nextTicket = (base = networkTicket()) => ({ ...base, ticket: { ...base.ticket, id: NEXT, title: 'Écran noir' }, drafts: {} });

/** A pane on one ticket, and a neighbour whose answer takes its time. */
async function withNeighbour(first: Parameters<typeof openPane>[0], next = nextTicket()) {
  const opened = await openPane(first);
  const { fake } = opened;
  await act(async () => fake.change({ ticket: (id) => (id === TICKET ? fake.detail : id === NEXT ? next : null) }));
  fake.silent = true;
  return { ...opened, arrive: () => act(async () => fake.change({})) };
}
const go = (id: string) => act(() => useSelection.getState().select(id));

describe('fast fingers', () => {
  test('write the note from the first letter after its key on', async () => {
    const { fake, user } = await openPane(networkTicket());
    // No waiting between the keys: c, r and w are operations outside of a field.
    await user.keyboard('ncrw');
    expect(field().value).toBe('crw');
    expect(useSelection.getState().form).toBeNull();
    await waitFor(() => expect(fake.asks('perform')).toEqual([expect.objectContaining({ name: 'claim' })]));
  });

  test('take the ticket that they went to, not the one that is still drawn', async () => {
    const { fake, user, arrive } = await withNeighbour(networkTicket());
    go(NEXT);
    await user.keyboard('c');
    expect(fake.asks('perform')).toEqual([]);
    await arrive();
    expect(await screen.findByText('Écran noir')).toBeTruthy();
    await waitFor(() => expect(fake.asks('perform')).toEqual([expect.objectContaining({ name: 'claim', ticketId: NEXT })]));
  });

  test('take nothing when they went on before the ticket arrived', async () => {
    const { fake, user, arrive } = await withNeighbour(networkTicket());
    go(NEXT);
    await user.keyboard('c');
    go(TICKET);
    await arrive();
    expect(fake.asks('perform')).toEqual([]);
    go(NEXT);
    expect(await screen.findByText('Écran noir')).toBeTruthy();
    expect(fake.asks('perform')).toEqual([]);
  });

  test('open a form of the ticket that they went to, with what was typed meanwhile', async () => {
    const { user, arrive } = await withNeighbour(networkTicket());
    go(NEXT);
    await user.keyboard('rFini');
    await arrive();
    const solution = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Solution' });
    await waitFor(() => expect(solution.value).toBe('Fini'));
  });

  test('speak of the call in its note, also before its bar is there', async () => {
    const { fake, user } = await openPane(heldTicket());
    await user.keyboard('trw');
    const note = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Note d’appel, interne' });
    await waitFor(() => expect(note.value).toBe('rw'));
    expect(fake.asks('startCall')).toHaveLength(1);
    expect(useSelection.getState().form).toBeNull();
  });
});

test('a draft stays with its ticket while the next one is on its way', async () => {
  const draft = { content: { text: 'Pour le premier', public: true }, savedAt: new Date(NOW).toISOString() };
  const { fake, user, arrive } = await withNeighbour(heldTicket({ drafts: { note: draft } }), nextTicket(heldTicket()));
  await user.keyboard('n !');
  expect(field().value).toBe('Pour le premier !');
  act(() => field().blur());
  go(NEXT);
  await arrive();
  await screen.findByText('Écran noir');
  expect(field().value).toBe('');
  await user.type(field(), 'autre');
  await waitFor(() =>
    expect(fake.asks('saveDraft').at(-1)).toEqual({ ticketId: NEXT, form: 'note', content: { text: 'autre', public: false } }),
  );
});
