import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { ListQuery, ListRow } from '#shared/contract/core.ts';
import { useWatch } from '../../../renderer/core/use-watch.ts';
import { ListPane } from '../../../renderer/list/ListPane.tsx';
import { useSelection } from '../../../renderer/state/selection.ts';
import { setServerOffset } from '../../../renderer/time/now.ts';
import { FakeCore } from '../fake-core.ts';
import { show } from '../show.tsx';
import { desk, makeRow, makeRows, makeWorld, upToDate } from '../world.ts';

const pane = (view: 'pool' | 'mine' | 'callbacks' | 'all', fake: FakeCore) => <Held view={view} fake={fake} />;
function Held({ view, fake }: { view: 'pool' | 'mine' | 'callbacks' | 'all'; fake: FakeCore }) {
  const ticketId = useSelection((state) => state.ticketId);
  return (
    <>
      <ListPane view={view} desk={desk} counts={fake.world.counts} sync={fake.world.sync} />
      <output>{ticketId}</output>
    </>
  );
}
function Live() {
  const sync = useWatch('sync', undefined);
  return <ListPane view="pool" desk={desk} counts={undefined} sync={sync} />;
}
const chosen = () => screen.queryByRole('option', { selected: true })?.textContent ?? null;
const titles = () => screen.getAllByRole('option').map((option) => option.querySelector('span[class*="title"]')?.textContent);
const newRow = (index: number): ListRow => makeRow(Date.now(), 9000 + index, ['high', `Nouveau ${index}`, 'Ada Roche', 'Nantes', 5]);

async function open(fake = new FakeCore(makeWorld(Date.now(), 40)), view: 'pool' | 'mine' | 'callbacks' | 'all' = 'pool') {
  const shown = show(pane(view, fake), { fake });
  await screen.findAllByRole('option');
  return { fake, ...shown, list: screen.getByRole('listbox') };
}
const bring = async (fake: FakeCore, ...rows: ListRow[]) => {
  await act(async () => fake.change({ rows: [...rows, ...fake.world.rows] }));
};

afterEach(() => {
  vi.useRealTimers();
});

describe('a row', () => {
  test('says its urgency, title, person, site and time left, and what happened to it', async () => {
    await open();
    const row = screen.getByText('Plus de réseau au 2e étage, bâtiment B').closest<HTMLElement>('[role=option]');
    if (!row) throw new Error('no row');
    expect(within(row).getByRole('img', { name: 'Urgence haute' })).toBeTruthy();
    expect(row.textContent).toContain('Sara Diallo · Lyon-Gerland');
    expect(row.textContent?.replaceAll('\u00a0', ' ')).toContain('8 min');
    expect(within(row).getByRole('img', { name: 'Appelé sans succès' })).toBeTruthy();
    expect(within(row).getByText('refusé')).toBeTruthy();
  });

  test('says that it is a request', async () => {
    await open();
    expect(screen.getByText('Demande · Louis Petit · Nantes')).toBeTruthy();
  });

  test('says what is not settled: to be confirmed, refused, not sent', async () => {
    const world = makeWorld(Date.now(), 30);
    const states = [{ toConfirm: true, unsent: true }, { claimRefused: true }, { unsent: true }];
    const rows = world.rows.map((row, index) => ({ ...row, ...states[index] }));
    await open(new FakeCore({ ...world, rows }));
    const options = screen.getAllByRole('option');
    expect(options[0]?.textContent).toContain('à confirmer');
    expect(options[1]?.textContent).toContain('refusée');
    expect(within(options[2] as HTMLElement).getByRole('img', { name: 'Pas encore envoyé' })).toBeTruthy();
  });
});

describe('a countdown in a row', () => {
  const countdowns = () => [...document.querySelectorAll<HTMLElement>('[data-explains]')];
  test('opens the explanation of its ticket and its clock, and says so; the rest of the row only chooses', async () => {
    await open();
    const [first, second] = [countdowns()[0] ?? expect.fail(), countdowns()[1] ?? expect.fail()];
    expect(second.title.replace(/[\u00a0\u202f]/g, ' ')).toContain('Pourquoi cette échéance ?');
    const title = second.closest('[role=option]')?.querySelector('span[class*="title"]')?.textContent;
    await userEvent.click(second);
    expect(chosen()).toContain(title);
    expect(useSelection.getState().explained).toBe(second.dataset.explains);
    await userEvent.click(first.closest('[role=option]')?.querySelector('span[class*="title"]') ?? expect.fail());
    expect(chosen()).not.toContain(title);
    expect(useSelection.getState().explained).toBeNull();
  });

  test('of a promised call explains nothing: it is no deadline', async () => {
    const world = makeWorld(Date.now(), 40);
    const rows = world.rows.slice(0, 3).map((row) => ({ ...row, callbackAt: new Date(Date.now() - 60_000).toISOString() }));
    await open(new FakeCore({ ...world, rows }), 'callbacks');
    expect(screen.getAllByText(/retard/).length).toBeGreaterThan(0);
    expect(countdowns()).toEqual([]);
  });
});

describe('the keyboard', () => {
  test('J and K move from anywhere, arrows, Home and End in the list; the row is pointed at', async () => {
    const { list } = await open();
    expect(chosen()).toContain('Messagerie bloquée');
    await userEvent.keyboard('j');
    expect(chosen()).toContain('Plus de réseau');
    expect(list.getAttribute('aria-activedescendant')).toBe(screen.getByRole('option', { selected: true }).id);
    await userEvent.keyboard('k');
    expect(chosen()).toContain('Messagerie bloquée');
    expect(document.activeElement).toBe(list);
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    expect(chosen()).toContain('Imprimante');
    await userEvent.keyboard('{Home}{ArrowUp}');
    expect(chosen()).toContain('Messagerie bloquée');
  });

  test('does not move the selection while one types', async () => {
    const fake = new FakeCore(makeWorld(Date.now(), 40));
    show(
      <>
        <input aria-label="note" />
        {pane('pool', fake)}
      </>,
      { fake },
    );
    await screen.findAllByRole('option');
    await userEvent.click(screen.getByLabelText('note'));
    await userEvent.keyboard('jjj');
    expect(chosen()).toContain('Messagerie bloquée');
  });

  test('goes on from its place when the selected ticket has left the list, and the ticket stays open', async () => {
    const { fake } = await open();
    await userEvent.keyboard('jj');
    const id = useSelection.getState().ticketId;
    await act(async () => fake.change({ rows: fake.world.rows.filter((row) => row.id !== id) }));
    await waitFor(() => expect(screen.queryByText('Imprimante du 3e étage hors service')).toBeNull());
    expect(useSelection.getState().ticketId).toBe(id);
    expect(chosen()).toBeNull();
    await userEvent.keyboard('j');
    expect(chosen()).toContain('Caisse 4');
  });
});

describe('the list keeps still', () => {
  test('new tickets wait while the pointer is on it, and are counted in the header', async () => {
    const { fake, list } = await open();
    const before = titles();
    fireEvent.pointerEnter(list, { pointerType: 'mouse' });
    await bring(fake, newRow(1), newRow(2), newRow(3));
    const button = await screen.findByRole('button', { name: '3 nouveaux' });
    expect(titles()).toEqual(before);
    await userEvent.click(button);
    expect(titles().slice(0, 4)).toEqual(['Nouveau 1', 'Nouveau 2', 'Nouveau 3', before[0]]);
    expect(screen.queryByRole('button', { name: /nouveau/ })).toBeNull();
  });

  test('new tickets wait while it is scrolled', async () => {
    const { fake, list } = await open();
    list.scrollTop = 400;
    fireEvent.scroll(list);
    await bring(fake, newRow(1));
    expect(await screen.findByRole('button', { name: '1 nouveau' })).toBeTruthy();
    expect(screen.queryByText('Nouveau 1')).toBeNull();
  });

  test('new tickets come at once when nobody reads', async () => {
    const { fake } = await open();
    await bring(fake, newRow(1));
    await screen.findByText('Nouveau 1');
    expect(chosen()).toContain('Messagerie bloquée');
  });

  test('they come when the pointer leaves', async () => {
    const { fake, list } = await open();
    fireEvent.pointerEnter(list, { pointerType: 'mouse' });
    await bring(fake, newRow(1));
    await screen.findByRole('button', { name: '1 nouveau' });
    fireEvent.pointerLeave(list);
    expect(await screen.findByText('Nouveau 1')).toBeTruthy();
  });

  test('a countdown changes its own text and nothing else', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance', 'Date'] });
    setServerOffset(0);
    const { list } = await open();
    const mutations: MutationRecord[] = [];
    const observer = new MutationObserver((records) => mutations.push(...records));
    observer.observe(list, { subtree: true, childList: true, characterData: true, attributes: true });
    await act(async () => vi.advanceTimersByTime(61_000));
    mutations.push(...observer.takeRecords());
    observer.disconnect();
    expect(list.textContent?.replaceAll('\u00a0', ' ')).toContain('retard 13 min');
    expect(mutations.length).toBeGreaterThan(3);
    const outside = mutations.filter(({ target }) => {
      const element = target instanceof Element ? target : target.parentElement;
      return element?.closest('[data-tone]') === null;
    });
    expect(outside).toEqual([]);
  });
});

describe('a list of 100,000', () => {
  test('draws a screenful, and reaches its end by key though it was not loaded', async () => {
    const { fake, list } = await open(new FakeCore(makeWorld(Date.now(), 100_000)), 'all');
    expect(screen.getAllByRole('option').length).toBeLessThan(60);
    expect(screen.getByText('100 000')).toBeTruthy();
    // A browser knows how high the list is, scrolls the box and tells; happy-dom does not.
    Object.defineProperty(list, 'scrollHeight', { value: 100_000 * 44 });
    list.scrollTo = ((to: ScrollToOptions) => {
      list.scrollTop = to.top ?? 0;
      fireEvent.scroll(list);
    }) as typeof list.scrollTo;
    await userEvent.keyboard('{End}');
    const last = fake.world.rows.at(-1);
    await waitFor(() => expect(useSelection.getState().ticketId).toBe(last?.id));
    expect((fake.asked('list').at(-1) as ListQuery).offset).toBeGreaterThan(99_000);
    await userEvent.keyboard('k');
    expect(useSelection.getState().ticketId).toBe(fake.world.rows.at(-2)?.id);
  });
});

describe('callbacks', () => {
  test('stand under their day by their hour; what is past is late', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'performance'], now: Date.parse('2026-05-04T09:07:00.000Z') });
    setServerOffset(0);
    await open(new FakeCore(makeWorld(Date.now(), 40)), 'callbacks');
    const text = (screen.getByRole('listbox').textContent ?? '').replaceAll('\u00a0', ' ');
    const order = [
      'Aujourd’hui, lundi 4 mai',
      '10:50',
      'Kevin Maillard',
      'retard 17 min',
      '12:15',
      'Sonia Lambert',
      'Demain, mardi 5 mai',
      '13:07',
      'Joëlle Renard',
      'Jeudi 7 mai',
      '11:07',
      'Éric Pons',
    ];
    const places = order.map((part) => text.indexOf(part));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(screen.getByText('2 aujourd’hui')).toBeTruthy();
  });
});

test('a call promised on a day before stands first, under its day and not as an hour of today', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'], now: Date.parse('2026-05-04T09:07:00.000Z') });
  setServerOffset(0);
  const world = makeWorld(Date.now(), 23);
  const rows = world.rows.map((row) => (row.title.startsWith('Badge') ? { ...row, callbackAt: '2026-05-01T15:00:00.000Z' } : row));
  await open(new FakeCore({ ...world, rows }), 'callbacks');
  expect(screen.getByText('En retard')).toBeTruthy();
  expect(screen.getAllByRole('option')[0]?.textContent?.replaceAll('\u00a0', ' ')).toMatch(/^ven\..*Sonia Lambert.*retard 2 j$/);
});

test('while the first load goes on the choice follows the first ticket, and stays when somebody chose', async () => {
  const world = makeWorld(Date.now(), 40);
  const loading = { ...upToDate, state: 'bootstrapping' as const };
  const fake = new FakeCore({ ...world, rows: world.rows.slice(8), sync: loading });
  show(<Live />, { fake });
  await screen.findAllByRole('option');
  expect(chosen()).toContain('Poste pour une nouvelle arrivante');
  await act(async () => fake.change({ rows: world.rows.slice(4) }));
  expect(chosen()).toContain('Accès au dossier RH');
  await act(async () => fake.change({ rows: world.rows, sync: upToDate }));
  expect(chosen()).toContain('Messagerie bloquée');
  await act(async () => fake.change({ rows: [newRow(1), ...world.rows], sync: loading }));
  await screen.findByText('Nouveau 1');
  expect(chosen()).toContain('Messagerie bloquée');
});

describe('a list with nothing in it', () => {
  const without = (change = {}) => ({ ...makeWorld(Date.now(), 30), rows: [], ...change });

  test('says so in words and shows the way to my tickets', async () => {
    const fake = new FakeCore(without());
    show(pane('pool', fake), { fake });
    expect(await screen.findByRole('heading', { name: 'Le pot est vide. Bravo.' })).toBeTruthy();
    expect(screen.getByText('Il vous reste 5 tickets.')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: /Aller à mes tickets/ }));
    expect(useSelection.getState().view).toBe('mine');
  });

  test('says that filters hide the rest, and shows all again', async () => {
    const fake = new FakeCore({ ...makeWorld(), rows: makeRows(Date.now(), 23).filter((row) => row.kind === 'incident') });
    show(pane('pool', fake), { fake });
    await screen.findAllByRole('option');
    await userEvent.click(screen.getByRole('button', { name: 'Filtrer' }));
    await userEvent.click(screen.getByRole('checkbox', { name: 'Demande' }));
    expect(await screen.findByText('Rien avec ces filtres.')).toBeTruthy();
    await userEvent.click(screen.getAllByRole('button', { name: 'Tout montrer' }).at(-1) as HTMLElement);
    expect((await screen.findAllByRole('option')).length).toBeGreaterThan(5);
  });

  test('does not congratulate while it is still loading', async () => {
    const fake = new FakeCore(without({ sync: { ...upToDate, state: 'bootstrapping', progress: 0.2 } }));
    show(pane('pool', fake), { fake });
    expect(await screen.findByRole('status', { name: 'Chargement de la liste' })).toBeTruthy();
    expect(screen.queryByText(/Bravo/)).toBeNull();
  });

  test('says what is broken and what to do', async () => {
    const fake = new FakeCore(without({ sync: { ...upToDate, state: 'failed', detail: 'malformed database' } }));
    fake.silent = true;
    const { host } = show(pane('pool', fake), { fake });
    expect(await screen.findByText('La liste ne peut pas être lue')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Copier le détail' }));
    expect(host.asked.at(-1)).toEqual({ name: 'copyText', input: 'malformed database' });
    await userEvent.click(screen.getByRole('button', { name: 'Recharger' }));
    await waitFor(() => expect(fake.calls.map(({ name }) => name)).toEqual(['retryNow']));
  });
});

test('the sort is asked of core, and said on its button', async () => {
  const { fake } = await open();
  await userEvent.click(screen.getByRole('button', { name: /^Trier/ }));
  await userEvent.click(await screen.findByRole('menuitemradio', { name: 'Urgence' }));
  await waitFor(() => expect((fake.asked('list').at(-1) as ListQuery).sort).toBe('urgency'));
  expect(screen.getByRole('button', { name: /Trier.*Urgence/ })).toBeTruthy();
});
