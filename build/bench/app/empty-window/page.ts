/**
 * The page of the empty window: everything that the console's page takes from libraries is loaded, and one line, a counter and a field
 * are drawn with it. Keys are taken as the console takes them: one listener, a Zustand store, React.
 */

import { MantineProvider } from '@mantine/core';
import i18next from 'i18next';
import { createElement as h, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { initReactI18next, useTranslation } from 'react-i18next';
import { z } from 'zod';
import { create } from 'zustand';
import { used } from './used.ts';

const Text = z.string();
const useCounter = create<{ count: number; add(): void }>()((set) => ({
  count: 0,
  add: () => set(({ count }) => ({ count: count + 1 })),
}));
void i18next.use(initReactI18next).init({ lng: 'fr', initAsync: false, resources: { fr: { translation: { ready: 'Prêt' } } } });

function Empty() {
  const { t } = useTranslation();
  const count = useCounter((state) => state.count);
  const [text, setText] = useState('');
  return h(
    'main',
    { style: { fontFamily: '"Inter Variable"' } },
    h('div', { role: 'listbox' }, h('div', { role: 'option', 'aria-selected': true }, t('ready'))),
    h('output', null, count),
    h('input', { value: text, onChange: (event) => setText(Text.parse(event.currentTarget.value)) }),
    h('p', null, text),
  );
}

document.addEventListener('keydown', ({ target }) => {
  if (!(target instanceof HTMLInputElement)) useCounter.getState().add();
});
const root = document.getElementById('root');
if (root) createRoot(root).render(h(MantineProvider, null, h(Empty)));
// Nothing of it is left out of the bundle.
Object.assign(globalThis, { used });
