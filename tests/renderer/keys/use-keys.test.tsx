import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test } from 'vitest';
import { ariaKeys, keyLabels } from '../../../renderer/keys/key-names.ts';
import { press, useKeys } from '../../../renderer/keys/use-keys.ts';

const done: string[] = [];
const note = (name: string) => () => done.push(name);
function Outer() {
  useKeys({
    'g p': note('pool'),
    r: note('outer r'),
    escape: note('escape'),
    'ctrl+enter': note('send'),
    f1: note('reached'),
    '/': note('search'),
  });
  return <input aria-label="field" />;
}
function Inner({ enabled = true }: { enabled?: boolean }) {
  useKeys({ r: note('inner r'), p: note('resume') }, enabled);
  return null;
}
function Modest() {
  useKeys({ escape: note('dismissed'), d: note('ask') }, true, { last: true });
  return null;
}
beforeEach(() => {
  done.length = 0;
});

describe('keys', () => {
  test('go to the component that came last', async () => {
    render(
      <>
        <Outer />
        <Inner />
      </>,
    );
    await userEvent.keyboard('r');
    expect(done).toEqual(['inner r']);
  });

  test('go last to the component that wishes it, though it came last', async () => {
    render(
      <>
        <Outer />
        <Modest />
      </>,
    );
    await userEvent.keyboard('{Escape}d');
    expect(done).toEqual(['escape', 'ask']);
  });

  test('of a sequence hold the second key back from everybody else', async () => {
    render(
      <>
        <Outer />
        <Inner />
      </>,
    );
    await userEvent.keyboard('gp');
    expect(done).toEqual(['pool']);
    await userEvent.keyboard('p');
    expect(done).toEqual(['pool', 'resume']);
  });

  test('that are letters are silent while one types, the others are not', async () => {
    render(<Outer />);
    await userEvent.click(screen.getByLabelText('field'));
    await userEvent.keyboard('r/{F1}{Control>}{Enter}{/Control}{Escape}');
    expect(done).toEqual(['reached', 'send', 'escape']);
    expect(screen.getByLabelText<HTMLInputElement>('field').value).toBe('r/');
  });

  test('are found though the layout needs Shift for them, and though Caps Lock is on', () => {
    render(<Outer />);
    document.dispatchEvent(new KeyboardEvent('keydown', { key: '/', shiftKey: true }));
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'R' }));
    expect(done).toEqual(['search', 'outer r']);
  });

  test('do not act with another modifier, nor again while they are held', () => {
    render(<Outer />);
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'r', ctrlKey: true }));
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'r', repeat: true }));
    expect(done).toEqual([]);
  });

  test('leave with their component, and stay silent while it is not enabled', async () => {
    const { rerender, unmount } = render(<Inner />);
    rerender(<Inner enabled={false} />);
    await userEvent.keyboard('r');
    rerender(<Inner />);
    await userEvent.keyboard('r');
    unmount();
    await userEvent.keyboard('r');
    expect(done).toEqual(['inner r']);
  });

  test('leave Escape to the menu that has the focus', async () => {
    render(
      <>
        <Outer />
        <div role="menu">
          <button type="button" role="menuitem">
            entry
          </button>
        </div>
      </>,
    );
    act(() => screen.getByRole('menuitem').focus());
    await userEvent.keyboard('{Escape}');
    expect(done).toEqual([]);
  });

  test('leave Escape to a popover, and to a field whose list hangs open, though that is closed by it', async () => {
    render(
      <>
        <Outer />
        <div className="mantine-Popover-dropdown">
          <button type="button">filter</button>
        </div>
        <button type="button" aria-haspopup="listbox" data-expanded onKeyDown={(event) => delete event.currentTarget.dataset.expanded}>
          choice
        </button>
      </>,
    );
    act(() => screen.getByText('filter').focus());
    await userEvent.keyboard('{Escape}');
    act(() => screen.getByText('choice').focus());
    await userEvent.keyboard('{Escape}');
    expect(done).toEqual([]);
    await userEvent.keyboard('{Escape}');
    expect(done).toEqual(['escape']);
  });

  test('can be pressed by a list of commands', () => {
    render(<Inner />);
    expect([press('r'), press('z')]).toEqual([true, false]);
    expect(done).toEqual(['inner r']);
  });
});

test.each([
  ['c', ['C'], 'C'],
  ['g p', ['G', 'P'], 'G P'],
  ['ctrl+enter', ['Ctrl Entrée'], 'Control+Enter'],
  ['escape', ['Échap'], 'Escape'],
  ['alt+1', ['Alt 1'], 'Alt+1'],
  ['f5', ['F5'], 'F5'],
])('the key %s is shown as %j and announced as %s', (key, labels, aria) => {
  expect(keyLabels(key, (name) => (name === 'enter' ? 'Entrée' : 'Échap'))).toEqual(labels);
  expect(ariaKeys(key)).toBe(aria);
});
