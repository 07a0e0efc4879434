import { Popover } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconChevronUp, IconCloudOff, IconCloudUp, IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { OutboxItem, SyncStatus } from '#shared/contract/core.ts';
import { usePanels } from '../state/panels.ts';
import { OutboxList } from './OutboxList.tsx';
import classes from './Rail.module.css';

const icons: Record<SyncStatus['state'], typeof IconCheck> = {
  starting: IconRefresh,
  bootstrapping: IconRefresh,
  checking: IconRefresh,
  up_to_date: IconCheck,
  syncing: IconRefresh,
  offline: IconCloudOff,
  signed_out: IconCloudOff,
  console_too_old: IconAlertTriangle,
  server_too_old: IconAlertTriangle,
  failed: IconAlertTriangle,
};

interface Props {
  sync: SyncStatus | undefined;
  outbox: readonly OutboxItem[];
}

/** How things stand with the server, said aloud when it changes; with unsent work, the way to its list. */
export function SyncState({ sync, outbox }: Props) {
  const { t } = useTranslation();
  const open = usePanels((state) => state.outbox);
  const setOpen = usePanels((state) => state.setOutbox);
  const state = sync?.state ?? 'starting';
  const waiting = Math.max(sync?.waiting ?? 0, 0);
  const listed = outbox.length > 0;
  const refused = outbox.filter((item) => item.state === 'rejected').length;
  const stuck = waiting > 0 && (state === 'offline' || outbox.some((item) => item.state === 'stopped'));
  const text =
    waiting > 0
      ? t('outbox.count', { count: waiting })
      : (state === 'bootstrapping' || state === 'checking') && sync?.progress != null
        ? t(`sync.progress.${state}`, { percent: Math.floor(sync.progress * 100) })
        : t(`sync.${state}`);
  const Icon = waiting > 0 && state !== 'offline' ? IconCloudUp : icons[state];
  const content = (
    <>
      <Icon size={16} stroke={1.5} aria-hidden className={state === 'up_to_date' && waiting === 0 ? classes.done : undefined} />
      <span className={classes.label} role="status">
        {text}
      </span>
    </>
  );
  if (!listed)
    return (
      <div className={`${classes.item} ${classes.sync}`} title={text}>
        {content}
      </div>
    );
  return (
    <Popover opened={open} onChange={setOpen} position="top-start" width={344} offset={8} radius="lg" trapFocus returnFocus>
      <Popover.Target>
        <button
          type="button"
          className={`${classes.item} ${classes.sync}`}
          data-busy={stuck || open || undefined}
          title={text}
          onClick={() => setOpen(!open)}
        >
          {content}
          {waiting === 0 && refused > 0 ? (
            <span className={classes.count}>{t('outbox.refusedShort', { count: refused })}</span>
          ) : (
            <IconChevronUp size={14} stroke={1.5} aria-hidden />
          )}
        </button>
      </Popover.Target>
      <Popover.Dropdown p={0} aria-label={t('outbox.title')}>
        <OutboxList items={outbox} sync={sync} onDone={() => setOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}
