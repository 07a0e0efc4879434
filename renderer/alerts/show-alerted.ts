import { useSelection } from '../state/selection.ts';

/** Shows the ticket of an alert in the view that is open; null: several, which are among mine. */
export function showAlerted(ticketId: string | null): void {
  const { goTo, show, select } = useSelection.getState();
  if (ticketId === null) show('mine');
  else {
    goTo('console');
    select(ticketId);
  }
}
