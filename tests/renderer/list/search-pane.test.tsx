import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { SearchPane } from '../../../renderer/search/SearchPane.tsx';
import { useFilters } from '../../../renderer/state/filters.ts';
import { FakeCore } from '../fake-core.ts';
import { show } from '../show.tsx';
import { desk, makeRow, makeWorld } from '../world.ts';

const NOW = Date.parse('2026-05-04T10:00:00Z');
/** Two hundred tickets, of which every tenth up to `few` is of the alpha line. */
function showSearch(few: number) {
  const rows = Array.from({ length: 200 }, (_, index) =>
    makeRow(NOW, 9000 + index, [
      'high',
      index % 10 === 0 && index / 10 < few ? `reseau alpha ${index}` : `reseau ${index}`,
      'Ada Roche',
      'Nantes',
      5,
    ]),
  );
  show(<SearchPane desk={desk} />, { fake: new FakeCore({ ...makeWorld(NOW, 1), rows }) });
}
const field = () => screen.getByRole('textbox');
beforeEach(() => useFilters.getState().reset());

test.each([3, 20])('a list that was scrolled begins at its top when another text leaves %i', async (few) => {
  showSearch(few);
  await userEvent.type(field(), 'reseau');
  await screen.findAllByRole('option');
  const list = screen.getByRole('listbox');
  list.scrollTop = 6_000;
  fireEvent.scroll(list);
  fireEvent.change(field(), { target: { value: 'reseau alpha' } });
  await waitFor(() => expect(screen.getAllByRole('option')[0]?.textContent).toContain('reseau alpha 0'));
  expect(screen.getByRole('listbox').scrollTop).toBe(0);
  expect(screen.queryByText(/^Rien pour|^Nothing for/)).toBeNull();
});

test('what the filters leave out is said of the filters, with a way out', async () => {
  showSearch(3);
  await userEvent.type(field(), 'reseau');
  await screen.findAllByRole('option');
  act(() => useFilters.getState().toggle('search', 'kinds', 'request'));
  const out = await screen.findByRole('button', { name: /Tout montrer|Show all|Effacer|Clear/i });
  await userEvent.click(out);
  expect((await screen.findAllByRole('option')).length).toBeGreaterThan(0);
});
