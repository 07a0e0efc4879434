import type { z } from 'zod';
import type { CoreCalls } from '#shared/contract/core.ts';
import { serverNow } from '../time/now.ts';
import { dayWords } from '../time/words.ts';
import { Cut } from '../ui/Cut.tsx';
import { UrgencyMark } from '../ui/UrgencyMark.tsx';
import { sentence, type Words } from './say.ts';
import classes from './ticket.module.css';

export type Earlier = z.output<CoreCalls['earlier']['output']>;
type EarlierTicket = Earlier['tickets'][number];

/** "2 autres tickets cette année". */
export function earlierTitle({ thisYear, tickets }: Earlier, { say }: Words): string {
  return tickets.length === 0 ? say('earlier.none') : say('earlier.thisYear', { count: thisYear });
}

/** "Fermé, confirmé · durée 4, réponses 5", "Demande · en cours". */
function stateWords({ kind, state, held, rating }: EarlierTicket, { say }: Words): string {
  const parts = [
    kind === 'request' ? say('head.kind.request') : null,
    say(state === 'open' && held ? 'earlier.state.held' : `earlier.state.${state}`),
    rating && say('earlier.marks', { duration: rating.duration, answers: rating.answers }),
  ];
  return sentence(parts.filter(Boolean).join(' · '));
}

/** A line a ticket, the newest first; a click goes there. */
export function EarlierList({ tickets, words, onSee }: { tickets: readonly EarlierTicket[]; words: Words; onSee(ticketId: string): void }) {
  return tickets.map((ticket) => (
    <button key={ticket.ticketId} type="button" className={classes.near} onClick={() => onSee(ticket.ticketId)}>
      <UrgencyMark urgency={ticket.urgency} />
      <b>
        <Cut>{ticket.title}</Cut>
      </b>
      <span className={classes.when}>{dayWords(ticket.at, serverNow(), words.saying)}</span>
      <small style={{ gridColumn: '2 / 4', minWidth: 0, display: 'grid' }}>
        <Cut>{stateWords(ticket, words)}</Cut>
      </small>
    </button>
  ));
}
