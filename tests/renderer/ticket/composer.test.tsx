import { act, screen, waitFor } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { openPane } from './pane.tsx';
import { heldTicket, NOW, networkTicket, TICKET } from './ticket-world.ts';

const field = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Note' });
const performed = (fake: { asks(name: string): unknown[] }) => fake.asks('perform').map((input) => (input as { name: string }).name);

describe('typing a note', () => {
  test('takes a ticket of the pool with the first letter, once, visibly', async () => {
    const { fake, user } = await openPane(networkTicket());
    await user.keyboard('n');
    await waitFor(() => expect(document.activeElement).toBe(field()));
    expect(performed(fake)).toEqual([]);
    await user.keyboard('Capteur du bac 2');
    expect(await screen.findByText('Ticket à vous')).toBeTruthy();
    expect(screen.getByText(/en tapant une note/)).toBeTruthy();
    expect(performed(fake)).toEqual(['claim']);
  });

  test('takes nothing when the ticket is mine', async () => {
    const { fake, user } = await openPane(heldTicket());
    await user.type(field(), 'Capteur');
    expect(performed(fake)).toEqual([]);
  });

  test('keeps the text as a draft when the claim is undone, and does not claim again', async () => {
    const { fake, user } = await openPane(networkTicket());
    await user.type(field(), 'Capteur');
    await screen.findByText('Ticket à vous');
    await user.keyboard('{Control>}z{/Control}');
    await waitFor(() => expect(fake.asks('undo')).toHaveLength(1));
    await waitFor(() => expect(screen.queryByText('Ticket à vous')).toBeNull());
    await act(async () => fake.show({}, networkTicket()));
    await user.type(field(), ' du bac');
    expect(field().value).toBe('Capteur du bac');
    expect(performed(fake)).toEqual(['claim']);
    await waitFor(() => expect(fake.detail.drafts.note?.content.text).toBe('Capteur du bac'));
  });

  test('saves the draft while one types, and finds it again', async () => {
    const { fake, user } = await openPane(heldTicket());
    await user.type(field(), 'Câble');
    await waitFor(() =>
      expect(fake.asks('saveDraft').at(-1)).toEqual({ ticketId: TICKET, form: 'note', content: { text: 'Câble', public: false } }),
    );
  });

  test('saves at once what was typed last when the window closes', async () => {
    const { fake, user } = await openPane(heldTicket());
    await user.type(field(), 'Câ');
    window.dispatchEvent(new Event('beforeunload'));
    await user.type(field(), 'b');
    const kept = () => fake.asks('saveDraft').map((input) => (input as { content: { text: string } }).content.text);
    window.dispatchEvent(new Event('beforeunload'));
    await waitFor(() => expect(kept()).toEqual(['Câ', 'Câb']));
  });

  test('drawn with an older draft it takes the newer one that core tells of, until one types', async () => {
    const draft = (text: string) => ({ note: { content: { text, public: false }, savedAt: new Date(NOW).toISOString() } });
    // A neighbour that one comes back to is drawn with what was known of it.
    const { fake, user } = await openPane(heldTicket({ drafts: draft('abc') }));
    expect(field().value).toBe('abc');
    await act(async () => fake.show({}, { drafts: draft('abcdef') }));
    await waitFor(() => expect(field().value).toBe('abcdef'));
    await act(async () => fake.show({}, { drafts: {} }));
    await waitFor(() => expect(field().value).toBe(''));
    await user.type(field(), 'x');
    await act(async () => fake.show({}, { drafts: draft('abc') }));
    expect(field().value).toBe('x');
  });

  test('begins with the draft that was left', async () => {
    const draft = { content: { text: 'Repris plus tard', public: false }, savedAt: new Date(NOW).toISOString() };
    await openPane(heldTicket({ drafts: { note: draft } }));
    expect(field().value).toBe('Repris plus tard');
  });

  test('takes over the text that a rejection gives back, unless something is typed', async () => {
    const { fake } = await openPane(heldTicket());
    const draft = { content: { text: 'Rendu', public: false }, savedAt: new Date(NOW).toISOString() };
    await act(async () => fake.show({}, { drafts: { note: draft } }));
    await waitFor(() => expect(field().value).toBe('Rendu'));
  });

  test('sends an internal note with Ctrl Enter, which consumes the draft', async () => {
    const { fake, user } = await openPane(heldTicket());
    await user.type(field(), 'Bac nettoyé{Control>}{Enter}{/Control}');
    await waitFor(() =>
      expect(fake.asks('perform')).toEqual([
        { name: 'note', ticketId: TICKET, input: { text: 'Bac nettoyé', visibility: 'internal' }, draft: 'note' },
      ]),
    );
    await waitFor(() => expect(field().value).toBe(''));
    expect(await screen.findByText('Bac nettoyé')).toBeTruthy();
    expect(screen.getByText('Note ajoutée')).toBeTruthy();
  });

  test('saves before it sends, and never after: a draft that was sent does not come back', async () => {
    const { fake, user } = await openPane(heldTicket());
    await user.type(field(), 'Bac nettoyé{Control>}{Enter}{/Control}');
    await waitFor(() => expect(field().value).toBe(''));
    await screen.findByText('Bac nettoyé');
    const order = fake.calls.map(({ name }) => name).filter((name) => name === 'saveDraft' || name === 'perform');
    expect(order.at(-1)).toBe('perform');
    expect(order).toContain('saveDraft');
    // An answer from before the note was sent, late.
    await act(async () => fake.show({}, { drafts: {} }));
    expect(field().value).toBe('');
    expect(fake.detail.drafts).toEqual({});
  });

  test('is public only when the switch says so, and names its readers', async () => {
    const { fake, user } = await openPane(heldTicket());
    await user.type(field(), 'Nous passons demain.');
    await user.click(screen.getByRole('switch', { name: 'Public' }));
    expect(screen.getByText(/lu par Sara Diallo et Antoine Besson/)).toBeTruthy();
    await user.click(field());
    await user.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() => expect(fake.asks('perform')[0]).toMatchObject({ input: { visibility: 'public' } }));
  });

  test('loses nothing when core cannot keep it', async () => {
    const refusal = { code: 'not_found' as const };
    const { user } = await openPane(heldTicket(), { perform: () => ({ ok: false, refusal }) });
    await user.type(field(), 'Bac nettoyé{Control>}{Enter}{/Control}');
    expect(await screen.findByRole('alert')).toBeTruthy();
    expect(field().value).toBe('Bac nettoyé');
  });
});
