/** The instrument of `tick`: with a list that is right it counts no row, and with one that is wrong it counts each. */
import { createRequire } from 'node:module';
import { act } from '@testing-library/react';
import { memo, useEffect, useState } from 'react';
import type { Root } from 'react-dom/client';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { countRenders, type Renders } from '../../../build/bench/app/render-count.ts';

const require = createRequire(import.meta.url);
let createRoot: (box: Element) => Root;
let root: Root | undefined;
let beats: Set<() => void>;

beforeAll(() => {
  // React looks for the hook once, when it is loaded: here is a copy of its own, loaded after it.
  countRenders();
  for (const file of Object.keys(require.cache)) if (/react-dom/.test(file)) delete require.cache[file];
  createRoot = (require('react-dom/client') as { createRoot: typeof createRoot }).createRoot;
});
afterAll(() => {
  globalThis.__REACT_DEVTOOLS_GLOBAL_HOOK__ = undefined;
});
afterEach(() => {
  act(() => root?.unmount());
  document.body.replaceChildren();
});

function useBeat(): number {
  const [count, setCount] = useState(0);
  useEffect(() => {
    const beat = () => setCount((before) => before + 1);
    beats.add(beat);
    return () => void beats.delete(beat);
  }, []);
  return count;
}
const Countdown = () => <span data-tone="ok">{useBeat()} min</span>;
const Title = ({ text }: { text: string }) => <b>{text}</b>;
const Row = memo(({ text }: { text: string }) => (
  <div role="option" tabIndex={-1}>
    <Title text={text} />
    <Countdown />
  </div>
));
/** A row that hears the clock itself. */
function TickingRow({ text }: { text: string }) {
  return (
    <div role="option" tabIndex={-1}>
      <Title text={`${text} ${useBeat()}`} />
      <Countdown />
    </div>
  );
}
const Beside = () => <p data-tone="ok">{useBeat()}</p>;

async function beatOf(Kind: typeof Row | typeof TickingRow): Promise<Renders> {
  beats = new Set();
  const box = document.body.appendChild(document.createElement('div'));
  root = createRoot(box);
  await act(async () =>
    root?.render(
      <main>
        <Beside />
        <div role="listbox">
          {['a', 'b', 'c'].map((text) => (
            <Kind key={text} text={text} />
          ))}
        </div>
      </main>,
    ),
  );
  globalThis.takeRenders?.();
  await act(async () => {
    for (const beat of beats) beat();
  });
  return globalThis.takeRenders?.() ?? { rows: -1, countdowns: -1 };
}

test('of a list whose countdowns alone hear the clock, three countdowns and no row', async () => {
  expect(await beatOf(Row)).toEqual({ rows: 0, countdowns: 3 });
});

test('of rows that hear the clock themselves, each row and what it draws', async () => {
  // Three rows, three titles.
  expect(await beatOf(TickingRow)).toEqual({ rows: 6, countdowns: 3 });
});
