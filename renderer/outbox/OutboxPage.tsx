import { IconRefresh } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutboxItem, SyncStatus } from '#shared/contract/core.ts';
import { core } from '../core/client.ts';
import { useWatch } from '../core/use-watch.ts';
import { useKeys } from '../keys/use-keys.ts';
import { EmptyList } from '../list/ListStates.tsx';
import { useSelection } from '../state/selection.ts';
import { RejectionCard } from '../ticket/RejectionCard.tsx';
import { OpButton } from '../ui/OpButton.tsx';
import { PageHead } from '../ui/PageHead.tsx';
import { ExportButton } from './ExportButton.tsx';
import { NextTry } from './NextTry.tsx';
import classes from './OutboxPage.module.css';
import { TicketLink } from './TicketLink.tsx';
import { WaitingLine } from './WaitingLine.tsx';

/** Everything that the server does not have: what waits and what for, what it refused and why; to be sent now, done again, or exported. */
export function OutboxPage({ items, sync }: { items: readonly OutboxItem[]; sync: SyncStatus | undefined }) {
  const { t } = useTranslation();
  const waiting = items.filter((item) => item.state !== 'rejected');
  const refused = items.filter((item) => item.state === 'rejected');
  const back = () => useSelection.getState().goTo('console');
  const retry = () => void core.call('retryNow', undefined);
  useKeys({ escape: back, r: waiting.length > 0 ? retry : undefined });

  return (
    <div className={classes.page}>
      <PageHead title={t('outbox.page')} back={t('outbox.back')} onBack={back}>
        {waiting.length > 0 && <NextTry className={classes.next} at={sync?.nextTryAt ?? null} />}
        <span className={classes.buttons}>
          {items.length > 0 && <ExportButton />}
          {waiting.length > 0 && (
            <OpButton primary icon={<IconRefresh size={16} stroke={1.5} />} label={t('outbox.retry')} k="r" onClick={retry} />
          )}
        </span>
      </PageHead>
      {items.length === 0 ? (
        <EmptyList title={t('outbox.empty')} reason={t('outbox.emptyReason')} />
      ) : (
        <div className={classes.body}>
          {refused.length > 0 && (
            <Section label={t('outbox.refusedTitle')} count={refused.length} help={t('outbox.refusedHelp')}>
              {refused.map((item) => (
                <Refused key={item.id} item={item} />
              ))}
            </Section>
          )}
          {waiting.length > 0 && (
            <Section label={t('outbox.waitingTitle')} count={waiting.length} help={t('outbox.waitingHelp')}>
              <ol className={classes.lines}>
                {waiting.map((item) => (
                  <WaitingLine key={item.id} item={item} base={waiting.filter(({ id }) => item.after.includes(id))} />
                ))}
              </ol>
            </Section>
          )}
        </div>
      )}
    </div>
  );
}

function Section({ label, count, help, children }: { label: string; count: number; help: string; children: ReactNode }) {
  return (
    <section className={classes.section} aria-label={label}>
      <h2 className={classes.heading}>
        {label} <span className={classes.count}>{count}</span>
      </h2>
      <p className={classes.help}>{help}</p>
      {children}
    </section>
  );
}

function Refused({ item }: { item: OutboxItem }) {
  const detail = useWatch('ticket', item.ticketId) ?? null;
  if (item.rejection === null) return null;
  return <RejectionCard rejection={item.rejection} detail={detail} keyed={false} about={<TicketLink item={item} />} />;
}
