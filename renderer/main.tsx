import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { showAlerted } from './alerts/show-alerted.ts';
import { listenForCorePort } from './core/client.ts';
import { i18n } from './i18n/index.ts';
import { useSession } from './state/session.ts';
import { applyFirstAppearance } from './theme/appearance.ts';

/** The settings come before the first paint, so that neither theme nor language changes under the eye. */
async function start(root: HTMLElement): Promise<void> {
  listenForCorePort();
  const answer = await window.guichet.boot(undefined);
  if (!answer.ok) {
    // Main answers boot or the window has no main: there is nothing else to ask.
    root.textContent = i18n.t('failure.other', { detail: answer.failure.kind });
    return;
  }
  applyFirstAppearance(answer.value.settings);
  useSession.getState().begin(answer.value);
  window.guichet.onSession((session) => useSession.getState().setSession(session));
  window.guichet.onShow(showAlerted);
  createRoot(root).render(<App />);
}

const root = document.getElementById('root');
if (root) void start(root);
