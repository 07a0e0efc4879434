import { Button } from '@mantine/core';
import { IconInbox, IconPlus } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import { Link } from 'wouter';
import type { PortalTicket } from '#shared/contract/portal.ts';
import { failureWords } from '../api/failure-words.ts';
import { useAsked } from '../asked/use-asked.ts';
import { usePortal } from '../desk/desk-context.ts';
import { useWords } from '../i18n/index.ts';
import { Choice } from '../look/Choice.tsx';
import { Empty } from '../look/Empty.tsx';
import { Frame } from '../look/Frame.tsx';
import { Loading } from '../look/Loading.tsx';
import { Notice } from '../look/Notice.tsx';
import { Trouble } from '../look/Trouble.tsx';
import { hasEnded } from '../ticket/state-words.ts';
import { instantWords } from '../time/words.ts';
import { TicketRows } from './TicketRows.tsx';
import classes from './TicketsPage.module.css';

const EVERY_MS = 20_000;
/** Of those that have ended; the others on demand. */
const SHOWN = 8;

const filters = { all: () => true, byMe: (one: PortalTicket) => one.isRequester, forMe: (one: PortalTicket) => one.isBeneficiary };

export function TicketsPage() {
  const { t, language } = useWords();
  const { api } = usePortal();
  const load = useCallback(() => api.tickets(), [api]);
  const { value, failure, reload } = useAsked(load, EVERY_MS);
  const [filter, setFilter] = useState<keyof typeof filters>('all');
  const [isWhole, setWhole] = useState(false);
  if (!value) return failure ? <Trouble failure={failure} onRetry={reload} /> : <Loading />;

  const { tickets, serverTime: now } = value;
  const differ = tickets.some((one) => one.isRequester && !one.isBeneficiary) && tickets.some((one) => one.isBeneficiary);
  const shown = differ ? tickets.filter(filters[filter]) : tickets;
  const waiting = shown.filter(({ mayDecide }) => mayDecide);
  const open = shown.filter((one) => !one.mayDecide && !hasEnded(one));
  const ended = shown.filter((one) => !one.mayDecide && hasEnded(one));
  const when = ({ timeZone }: PortalTicket) => ({ language, timeZone, now });

  return (
    <Frame
      title={t('tickets.title')}
      footer={
        <div className={classes.footer}>
          <Button component={Link} href="/new/incident" variant="filled" leftSection={<IconPlus size={20} stroke={2} aria-hidden />}>
            {t('declare.title.incident')}
          </Button>
          <Button component={Link} href="/new/request">
            {t('declare.title.request')}
          </Button>
        </div>
      }
    >
      {failure && (
        <div className={classes.stale}>
          <Notice>
            {failure.kind === 'unreachable'
              ? t('failure.stale', { time: instantWords(now, { language, timeZone: localZone(), now }) })
              : failureWords(failure, t)}
          </Notice>
        </div>
      )}
      {tickets.length === 0 && (
        <Empty icon={<IconInbox size={32} stroke={1.5} aria-hidden />} title={t('tickets.none')} why={t('tickets.noneWhy')} />
      )}
      {differ && (
        <div className={classes.filter}>
          <Choice<keyof typeof filters>
            isLabelHidden
            label={t('tickets.filter')}
            options={(['all', 'byMe', 'forMe'] as const).map((one) => ({ value: one, label: t(`tickets.${one}`) }))}
            value={filter}
            onChange={setFilter}
          />
        </div>
      )}
      {waiting.length > 0 && (
        <section className={classes.section} aria-labelledby="waiting">
          <h2 id="waiting" className={classes.label}>
            {t('tickets.waiting')}
          </h2>
          <ul className={classes.cards}>
            {waiting.map((ticket) => (
              <li key={ticket.id} className={classes.card}>
                <h3 className={classes.cardTitle}>
                  <Link href={`/tickets/${ticket.id}`}>{ticket.title}</Link>
                </h3>
                <p className={classes.cardText}>{solvedWords(ticket)}</p>
                <div className={classes.answers}>
                  {(['yes', 'no'] as const).map((answer) => (
                    <Button key={answer} component={Link} href={`/tickets/${ticket.id}?answer=${answer}`}>
                      {t(`tickets.${answer}`)}
                    </Button>
                  ))}
                </div>
              </li>
            ))}
          </ul>
        </section>
      )}
      {tickets.length > 0 && (
        <section className={classes.section} aria-labelledby="open">
          <h2 id="open" className={classes.label}>
            {t('tickets.open', { count: open.length })}
          </h2>
          {open.length === 0 ? <p className={classes.quiet}>{t('tickets.noneOpen')}</p> : <TicketRows tickets={open} now={now} />}
        </section>
      )}
      {ended.length > 0 && (
        <section className={classes.section} aria-labelledby="ended">
          <h2 id="ended" className={classes.label}>
            {t('tickets.ended')}
          </h2>
          <TicketRows tickets={isWhole ? ended : ended.slice(0, SHOWN)} now={now} />
          {!isWhole && ended.length > SHOWN && (
            <button type="button" className={classes.more} onClick={() => setWhole(true)}>
              {t('tickets.more')}
            </button>
          )}
        </section>
      )}
    </Frame>
  );

  function solvedWords(ticket: PortalTicket): string {
    const time = ticket.resolvedAt === null ? '' : instantWords(ticket.resolvedAt, when(ticket));
    const { resolvedByName: name } = ticket;
    return name === null ? t('tickets.resolvedBySomebody', { time }) : t('tickets.resolvedBy', { name, time });
  }
}

function localZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
