import { IconChevronRight } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { PortalTicket } from '#shared/contract/portal.ts';
import { useWords } from '../i18n/index.ts';
import { stateWords } from '../ticket/state-words.ts';
import classes from './TicketsPage.module.css';

/** `now`: the server's time. */
export function TicketRows({ tickets, now }: { tickets: readonly PortalTicket[]; now: string }) {
  const { t, language } = useWords();
  return (
    <ul className={classes.list}>
      {tickets.map((ticket) => (
        <li key={ticket.id}>
          <Link href={`/tickets/${ticket.id}`} className={classes.row}>
            <div>
              <div className={classes.title}>{ticket.title}</div>
              <div className={classes.state}>
                {stateWords(ticket, { language, timeZone: ticket.timeZone, now }, t)}
                {!ticket.isBeneficiary && ` · ${t('tickets.for', { name: ticket.beneficiaryName })}`}
              </div>
            </div>
            <IconChevronRight size={20} stroke={1.75} aria-hidden />
          </Link>
        </li>
      ))}
    </ul>
  );
}
