import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { core } from '../../../renderer/core/client.ts';
import { useDraft } from '../../../renderer/ticket/use-draft.ts';
import { Failing, FakeCore } from '../fake-core.ts';
import { makeWorld } from '../world.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

const sentence = 'Le câble de remontée est débranché, je le remplace demain matin, avec la clé du local.';
const KEY_MS = 40;
/** Of the 250 ms that a draft may be behind, the rest is for core to write it. */
const BEHIND_MS = 200;

function drawn(answers: ConstructorParameters<typeof FakeCore>[1] = {}) {
  const fake = new FakeCore(makeWorld(0, 1), answers);
  core.connect(fake.port);
  const { result } = renderHook(() => useDraft('ticket-1', 'note', undefined, { text: '' }));
  const saves = () => fake.calls.filter(({ name }) => name === 'saveDraft').map(({ input }) => input as { content: { text: string } });
  const type = async (text: string) => {
    act(() => result.current.change({ text }));
    await act(() => vi.advanceTimersByTimeAsync(KEY_MS));
  };
  return { result, saves, type };
}

test('at any key of steady typing, what is older than the margin has been handed to core', async () => {
  const { saves, type } = drawn();
  for (let keys = 1; keys <= sentence.length; keys++) {
    await type(sentence.slice(0, keys));
    expect(saves().at(-1)?.content.text.length ?? 0).toBeGreaterThanOrEqual(keys - Math.ceil(BEHIND_MS / KEY_MS));
  }
});

test('what a full disk did not keep is tried again, without another key', async () => {
  let full = true;
  const { saves, result, type } = drawn({
    saveDraft: () => {
      if (full) throw new Failing('disk_full', 'database or disk is full');
      return undefined;
    },
  });
  await type('Câble');
  await act(() => vi.advanceTimersByTimeAsync(1_000));
  expect([saves().length, result.current.savedAt, result.current.content]).toEqual([1, null, { text: 'Câble' }]);
  full = false;
  await act(() => vi.advanceTimersByTimeAsync(5_000));
  expect(saves()).toHaveLength(2);
  expect(result.current.savedAt).not.toBeNull();
});
