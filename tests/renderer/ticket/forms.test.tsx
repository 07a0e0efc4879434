import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { beginsWords } from '#shared/domain/words.ts';
import { useSelection } from '../../../renderer/state/selection.ts';
import { Failing } from '../fake-core.ts';
import { openPane, plain } from './pane.tsx';
import { amira, desk, heldOffers, heldTicket, NOW, networkTicket, offers, TICKET } from './ticket-world.ts';

const sent = (fake: { asks(name: string): unknown[] }) => fake.asks('perform');
const send = '{Control>}{Enter}{/Control}';

describe('the form that resolves', () => {
  async function resolving(answers = {}) {
    const opened = await openPane(heldTicket(), answers);
    await opened.user.keyboard('r');
    const form = await screen.findByRole('form', { name: 'Résoudre' });
    const solution = within(form).getByRole<HTMLTextAreaElement>('textbox', { name: 'Solution' });
    return { ...opened, form, solution };
  }

  test('has its first field focused, and keeps the header', async () => {
    const { solution } = await resolving();
    expect(document.activeElement).toBe(solution);
    expect(screen.getByRole('heading', { name: 'Plus de réseau au 2e étage, bâtiment B' })).toBeTruthy();
    expect(screen.queryByRole('toolbar')).toBeNull();
  });

  test('says at once that a colleague was first, and keeps what is typed', async () => {
    const { fake, user, form, solution } = await resolving();
    await user.type(solution, 'Fait');
    const refusal = { code: 'not_holder', holderId: amira.id, holderName: amira.name } as const;
    const taken = fake.detail.offers.map((offer) => (offer.name === 'resolve' ? { ...offer, offered: false, refusal } : offer));
    await act(async () => fake.show({}, { offers: taken }));
    await waitFor(() => expect(within(form).getByRole('alert').textContent).toContain(amira.name));
    expect(solution.value).toBe('Fait');
  });

  test('says at each field what is missing, and sends nothing', async () => {
    const { fake, user, form, solution } = await resolving();
    await user.keyboard(send);
    expect(
      within(form)
        .getAllByRole('alert')
        .map((alert) => plain(alert.textContent)),
    ).toEqual(['Écrivez ce qui a été fait : la personne le lira.', 'Choisissez un code.']);
    expect(solution.getAttribute('aria-invalid')).toBe('true');
    expect(document.activeElement).toBe(solution);
    expect(sent(fake)).toEqual([]);
    await user.type(solution, 'Fait');
    expect(solution.getAttribute('aria-invalid')).toBeNull();
  });

  test('sends text and code, consumes the draft and offers the undo', async () => {
    const { fake, user, form, solution } = await resolving();
    await user.type(solution, 'Câble remplacé.');
    await user.click(within(form).getByRole('combobox', { name: 'Code' }));
    await user.click(within(form).getByRole('option', { name: 'Matériel remplacé' }));
    await user.keyboard(send);
    await waitFor(() =>
      expect(sent(fake)).toEqual([
        { name: 'resolve', ticketId: TICKET, input: { text: 'Câble remplacé.', code: 'replaced' }, draft: 'resolve' },
      ]),
    );
    await waitFor(() => expect(screen.queryByRole('form')).toBeNull());
    expect(screen.getByText('Ticket résolu')).toBeTruthy();
  });

  test('keeps what was typed when one leaves, and brings it back', async () => {
    const { fake, user, solution } = await resolving();
    await user.type(solution, 'À moitié');
    await user.keyboard('{Escape}');
    expect(useSelection.getState().form).toBeNull();
    await waitFor(() => expect(fake.detail.drafts.resolve?.content.text).toBe('À moitié'));
    await user.keyboard('r');
    expect((await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Solution' })).value).toBe('À moitié');
    expect(screen.getByText('Brouillon gardé à 11:07')).toBeTruthy();
  });

  test('takes over a near solution and its code with Alt 1', async () => {
    const { user, form, solution } = await resolving();
    await within(form).findByText('RESEAU HS 2EME ETAGE');
    await user.keyboard('{Alt>}1{/Alt}');
    await waitFor(() => expect(solution.value).toBe('Câble de remontée entre B2 et B0 remplacé.'));
    expect(within(form).getByRole<HTMLInputElement>('combobox', { name: 'Code' }).value).toBe('Matériel remplacé');
  });

  test('shows under its field what the rules found wrong', async () => {
    const refusal = { code: 'invalid' as const, problems: [{ path: 'text', message: 'required' }] };
    const { user, form, solution } = await resolving({ perform: () => ({ ok: false, refusal }) });
    await user.type(solution, ' .');
    await user.click(within(form).getByRole('combobox', { name: 'Code' }));
    await user.click(within(form).getByRole('option', { name: 'Explication donnée' }));
    await user.keyboard(send);
    await waitFor(() => expect(solution.getAttribute('aria-invalid')).toBe('true'));
    expect(solution.value).toBe(' .');
  });

  test('a full disk is named, and what was typed stays', async () => {
    const full = () => {
      throw new Failing('disk_full', 'database or disk is full');
    };
    const { user, form, solution } = await resolving({ perform: full });
    await user.type(solution, 'Câble remplacé.');
    await user.click(within(form).getByRole('combobox', { name: 'Code' }));
    await user.click(within(form).getByRole('option', { name: 'Explication donnée' }));
    await user.keyboard(send);
    expect((await screen.findByRole('alert')).textContent).toMatch(/^Ce n’est pas fait\s: le disque de ce poste est plein/);
    expect(solution.value).toBe('Câble remplacé.');
  });

  test('takes a ticket of the pool when one begins to type, not when it opens', async () => {
    const { fake, user } = await openPane(networkTicket());
    await user.keyboard('r');
    const solution = await screen.findByRole('textbox', { name: 'Solution' });
    expect(sent(fake)).toEqual([]);
    await user.type(solution, 'Câ');
    await waitFor(() => expect(sent(fake)).toMatchObject([{ name: 'claim' }]));
    expect(await screen.findByText(/en remplissant un formulaire/)).toBeTruthy();
  });
});

describe('the form that waits', () => {
  test('takes reason, detail and wake-up, and says what happens to the clocks', async () => {
    const { fake, user } = await openPane(heldTicket());
    await user.keyboard('w');
    const form = await screen.findByRole('form', { name: 'Mettre en attente' });
    expect(plain(form.textContent)).toContain('Résolution : reste 2 h 46.');
    await user.keyboard('{Alt>}2{/Alt}');
    await user.type(await within(form).findByRole('textbox', { name: 'Fournisseur et dossier' }), 'dossier 88214');
    await user.click(within(form).getByRole('button', { name: 'Demain 9:00' }));
    await user.keyboard(send);
    await waitFor(() =>
      expect(sent(fake)).toEqual([
        {
          name: 'wait',
          ticketId: TICKET,
          input: { reason: 'supplier', detail: 'dossier 88214', wakeAt: '2026-05-05T07:00:00.000Z' },
          draft: 'wait',
        },
      ]),
    );
  });

  test('refuses a wake-up in the past at its field', async () => {
    const past = { content: { wakeAt: new Date(NOW - 60_000).toISOString() }, savedAt: new Date(NOW).toISOString() };
    const { fake, user } = await openPane(heldTicket({ drafts: { wait: past } }));
    await user.keyboard('w');
    await screen.findByRole('form', { name: 'Mettre en attente' });
    await user.keyboard(send);
    expect((await screen.findByRole('alert')).textContent).toBe('Choisissez une heure à venir.');
    expect(sent(fake)).toEqual([]);
  });
});

describe('the other forms', () => {
  const openForm = async (name: string, title: string, detail = heldTicket(), world = {}, answers = {}) => {
    const opened = await openPane(detail, answers, world);
    act(() => useSelection.getState().openForm(name));
    return { ...opened, form: await screen.findByRole('form', { name: title }) };
  };

  test('release asks for a reason and carries the holder seen', async () => {
    const { fake, user, form } = await openForm('release', 'Remettre au pot');
    await user.keyboard(send);
    expect(within(form).getByRole('alert').textContent).toContain('Donnez un motif');
    await user.keyboard(`je pars sur site${send}`);
    await waitFor(() =>
      expect(sent(fake)).toMatchObject([{ name: 'release', input: { reason: 'je pars sur site', seenHolderId: desk.me.id } }]),
    );
  });

  test('assign finds a colleague by name', async () => {
    const { fake, user, form } = await openForm('assign', 'Affecter');
    expect(within(form).queryByRole('combobox', { name: 'Équipe' })).toBeNull();
    await user.keyboard('ami{Enter}');
    await user.keyboard(send);
    await waitFor(() =>
      expect(sent(fake)).toMatchObject([
        { name: 'assign', input: { teamId: 'lyon', holderId: amira.id, reason: '', seenHolderId: desk.me.id } },
      ]),
    );
  });

  test('assign offers other teams and their pools to a lead', async () => {
    const lead = { ...desk, memberships: [{ id: 'm1', personId: desk.me.id, teamId: 'lyon', role: 'lead' as const, revision: 1 }] };
    const { fake, user, form } = await openForm('assign', 'Affecter', heldTicket(), { desk: lead });
    await user.click(within(form).getByRole('combobox', { name: 'Équipe' }));
    await user.click(within(form).getByRole('option', { name: 'Support Paris' }));
    expect(await within(form).findByRole('option', { name: /Au pot de Support Paris/, selected: true })).toBeTruthy();
    await user.keyboard(send);
    await waitFor(() => expect(sent(fake)).toMatchObject([{ input: { teamId: 'paris', holderId: null } }]));
  });

  test('urgency follows the matrix, or stands alone with a reason', async () => {
    const { fake, user, form } = await openForm('set_urgency', 'Changer l’urgence');
    await user.click(within(form).getByRole('radio', { name: /Une personne, Difficilement/ }));
    expect(plain(form.textContent)).toContain('L’urgence passe de haute à basse');
    await user.click(within(form).getByRole('switch', { name: 'Fixer une autre urgence' }));
    await user.click(within(form).getByRole('radio', { name: 'Moyenne' }));
    await user.keyboard(send);
    expect(within(form).getByRole('alert').textContent).toContain('Donnez un motif');
    await user.type(within(form).getByRole('textbox', { name: 'Motif' }), 'réunion du comité');
    await user.keyboard(send);
    await waitFor(() =>
      expect(sent(fake)).toMatchObject([
        {
          input: {
            importance: 'person',
            relevance: 'hindered',
            override: { urgency: 'medium', reason: 'réunion du comité' },
            seenUrgency: 'high',
          },
        },
      ]),
    );
  });

  test('contact carries the number seen, and says how a new one is understood', async () => {
    const { fake, user, form } = await openForm('edit_contact', 'Modifier le contact');
    const phone = within(form).getByRole('textbox', { name: 'Téléphone' });
    await user.clear(phone);
    await user.type(phone, '+32 2 513 89 40');
    expect(plain(form.textContent)).toContain('Lieu');
    await user.clear(phone);
    await user.type(phone, 'poste 12');
    expect(plain(form.textContent)).toContain('ne pourra pas être composé');
    await user.keyboard(send);
    await waitFor(() => expect(sent(fake)).toMatchObject([{ input: { phone: 'poste 12', seenPhone: '04 65 71 12 08', siteId: 'lyon' } }]));
  });

  test('what changed meanwhile is told with both values, and sent again only when confirmed', async () => {
    const refusal = { code: 'changed' as const, field: 'category', seen: 'Réseau', current: 'Messagerie' };
    let refuse = true;
    const answers = {
      perform: () => {
        if (!refuse) return { ok: true, operationIds: ['33333333-0000-4000-8000-000000000001'], claimed: false, undoable: true };
        refuse = false;
        return { ok: false, refusal };
      },
    };
    const { fake, user, form } = await openForm('set_category', 'Changer la catégorie', heldTicket(), {}, answers);
    await user.keyboard('impr{Enter}');
    await user.keyboard(send);
    const alert = await within(form).findByRole('alert');
    expect(alert.textContent).toContain('Messagerie');
    await act(async () => fake.show({}, heldTicket({ ticket: { categoryId: 'mail' } })));
    await user.click(within(form).getByRole('button', { name: 'Envoyer quand même' }));
    await waitFor(() => expect(sent(fake).at(-1)).toMatchObject({ input: { categoryId: 'printing', seenCategoryId: 'mail' } }));
    expect(sent(fake)[0]).toMatchObject({ input: { categoryId: 'printing', seenCategoryId: 'network' } });
  });

  test('cancel says that it cannot be undone', async () => {
    const { form } = await openForm('cancel', 'Annuler le ticket', heldTicket({ offers: offers([...heldOffers, 'cancel'], false) }));
    expect(plain(form.textContent)).toContain('Ceci ne s’annule pas');
  });
});

describe('a list to choose from', () => {
  test('is narrowed by the beginnings of words, without accents', () => {
    expect(beginsWords('Éloïse Lefèvre', 'elo lef')).toBe(true);
    expect(beginsWords('Éloïse Lefèvre', 'oise')).toBe(false);
  });
});
