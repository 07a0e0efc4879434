import { useLayoutEffect, useRef } from 'react';
import { useSelection } from '../../state/selection.ts';
import { EarlierList, earlierTitle } from '../Earlier.tsx';
import { sentence } from '../say.ts';
import { useSiteWords } from '../site-words.ts';
import { useTicket } from '../ticket-context.ts';
import { useAsked } from '../use-asked.ts';
import classes from './card.module.css';

/** So many stand beside what is known of the place. */
const SHOWN = 3;
/** Who is on the line is no ticket that is passed by. */
const AT_ONCE = 0;

/** Beside a call: what one wants to know of the person on the line. Name, site and number are in the call's own bar. */
export function CallerCard() {
  const { detail, words, names } = useTicket();
  const { say } = words;
  const { ticket, people, siteHours } = detail;
  const { hours, there } = useSiteWords(siteHours, words);
  const select = useSelection((state) => state.select);
  const earlier = useAsked('earlier', { personId: ticket.beneficiaryId, except: ticket.id }, AT_ONCE);
  const card = useRef<HTMLElement>(null);
  // Whoever has read down the timeline has it before him all the same.
  useLayoutEffect(() => {
    card.current?.scrollIntoView({ block: 'nearest' });
  }, []);

  const person = people[ticket.beneficiaryId];
  const listed = person?.phone && names.phone(person.phone);
  const requester = ticket.requesterId === ticket.beneficiaryId ? undefined : names.person(ticket.requesterId);
  const facts = [
    [hours, there].filter(Boolean).join(' · '),
    person && sentence(say(`contact.speaks.${person.language}`)),
    listed && listed !== names.phone(ticket.phone) && say('card.listed', { number: listed }),
    requester && sentence(say('contact.reportedBy', { name: requester })),
  ].filter((fact) => typeof fact === 'string');
  return (
    <section ref={card} className={classes.card} aria-label={say('card.label', { name: person?.name ?? '' })}>
      <div>
        <h3>{say('card.place')}</h3>
        <ul>
          {facts.map((fact) => (
            <li key={fact}>{fact}</li>
          ))}
        </ul>
      </div>
      <div>
        <h3>{earlier && earlierTitle(earlier, words)}</h3>
        {earlier && <EarlierList tickets={earlier.tickets.slice(0, SHOWN)} words={words} onSee={select} />}
      </div>
    </section>
  );
}
