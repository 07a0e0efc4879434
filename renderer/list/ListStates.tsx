import { IconAlertTriangle, IconCheck, IconCopy, IconFilterOff, IconRefresh } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SyncStatus, View } from '#shared/contract/core.ts';
import { core } from '../core/client.ts';
import { useFilters } from '../state/filters.ts';
import { OpButton } from '../ui/OpButton.tsx';
import classes from './ListStates.module.css';
import { SkeletonRow } from './TicketRow.tsx';

interface Props {
  icon?: ReactNode;
  title: string;
  reason?: string | undefined;
  children?: ReactNode;
}

/** A list with nothing in it: one sentence, one reason, one or two buttons. */
export function EmptyList({ icon, title, reason, children }: Props) {
  return (
    <div className={classes.empty} role="status">
      <span className={classes.icon}>{icon ?? <IconCheck size={32} stroke={1} className={classes.good} aria-hidden />}</span>
      <h2 className={classes.title}>{title}</h2>
      {reason && <p className={classes.reason}>{reason}</p>}
      {children && <div className={classes.buttons}>{children}</div>}
    </div>
  );
}

/** Nothing is left by the filters, and nothing else is the reason. `narrowedBy`: how many there are. */
export function FilteredOut({ view, narrowedBy }: { view: View; narrowedBy: number }) {
  const { t } = useTranslation();
  return (
    <EmptyList
      icon={<IconFilterOff size={32} stroke={1.25} aria-hidden />}
      title={t('list.empty.filtered')}
      reason={t('list.empty.filteredReason', { count: narrowedBy })}
    >
      <OpButton label={t('filter.clear')} onClick={() => useFilters.getState().clear(view)} />
    </EmptyList>
  );
}

/** What, why, what to do. */
export function BrokenList({ detail, reason }: Pick<SyncStatus, 'detail' | 'reason'>) {
  const { t } = useTranslation();
  return (
    <EmptyList
      icon={<IconAlertTriangle size={32} stroke={1.25} aria-hidden />}
      title={t('list.broken.title')}
      reason={reason ? `${t(`line.why.${reason}`)} ${t(`line.whyText.${reason}`)}` : t('list.broken.reason')}
    >
      <OpButton
        primary
        icon={<IconRefresh size={16} stroke={1.5} />}
        label={t('list.broken.reload')}
        onClick={() => void core.call('retryNow', undefined).catch(() => undefined)}
      />
      <OpButton
        icon={<IconCopy size={16} stroke={1.5} />}
        label={t('list.broken.copy')}
        onClick={() => void window.guichet.copyText(detail ?? '')}
      />
    </EmptyList>
  );
}

/** Eight rows without words, and only when the wait is felt: after 150 ms. */
export function LoadingList({ rowHeight }: { rowHeight: number }) {
  const { t } = useTranslation();
  const [felt, setFelt] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setFelt(true), 150);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className={classes.loading} role="status" aria-label={t('list.loading')}>
      {felt &&
        Array.from({ length: 8 }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: eight bones without identity
          <div key={index} style={{ height: rowHeight }}>
            <SkeletonRow index={index} />
          </div>
        ))}
    </div>
  );
}
