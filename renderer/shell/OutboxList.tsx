import { IconCircleDashed, IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { OutboxItem, SyncStatus } from '#shared/contract/core.ts';
import { refusalText } from '#shared/domain/refusal-text.ts';
import { core } from '../core/client.ts';
import { NextTry } from '../outbox/NextTry.tsx';
import { useSelection } from '../state/selection.ts';
import { faceOf } from '../ticket/operations.ts';
import { serverNow } from '../time/now.ts';
import { instantWords } from '../time/words.ts';
import { Cut } from '../ui/Cut.tsx';
import { OpButton } from '../ui/OpButton.tsx';
import { Tag } from '../ui/Tag.tsx';
import { useSaying } from '../ui/use-saying.ts';
import classes from './OutboxList.module.css';

interface Props {
  items: readonly OutboxItem[];
  sync: SyncStatus | undefined;
  onDone(): void;
}

/** Every operation that waits, with its ticket and its hour; what was refused says why. */
export function OutboxList({ items, sync, onDone }: Props) {
  const { t } = useTranslation();
  // What was refused is no longer on its way: it is listed until it was read.
  const waiting = items.filter((item) => item.state !== 'rejected').length;
  return (
    <>
      <header className={classes.head}>
        <h2 className={classes.title}>
          {waiting > 0 ? t('outbox.count', { count: waiting }) : t('outbox.refused', { count: items.length })}
        </h2>
        {waiting > 0 && <span className={classes.aside}>{t('outbox.kept')}</span>}
      </header>
      <ul className={classes.items}>
        {items.map((item) => (
          <li key={item.id}>
            <OutboxLine item={item} onDone={onDone} />
          </li>
        ))}
      </ul>
      <footer className={classes.foot}>
        <OpButton
          quiet
          label={t('outbox.seeAll')}
          k="g o"
          onClick={() => {
            useSelection.getState().goTo('outbox');
            onDone();
          }}
        />
        {waiting > 0 && <NextTry className={classes.next} at={sync?.nextTryAt ?? null} />}
        {waiting > 0 && (
          <OpButton
            icon={<IconRefresh size={16} stroke={1.5} />}
            label={t('outbox.retry')}
            onClick={() => void core.call('retryNow', undefined)}
          />
        )}
      </footer>
    </>
  );
}

function OutboxLine({ item, onDone }: { item: OutboxItem; onDone(): void }) {
  const { t } = useTranslation();
  const saying = useSaying();
  const Icon = faceOf(item.name)?.icon ?? IconCircleDashed;
  return (
    <button
      type="button"
      className={classes.item}
      onClick={() => {
        useSelection.getState().goTo('console');
        useSelection.getState().select(item.ticketId);
        onDone();
      }}
    >
      <Icon size={16} stroke={1.5} aria-hidden />
      <span className={classes.name}>
        {t(`outbox.made.${item.name}`)}
        {item.tentative && item.state !== 'rejected' && <Tag dashed>{t('row.toConfirm')}</Tag>}
        {item.state === 'rejected' && <Tag>{t('row.claimRefused')}</Tag>}
      </span>
      <span className={classes.at}>{instantWords(item.madeAt, serverNow(), saying)}</span>
      <Cut className={classes.ticket}>{item.ticketTitle}</Cut>
      {item.state === 'stopped' && <span className={classes.why}>{t('outbox.stopped')}</span>}
      {item.refusal && <span className={classes.why}>{refusalText(item.refusal, saying.language)}</span>}
    </button>
  );
}
