import { useEffect } from 'react';
import { Console } from './shell/Console.tsx';
import { SignIn } from './signin/SignIn.tsx';
import { useFilters } from './state/filters.ts';
import { usePanels } from './state/panels.ts';
import { useSelection } from './state/selection.ts';
import { useSession } from './state/session.ts';
import { ThemeProvider } from './theme/ThemeProvider.tsx';

/** Sign-in, or the console of the person who is signed in; nothing of one person is left for the next. */
export function App() {
  const session = useSession((state) => state.session);
  const settings = useSession((state) => state.settings);
  const personId = session.state === 'signed_in' ? session.personId : null;
  useEffect(() => {
    if (personId === null) return;
    return () => {
      useSelection.getState().reset();
      useFilters.getState().reset();
      usePanels.getState().setPalette(false);
      usePanels.getState().setOutbox(false);
    };
  }, [personId]);
  return <ThemeProvider settings={settings}>{personId === null ? <SignIn /> : <Console key={personId} />}</ThemeProvider>;
}
