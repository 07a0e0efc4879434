import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, test, vi } from 'vitest';
import type { ListQuery } from '#shared/contract/core.ts';
import { useKeys } from '../../../renderer/keys/use-keys.ts';
import { Console } from '../../../renderer/shell/Console.tsx';
import { SyncState } from '../../../renderer/shell/SyncState.tsx';
import { useSelection } from '../../../renderer/state/selection.ts';
import { serverNow } from '../../../renderer/time/now.ts';
import { FakeCore } from '../fake-core.ts';
import { show } from '../show.tsx';
import { makeOutbox, makeWorld, upToDate, type World } from '../world.ts';

async function open(change: Partial<World> = {}, chosen = {}) {
  const fake = new FakeCore({ ...makeWorld(Date.now(), 60), ...change });
  const shown = show(<Console />, { fake, chosen });
  await screen.findAllByRole('option');
  return { fake, ...shown };
}
const rail = () => within(screen.getByRole('navigation', { name: 'Vues' }));
const view = () =>
  rail()
    .getAllByRole('button')
    .find((button) => button.getAttribute('aria-current') === 'page')?.textContent;

describe('the rail', () => {
  test('counts what the lists will show, and follows', async () => {
    const { fake } = await open({ counts: { pool: 38, mine: 6, waiting: 3, callbacksToday: 2 } });
    for (const name of ['Pot commun38', 'À moi6', 'En attente3', 'Rappels2'])
      expect(
        rail()
          .getAllByRole('button')
          .map((button) => button.textContent),
      ).toContain(name);
    await act(async () => fake.change({ counts: { pool: 39, mine: 6, waiting: 3, callbacksToday: 2 } }));
    expect(await rail().findByText('39')).toBeTruthy();
  });

  test.each([
    ['gm', 'À moi'],
    ['gw', 'En attente'],
    ['gr', 'Rappels'],
    ['ga', 'Tous'],
    ['/', 'Recherche'],
  ])('%s goes to %s', async (keys, name) => {
    await open();
    await userEvent.keyboard(keys);
    expect(view()).toContain(name);
  });

  test('says how things stand with the server', async () => {
    const { fake } = await open();
    expect(rail().getByRole('status').textContent).toBe('À jour');
    await act(async () => fake.change({ sync: { ...upToDate, state: 'bootstrapping', progress: 0.456 } }));
    await waitFor(() => expect(rail().getByRole('status').textContent).toBe('Chargement, 45\u00a0%'));
  });

  test.each([
    ['syncing', {}, 'Mise à jour…', null],
    ['checking', { progress: 0.4 }, 'Vérification, 40 %', 'Le serveur a été restauré.'],
    ['offline', { offlineSince: '2026-05-04T08:58:00.000Z' }, 'Hors ligne', 'Hors ligne depuis'],
    ['signed_out', { waiting: 3 }, '3 actions en attente', 'Votre session a pris fin.'],
    ['console_too_old', {}, 'Console trop ancienne', 'Cette console est trop ancienne.'],
    ['server_too_old', { waiting: 1 }, '1 action en attente', 'Le serveur est plus ancien que cette console.'],
    ['failed', { detail: 'HTTP 500' }, 'Synchro arrêtée', 'La synchronisation est arrêtée.'],
  ] as const)('%s is said in the rail, and in the line what it means', async (state, more, inRail, inLine) => {
    await open({ sync: { ...upToDate, state, ...more } });
    await waitFor(() => expect(rail().getByRole('status').textContent?.replaceAll('\u00a0', ' ')).toBe(inRail));
    const lines = screen.getAllByRole('status').map((one) => one.textContent?.replaceAll('\u00a0', ' ') ?? '');
    if (inLine) expect(lines.filter((line) => line.startsWith(inLine))).toHaveLength(1);
  });

  test('keeps the clock of the server', async () => {
    await open({ sync: { ...upToDate, offsetMs: 3_600_000 } });
    expect(Math.abs(serverNow() - Date.now() - 3_600_000)).toBeLessThan(60_000);
  });
});

describe('the tickets that a key would bring next', () => {
  test('are there before it: two ahead in its direction and the one behind, and no others', async () => {
    const { fake } = await open();
    const rows = fake.world.rows.filter((row) => row.holderId === null && row.phase === 'open');
    const at = (...places: number[]) => places.map((place) => rows[place]?.id).sort();
    const watched = () => (fake.asked('ticket') as string[]).toSorted();
    await waitFor(() => expect(watched()).toEqual(at(0, 1, 2)));
    await userEvent.keyboard('jj');
    await waitFor(() => expect(watched()).toEqual(at(1, 2, 3, 4)));
    await userEvent.keyboard('k');
    await waitFor(() => expect(watched()).toEqual(at(0, 1, 2)));
  });

  test('opened from elsewhere they do not pile up', async () => {
    const { fake } = await open();
    const closed = fake.world.rows.filter((row) => row.holderId !== null).map((row) => row.id);
    expect(closed.length).toBeGreaterThan(4);
    for (const id of closed) await act(async () => useSelection.getState().select(id));
    expect((fake.asked('ticket') as string[]).filter((id) => closed.includes(id)).length).toBeLessThanOrEqual(2);
  });

  test('one that is there is drawn with its key, whatever core is doing', async () => {
    const { fake } = await open();
    const next = fake.world.rows.filter((row) => row.holderId === null && row.phase === 'open')[1];
    await waitFor(() => expect(fake.asked('ticket')).toContain(next?.id));
    fake.silent = true;
    await userEvent.keyboard('j');
    expect(within(screen.getByRole('main')).getByRole('heading', { level: 2 }).textContent).toBe(next?.title);
  });
});

describe('each view keeps its own selection', () => {
  test('and finds it again', async () => {
    await open();
    await userEvent.keyboard('jj');
    const chosen = useSelection.getState().ticketId;
    await userEvent.keyboard('gm');
    await waitFor(() => expect(useSelection.getState().ticketId).not.toBe(chosen));
    await userEvent.keyboard('gp');
    expect(useSelection.getState().ticketId).toBe(chosen);
  });
});

function Behind({ onEscape }: { onEscape(): void }) {
  useKeys({ escape: onEscape });
  return null;
}

describe('away from the network', () => {
  const offline = () => ({
    outbox: makeOutbox(),
    sync: {
      ...upToDate,
      state: 'offline' as const,
      waiting: 4,
      offlineSince: new Date(Date.now() - 60_000).toISOString(),
      nextTryAt: new Date(Date.now() + 20_000).toISOString(),
    },
  });

  test('one quiet line says what still works', async () => {
    await open(offline());
    expect(screen.getByText(/^Hors ligne depuis .* tout est gardé/)).toBeTruthy();
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  test('the list of what waits opens from the line, shows each action, and asks to try again', async () => {
    const { fake } = await open(offline());
    await userEvent.click(screen.getByRole('button', { name: 'Voir les 4 actions' }));
    const list = within(await screen.findByRole('dialog'));
    expect(list.getAllByRole('listitem').map((item) => item.textContent?.replace(/\d+:\d+/, ' '))).toEqual([
      'Prise en chargeà confirmer Caisse 4 : le terminal de paiement ne démarre plus',
      'Appel Caisse 4 : le terminal de paiement ne démarre plus',
      'Note Tablette de l’entrepôt : Wi-Fi refusé',
      'Mise en attente Badge non reconnu à la porte nord',
    ]);
    expect(list.getByText(/^Prochain essai dans \d+.s$/)).toBeTruthy();
    await userEvent.click(list.getByRole('button', { name: 'Réessayer' }));
    await waitFor(() => expect(fake.calls).toContainEqual({ name: 'retryNow', input: undefined }));
  });

  test('Escape closes that list, and nothing behind it', async () => {
    const behind = vi.fn();
    const { sync = upToDate, outbox = [] } = offline();
    show(
      <>
        <Behind onEscape={behind} />
        <SyncState sync={sync} outbox={outbox} />
      </>,
    );
    await userEvent.click(screen.getByRole('button', { name: /actions en attente/ }));
    const list = await screen.findByRole('dialog');
    act(() => within(list).getByRole('button', { name: 'Réessayer' }).focus());
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(behind).not.toHaveBeenCalled();
    await userEvent.keyboard('{Escape}');
    expect(behind).toHaveBeenCalledOnce();
  });

  test('an action on which the server failed says so, and that it is kept', async () => {
    const [claim] = makeOutbox();
    if (!claim) throw new Error('no claim');
    await open({ ...offline(), outbox: [{ ...claim, state: 'stopped' }] });
    await userEvent.click(screen.getByRole('button', { name: 'Voir 1 action' }));
    expect(within(await screen.findByRole('dialog')).getByText(/Le serveur n’a pas pu la traiter/)).toBeTruthy();
  });

  test('a refused action says who refused it', async () => {
    const [claim] = makeOutbox();
    if (!claim) throw new Error('no claim');
    const refusal = { code: 'already_held' as const, holderId: 'amira', holderName: 'Amira Haddad', since: null };
    await open({ ...offline(), outbox: [{ ...claim, state: 'rejected', refusal }] });
    await userEvent.click(screen.getByRole('button', { name: 'Voir 1 action' }));
    expect(within(await screen.findByRole('dialog')).getByText('Déjà prise en charge par Amira Haddad')).toBeTruthy();
  });
});

describe('the page of unsent actions', () => {
  const refusal = { code: 'already_held' as const, holderId: 'amira', holderName: 'Amira Haddad', since: null };
  const [claim, call, note] = makeOutbox();
  if (!claim || !call || !note) throw new Error('no outbox');

  test('says of each what it is, for which ticket, what was typed, and what has to go before it', async () => {
    const { fake } = await open({
      outbox: [claim, { ...call, after: [claim.id], text: 'Personne' }, { ...note, state: 'stopped', inSight: false }],
    });
    await userEvent.keyboard('go');
    const page = within(await screen.findByRole('main'));
    const lines = page.getAllByRole('listitem').map((line) => line.textContent?.replace(/\s+/g, ' '));
    expect(lines[0]).toMatch(/^Prise en chargeà confirmer.*Caisse 4 : le terminal de paiement ne démarre plus/);
    expect(lines[1]).toMatch(/^AppelI-2026-\d+ · Caisse 4.*Personne.*Après : Prise en charge, \d+:\d\d.*depuis \d+ min$/);
    expect(lines[2]).toMatch(/hors de votre vue.*Le serveur n’a pas pu la traiter/);
    await userEvent.keyboard('r');
    await waitFor(() => expect(fake.calls).toContainEqual({ name: 'retryNow', input: undefined }));
    await userEvent.click(page.getAllByRole('button', { name: /Caisse 4/ })[0] as HTMLElement);
    await waitFor(() => expect(useSelection.getState()).toMatchObject({ page: 'console', ticketId: claim.ticketId }));
  });

  test('shows what was refused, of a ticket that is out of sight too, with its text to be copied', async () => {
    const rejection = {
      ...{ operationId: note.id, name: 'note', refusal: { code: 'not_found' as const }, madeAt: note.madeAt, answeredAt: note.madeAt },
      ...{ kept: [], notApplied: [], text: 'Câble commandé' },
    };
    const { fake, host } = await open(
      { outbox: [{ ...note, state: 'rejected', refusal: rejection.refusal, inSight: false, rejection }], ticket: () => null },
      {},
    );
    await userEvent.keyboard('go');
    const card = within(await screen.findByRole('alert'));
    expect(card.getByText(/Action refusée : la note/)).toBeTruthy();
    expect(card.queryByRole('button', { name: 'Refaire' })).toBeNull();
    await userEvent.click(card.getByRole('button', { name: 'Copier mon travail' }));
    await waitFor(() => expect(host.asked).toContainEqual({ name: 'copyText', input: 'Câble commandé' }));
    await userEvent.click(card.getByRole('button', { name: 'Masquer' }));
    await waitFor(() => expect(fake.calls).toContainEqual({ name: 'dismissRejection', input: note.id }));
  });

  test('does again under a new id what the ticket offers again', async () => {
    const rejection = {
      ...{ operationId: claim.id, name: 'claim', refusal, madeAt: claim.madeAt, answeredAt: claim.madeAt },
      ...{ kept: [], notApplied: [], text: '' },
    };
    const { fake } = await open({ outbox: [{ ...claim, state: 'rejected', refusal, rejection }] });
    fake.answers.repeatRejected = () => ({ ok: true, operationIds: [], claimed: false, undoable: false });
    await userEvent.keyboard('go');
    await userEvent.click(await screen.findByRole('button', { name: 'Refaire' }));
    await waitFor(() => expect(fake.calls).toContainEqual({ name: 'repeatRejected', input: claim.id }));
  });

  test('says when there is nothing, and Escape leads back', async () => {
    await open();
    await userEvent.keyboard('go');
    expect(await screen.findByText('Tout est envoyé.')).toBeTruthy();
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(useSelection.getState().page).toBe('console'));
  });
});

describe('the panes', () => {
  test('are moved by key, and their widths remembered', async () => {
    const { host } = await open();
    const grip = screen.getByRole('separator', { name: 'Largeur de la liste' });
    fireEvent.keyDown(grip, { key: 'ArrowRight' });
    expect(grip.getAttribute('aria-valuenow')).toBe('388');
    expect(host.asked).toContainEqual({ name: 'setSettings', input: { listWidth: 388 } });
    fireEvent.keyDown(grip, { key: 'Home' });
    expect(grip.getAttribute('aria-valuenow')).toBe('280');
  });
});

describe('the search', () => {
  test('has the focus at once, marks what it found, and Escape leads back', async () => {
    const { fake } = await open();
    await userEvent.keyboard('/');
    await userEvent.keyboard('reseau');
    await waitFor(() => expect(document.querySelectorAll('mark').length).toBeGreaterThan(1));
    expect([...document.querySelectorAll('mark')].every((mark) => mark.textContent === 'réseau')).toBe(true);
    expect((fake.asked('list').at(-1) as ListQuery).text).toBe('reseau');
    await userEvent.keyboard('{ArrowDown}');
    await waitFor(() => expect(useSelection.getState().ticketId).not.toBeNull());
    await userEvent.keyboard('{Escape}{Escape}');
    expect(view()).toContain('Pot commun');
  });
});

describe('the commands', () => {
  test('open with Ctrl K and find a view', async () => {
    await open();
    await userEvent.keyboard('{Control>}k{/Control}');
    const palette = within(await screen.findByRole('dialog', { name: 'Commandes' }));
    await userEvent.keyboard('rapp');
    expect(palette.getAllByRole('option').map((option) => option.textContent)).toEqual(['RappelsGR']);
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(view()).toContain('Rappels'));
    expect(screen.queryByRole('dialog', { name: 'Commandes' })).toBeNull();
  });

  test('take the very next letter, wherever the focus was', async () => {
    await open();
    await userEvent.keyboard('/');
    act(() => void fireEvent.keyDown(document.activeElement ?? document, { key: 'k', ctrlKey: true }));
    expect(document.activeElement).toBe(screen.getByRole('combobox'));
  });

  test('say why an operation is not offered, and then do nothing', async () => {
    await open();
    await waitFor(() => expect(useSelection.getState().ticketId).not.toBeNull());
    await userEvent.keyboard('{Control>}k{/Control}');
    await userEvent.keyboard('affecter');
    const option = await screen.findByRole('option', { name: /Affecter/ });
    expect(option.getAttribute('aria-disabled')).toBe('true');
    expect(option.textContent?.length).toBeGreaterThan('Affecter'.length + 5);
    await userEvent.keyboard('{Enter}');
    expect(screen.getByRole('dialog', { name: 'Commandes' })).toBeTruthy();
  });

  test('close with Escape and give the focus back', async () => {
    await open();
    const before = document.activeElement;
    await userEvent.keyboard('{Control>}k{/Control}');
    await screen.findByRole('dialog', { name: 'Commandes' });
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Commandes' })).toBeNull());
    await waitFor(() => expect(document.activeElement).toBe(before));
  });
});

describe('the settings', () => {
  test('are applied at once and kept', async () => {
    const { host } = await open();
    await userEvent.click(screen.getByRole('button', { name: 'Julien Morel, menu' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Réglages' }));
    await userEvent.click(await screen.findByRole('radio', { name: 'Sombre' }));
    expect(host.asked).toContainEqual({ name: 'setSettings', input: { theme: 'dark' } });
    await userEvent.keyboard('{Escape}');
    expect(await screen.findByRole('navigation', { name: 'Vues' })).toBeTruthy();
  });
});

test('the guide comes once', async () => {
  const { host } = await open({}, { guideSeen: false });
  expect(screen.getByRole('complementary', { name: 'Bienvenue, Julien' })).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: /Compris/ }));
  expect(host.asked).toContainEqual({ name: 'setSettings', input: { guideSeen: true } });
  expect(screen.queryByRole('complementary', { name: 'Bienvenue, Julien' })).toBeNull();
});

test('a window that nobody sees says nothing of what it shows', async () => {
  const { fake } = await open();
  await waitFor(() => expect(fake.asked('presence')).toEqual([{ ticketId: useSelection.getState().ticketId }]), { timeout: 5_000 });
  expect(useSelection.getState().ticketId).not.toBeNull();
  const visibility = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
  act(() => void document.dispatchEvent(new Event('visibilitychange')));
  await waitFor(() => expect(fake.asked('presence')).toEqual([]));
  visibility.mockRestore();
});

describe('what happened to the files of this machine', () => {
  const damaged = { ...upToDate, notice: { code: 'outbox_damaged' as const, file: 'outbox.db.damaged-20260504T092600000Z' } };

  test('what was mended is told until it is read', async () => {
    const { fake } = await open({ sync: damaged });
    expect(screen.getByText(/Ce qui pouvait en être lu est sauvé/).textContent).toContain(damaged.notice.file);
    await userEvent.click(screen.getByRole('button', { name: 'Compris' }));
    await waitFor(() => expect(fake.calls).toContainEqual({ name: 'dismissNotice', input: undefined }));
    await act(async () => fake.change({ sync: upToDate }));
    await waitFor(() => expect(screen.queryByText(/Ce qui pouvait en être lu/)).toBeNull());
  });

  test.each([
    ['disk_full', 'Le disque de ce poste est plein.'],
    ['server_disk_full', 'Le disque du serveur est plein.'],
    ['newer_files', 'Ce poste a servi avec un Guichet plus récent.'],
  ] as const)('%s is said in words, beside what was mended', async (reason, words) => {
    await open({ sync: { ...damaged, state: 'failed', reason, detail: 'SQLITE_FULL' } });
    expect(screen.getByText(words)).toBeTruthy();
    expect(screen.queryByText(/SQLITE_FULL/)).toBeNull();
    expect(screen.getByText(/Ce qui pouvait en être lu/)).toBeTruthy();
  });
});
