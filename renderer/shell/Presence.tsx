import { useDebouncedValue, useDocumentVisibility } from '@mantine/hooks';
import { useEffect } from 'react';
import { useWatch } from '../core/use-watch.ts';
import { usePresent } from '../state/present.ts';
import { useSelection } from '../state/selection.ts';

/** Who runs through the list looks at none of its tickets. */
const SETTLED_MS = 1_000;

/** Tells core which ticket is being looked at and hears who else is here; a window that nobody sees says and asks nothing. */
export function Presence() {
  return useDocumentVisibility() === 'hidden' ? null : <Looking />;
}

function Looking() {
  const shown = useSelection((state) => (state.page === 'console' ? state.ticketId : null));
  const [ticketId] = useDebouncedValue(shown, SETTLED_MS);
  const people = useWatch('presence', { ticketId });
  useEffect(() => {
    if (people) usePresent.setState({ people });
  }, [people]);
  useEffect(() => () => usePresent.setState({ people: [] }), []);
  return null;
}
