import { IconArrowLeft, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { QuarantinedMail } from '#shared/contract/quarantine.ts';
import { useWatch } from '../core/use-watch.ts';
import { ariaKeys } from '../keys/key-names.ts';
import { useKeys } from '../keys/use-keys.ts';
import { EmptyList } from '../list/ListStates.tsx';
import { useSelection } from '../state/selection.ts';
import { useWords } from '../ticket/say.ts';
import { timeWords } from '../time/words.ts';
import { Cut } from '../ui/Cut.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Key } from '../ui/Key.tsx';
import { OpButton } from '../ui/OpButton.tsx';
import { MailPane } from './MailPane.tsx';
import classes from './mails.module.css';
import { useMails } from './use-mails.ts';
import { whyKey } from './why-words.ts';

/** Mails of which the service made nothing by itself: to be read, put on a ticket, made into one, or thrown away. */
export function MailsPage() {
  const { t } = useTranslation();
  const count = useWatch('waitingMails', undefined);
  const { mails, again } = useMails(count);
  const [chosenId, setChosenId] = useState<string | null>(null);
  const list = mails.state === 'there' ? mails.value.mails : [];
  const chosen = list.find(({ id }) => id === chosenId) ?? list[0];
  const step = (by: 1 | -1) => {
    const next = list[list.findIndex(({ id }) => id === chosen?.id) + by];
    if (next) setChosenId(next.id);
  };
  useKeys({ escape: () => useSelection.getState().goTo('console'), j: () => step(1), k: () => step(-1) });

  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <IconButton label={t('mails.back')} onClick={() => useSelection.getState().goTo('console')}>
          <IconArrowLeft size={16} stroke={1.5} aria-hidden />
        </IconButton>
        <h1 className={classes.title}>{t('mails.title')}</h1>
        <Key k="escape" />
        {mails.state === 'there' && mails.value.total > 0 && (
          <span className={classes.total}>{t('mails.total', { count: mails.value.total })}</span>
        )}
      </header>
      {mails.state === 'failed' ? (
        <EmptyList title={t('mails.failed')} reason={t(mails.outOfReach ? 'mails.outOfReach' : 'mails.failedReason')}>
          <OpButton icon={<IconRefresh size={16} stroke={1.5} />} label={t('mails.again')} onClick={again} />
        </EmptyList>
      ) : mails.state === 'there' && !chosen ? (
        <EmptyList title={t('mails.empty')} reason={t('mails.emptyReason')} />
      ) : (
        chosen && (
          <div className={classes.panes}>
            <ul className={classes.list} aria-label={t('mails.title')}>
              {list.map((mail) => (
                <MailRow key={mail.id} mail={mail} current={mail.id === chosen.id} onChoose={() => setChosenId(mail.id)} />
              ))}
            </ul>
            <MailPane key={chosen.id} mail={chosen} onHandled={again} />
          </div>
        )
      )}
    </div>
  );
}

function MailRow({ mail, current, onChoose }: { mail: QuarantinedMail; current: boolean; onChoose(): void }) {
  const { t } = useTranslation();
  const { saying } = useWords();
  return (
    <li>
      <button
        type="button"
        className={classes.row}
        aria-current={current || undefined}
        aria-keyshortcuts={ariaKeys('j')}
        onClick={onChoose}
      >
        <span className={classes.line}>
          <Cut className={classes.subject}>{mail.subject || t('mails.noSubject')}</Cut>
          <time className={classes.time} dateTime={mail.receivedAt}>
            {timeWords(mail.receivedAt, saying)}
          </time>
        </span>
        <span className={classes.line}>
          <Cut className={classes.from}>{mail.from ? mail.from.name || mail.from.address : t('mails.nobody')}</Cut>
          <span className={classes.why}>{t(`mails.why.${whyKey(mail.why)}`)}</span>
        </span>
      </button>
    </li>
  );
}
