import { IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { QuarantinedMail } from '#shared/contract/quarantine.ts';
import { useWatch } from '../core/use-watch.ts';
import { useKeys } from '../keys/use-keys.ts';
import { EmptyList } from '../list/ListStates.tsx';
import { useSelection } from '../state/selection.ts';
import { useWords } from '../ticket/say.ts';
import { timeWords } from '../time/words.ts';
import { Cut } from '../ui/Cut.tsx';
import { OpButton } from '../ui/OpButton.tsx';
import { PageHead } from '../ui/PageHead.tsx';
import { type Handled, MailPane } from './MailPane.tsx';
import classes from './mails.module.css';
import { useMails } from './use-mails.ts';
import { whyKey } from './why-words.ts';

/** Mails of which the service made nothing by itself: to be read, put on a ticket, made into one, or thrown away. */
export function MailsPage() {
  const { t } = useTranslation();
  const count = useWatch('waitingMails', undefined);
  const { mails, again } = useMails(count);
  /** What became of the last one, here or by somebody else: it is no more in the list. */
  const [said, setSaid] = useState<Handled | null>(null);
  const [chosenId, setChosenId] = useState<string | null>(null);
  const list = mails.state === 'there' ? mails.value.mails : [];
  const chosen = list.find(({ id }) => id === chosenId) ?? list[0];
  const handled = (what: Handled) => {
    setSaid(what);
    again();
  };
  const step = (by: 1 | -1) => {
    const next = list[list.findIndex(({ id }) => id === chosen?.id) + by];
    if (next) setChosenId(next.id);
  };
  const leave = () => useSelection.getState().goTo('console');
  const showTicket = (ticketId: string | null) => {
    leave();
    useSelection.getState().select(ticketId);
  };
  useKeys({ escape: leave, j: () => step(1), k: () => step(-1) });

  return (
    <div className={classes.page}>
      <PageHead title={t('mails.title')} back={t('mails.back')} onBack={leave}>
        {mails.state === 'there' && mails.value.total > 0 && (
          <span className={classes.total}>{t('mails.total', { count: mails.value.total })}</span>
        )}
        <p className={classes.said} role="status">
          {said && (
            <>
              <Cut>{said.text}</Cut>
              {said.ticketId !== null && <OpButton small label={t('mails.show')} onClick={() => showTicket(said.ticketId)} />}
            </>
          )}
        </p>
      </PageHead>
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
            <MailPane key={chosen.id} mail={chosen} onHandled={handled} />
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
      <button type="button" className={classes.row} aria-current={current || undefined} onClick={onChoose}>
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
