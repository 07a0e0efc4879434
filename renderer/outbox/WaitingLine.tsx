import { IconCircleDashed, IconPhonePlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { OutboxItem } from '#shared/contract/core.ts';
import { faceOf } from '../ticket/operations.ts';
import { serverNow, useTicking } from '../time/now.ts';
import { durationWords, exactWords, instantWords } from '../time/words.ts';
import { Cut } from '../ui/Cut.tsx';
import { Tag } from '../ui/Tag.tsx';
import { useSaying } from '../ui/use-saying.ts';
import classes from './OutboxPage.module.css';
import { TicketLink } from './TicketLink.tsx';

/** One operation that waits: what it is, for which ticket, since when, and what has to go before it. `base`: what it builds on. */
export function WaitingLine({ item, base }: { item: OutboxItem; base: readonly OutboxItem[] }) {
  const { t } = useTranslation();
  const saying = useSaying();
  const Icon = faceOf(item.name)?.icon ?? (item.name === 'open' ? IconPhonePlus : IconCircleDashed);
  const since = useTicking((now) => durationWords(Math.max(0, now - Date.parse(item.madeAt)), saying));
  const first = base[0];
  return (
    <li className={classes.line}>
      <Icon size={16} stroke={1.5} aria-hidden />
      <div className={classes.what}>
        <span className={classes.name}>
          {t(`outbox.made.${item.name}`)}
          {item.tentative && <Tag dashed>{t('row.toConfirm')}</Tag>}
        </span>
        <TicketLink item={item} />
        {item.text !== '' && <Cut className={classes.text}>{item.text}</Cut>}
        {item.state === 'stopped' && <span className={classes.state}>{t('outbox.stopped')}</span>}
        {item.state === 'sending' && <span className={classes.state}>{t('outbox.sending')}</span>}
        {first && (
          <span className={classes.state}>
            {t('outbox.after', { name: t(`outbox.made.${first.name}`), time: instantWords(first.madeAt, serverNow(), saying) })}
          </span>
        )}
      </div>
      <time className={classes.at} dateTime={item.madeAt} title={exactWords(item.madeAt, saying)}>
        {instantWords(item.madeAt, serverNow(), saying)}
        <span className={classes.since}>{t('outbox.since', { duration: since })}</span>
      </time>
    </li>
  );
}
