import { useTranslation } from 'react-i18next';
import type { OutboxItem } from '#shared/contract/core.ts';
import { useSelection } from '../state/selection.ts';
import { Cut } from '../ui/Cut.tsx';
import classes from './OutboxPage.module.css';

/** Which ticket an operation is for: a way there, unless it is out of sight. */
export function TicketLink({ item }: { item: OutboxItem }) {
  const { t } = useTranslation();
  const name = [item.ticketNumber ?? t('outbox.noNumber'), item.ticketTitle].filter(Boolean).join(' · ');
  if (!item.inSight) {
    return (
      <Cut className={classes.ticket}>
        {name} · {t('outbox.outOfSight')}
      </Cut>
    );
  }
  return (
    <button
      type="button"
      className={`${classes.ticket} ${classes.link}`}
      onClick={() => {
        useSelection.getState().goTo('console');
        useSelection.getState().select(item.ticketId);
      }}
    >
      <Cut>{name}</Cut>
    </button>
  );
}
