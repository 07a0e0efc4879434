import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import type { Line } from './api/http.ts';
import { Session } from './api/session.ts';
import { language, startLanguage } from './i18n/index.ts';
import { keptMark } from './kept/kept-mark.ts';

startLanguage();
const line: Line = { fetch: (...words) => fetch(...words), language };
const session = new Session({
  ...line,
  now: () => Date.now(),
  // Browsers know locks where the page came by https or from this machine; elsewhere each tab is on its own.
  alone: (name, work) => (navigator.locks ? navigator.locks.request(name, work) : work()),
  leaving: keptMark('guichet.leaving'),
});
const root = document.getElementById('root');
if (root) createRoot(root).render(<App line={line} session={session} />);
