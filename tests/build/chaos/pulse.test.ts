import { expect, test } from 'vitest';
import { Pulse } from '../../../build/chaos/pulse.ts';

const never = () => new AbortController().signal;

test('a moment is the n-th beat from now, whatever was before', async () => {
  const pulse = new Pulse();
  pulse.beat();
  const came: number[] = [];
  const all = [2, 1, 3].map((n) => pulse.after(n, never()).then((there) => there && came.push(n)));
  for (const soFar of [[1], [1, 2], [1, 2, 3]]) {
    pulse.beat();
    await new Promise((resolve) => setImmediate(resolve));
    expect(came).toEqual(soFar);
  }
  await Promise.all(all);
});

test('called off, it says that the moment did not come', async () => {
  const pulse = new Pulse();
  const off = new AbortController();
  const waiting = pulse.after(1, off.signal);
  off.abort();
  expect(await waiting).toBe(false);
  expect(await pulse.after(1, off.signal)).toBe(false);
  pulse.beat();
});
