import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { AlertView, ClockAlert } from '#shared/contract/alerts.ts';
import { AlertSettings } from '../../../renderer/settings/AlertSettings.tsx';
import { Console } from '../../../renderer/shell/Console.tsx';
import { useSelection } from '../../../renderer/state/selection.ts';
import { FakeCore } from '../fake-core.ts';
import { fakeHost } from '../fake-host.ts';
import { show } from '../show.tsx';
import { makeWorld } from '../world.ts';

const now = Date.now();
const alert = (ticketId: string, title: string, more: Partial<ClockAlert> = {}): ClockAlert => ({
  about: 'clock',
  ticketId,
  key: 'contact.0.soon',
  number: 'I-2026-000123',
  title,
  clock: 'contact',
  mark: 'soon',
  dueAt: new Date(now + 6 * 60_000).toISOString(),
  mine: true,
  ...more,
});
const late = { mark: 'breach', key: 'contact.0.breach', dueAt: new Date(now - 12 * 60_000).toISOString() } as const;

async function open(alerts: readonly AlertView[]) {
  const world = makeWorld(now, 20);
  const fake = new FakeCore({ ...world, alerts }, { snoozeAlerts: () => undefined, dismissAlerts: () => undefined });
  show(<Console />, { fake });
  await screen.findAllByRole('option');
  return { fake, ids: world.rows.map(({ id }) => id) };
}
const banner = () => screen.getByRole('region', { name: 'Annonces' });
const asked = (fake: FakeCore, name: string) => fake.calls.filter((call) => call.name === name).map(({ input }) => input);

test('an announced deadline says what, of which ticket, and how long is left', async () => {
  await open([alert('x', 'Plus de réseau')]);
  expect(banner().textContent).toMatch(/Plus de réseau.*Contact\s: échéance proche.*[56]\smin/);
});

test('is said once, without a time that would be said again at each minute', async () => {
  const { fake } = await open([]);
  // There before it says anything: what comes into it is heard.
  const said = () => screen.getAllByRole('status').map((one) => one.textContent ?? '');
  const before = said().length;
  await act(async () => fake.change({ alerts: [alert('x', 'Plus de réseau')] }));
  expect(said()).toHaveLength(before);
  expect(said().some((text) => /^Contact\s: échéance proche\. Plus de réseau$/.test(text))).toBe(true);
  expect(said().some((text) => /\d+\smin/.test(text))).toBe(false);
});

test('nothing is there while nothing was announced, and it goes when it no longer holds', async () => {
  const { fake } = await open([]);
  expect(screen.queryByRole('region', { name: 'Annonces' })).toBeNull();
  await act(async () => fake.change({ alerts: [alert('x', 'Plus de réseau')] }));
  await screen.findByRole('region', { name: 'Annonces' });
  await act(async () => fake.change({ alerts: [] }));
  expect(screen.queryByRole('region', { name: 'Annonces' })).toBeNull();
});

test('a refusal says by whom, and has no time to run out', async () => {
  const { fake } = await open([]);
  const refused = { ticketId: 'r', key: 'refused.x', number: null, title: 'Écran noir', mine: true, by: 'Sara Diallo' };
  await act(async () => fake.change({ alerts: [{ ...refused, about: 'refusal', at: new Date(now).toISOString() }, alert('x', 'Réseau')] }));
  expect(within(banner()).getByText('Résolution refusée par Sara Diallo')).toBeTruthy();
  expect(banner().textContent).not.toMatch(/\d\smin/);
  await userEvent.keyboard('ge');
  expect(useSelection.getState().ticketId).toBe('r');
});

test('two keys open the ticket of the first, whatever the view', async () => {
  const { ids } = await open([alert('elsewhere', 'Caisse 4')]);
  expect(ids).not.toContain('elsewhere');
  await userEvent.keyboard('ge');
  expect(useSelection.getState().ticketId).toBe('elsewhere');
});

test('later and read are of the one that is shown; of all once all are shown', async () => {
  const { fake } = await open([alert('a', 'Première'), alert('b', 'Deuxième', late), alert('c', 'Troisième', { mine: false })]);
  await userEvent.click(within(banner()).getByRole('button', { name: 'Plus tard' }));
  expect(asked(fake, 'snoozeAlerts')).toEqual([[{ ticketId: 'a', key: 'contact.0.soon' }]]);
  await userEvent.click(within(banner()).getByRole('button', { name: /et 2\sautres/ }));
  expect(within(banner()).getByText('Deuxième')).toBeTruthy();
  await userEvent.click(within(banner()).getByRole('button', { name: 'Tout masquer' }));
  expect(asked(fake, 'dismissAlerts')).toEqual([
    [
      { ticketId: 'a', key: 'contact.0.soon' },
      { ticketId: 'b', key: 'contact.0.breach' },
      { ticketId: 'c', key: 'contact.0.soon' },
    ],
  ]);
});

test('quiet hours are switched on with a night, and an unfinished time changes nothing', async () => {
  const host = fakeHost();
  show(<AlertSettings />, { host });
  await userEvent.click(screen.getByRole('switch', { name: 'Heures calmes' }));
  const settings = () => host.asked.filter(({ name }) => name === 'setSettings').map(({ input }) => input);
  expect(settings()).toEqual([{ quiet: { hours: { from: '18:00', to: '08:00' }, closedDays: false, calls: true } }]);
  const from = screen.getByLabelText('Début des heures calmes');
  await userEvent.clear(from);
  expect(settings()).toHaveLength(1);
  await userEvent.type(from, '20:30');
  expect(settings().at(-1)).toEqual({ quiet: { hours: { from: '20:30', to: '08:00' }, closedDays: false, calls: true } });
});
