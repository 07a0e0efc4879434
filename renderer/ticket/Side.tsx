import { IconLink } from '@tabler/icons-react';
import { useSelection } from '../state/selection.ts';
import { exactWords } from '../time/words.ts';
import { Cut } from '../ui/Cut.tsx';
import { EarlierList, earlierTitle } from './Earlier.tsx';
import { NearList } from './Near.tsx';
import classes from './ticket.module.css';
import { useTicket } from './ticket-context.ts';
import { useAsked } from './use-asked.ts';
import type { SimilarTicket } from './use-similar.ts';

/** In a pane of 1100 px and more, so that no line of the timeline exceeds 880. */
export function Side({ near }: { near: readonly SimilarTicket[] }) {
  const { detail, words, names } = useTicket();
  const { say, saying, language } = words;
  const { ticket } = detail;
  const impact = say('side.impactValue', {
    importance: say(`urgencyForm.importance.${ticket.importance}`),
    relevance: say(`urgencyForm.relevance.${ticket.relevance}`).toLocaleLowerCase(),
  });
  const facts = [
    ['team', detail.team?.names[language]],
    ['requester', names.person(ticket.requesterId)],
    ['category', detail.category?.names[language]],
    ['impact', impact],
    ['opened', exactWords(ticket.openedAt, saying)],
    ['holder', ticket.holderId ? names.person(ticket.holderId) : undefined],
  ] as const;
  const select = useSelection((state) => state.select);
  const earlier = useAsked('earlier', { personId: ticket.beneficiaryId, except: ticket.id });
  const links = detail.timeline.flatMap(({ entry }) => (entry.kind === 'linked' && !entry.undone ? entry : []));
  return (
    <aside className={classes.side}>
      {near.length > 0 && (
        <section>
          <h3>{say('side.similar')}</h3>
          <NearList near={near} />
        </section>
      )}
      {earlier && earlier.tickets.length > 0 && (
        <section>
          <h3>
            {names.person(ticket.beneficiaryId)} · {earlierTitle(earlier, words)}
          </h3>
          <EarlierList tickets={earlier.tickets} words={words} onSee={select} />
        </section>
      )}
      {links.length > 0 && (
        <section>
          <h3>{say('side.links')}</h3>
          {links.map(({ id, data }) => (
            <button key={id} type="button" className={classes.near} onClick={() => select(data.ticketId)}>
              <IconLink size={16} stroke={1.5} aria-hidden />
              <b>
                <Cut>{say(`timeline.linked.${data.as}`, { number: data.number ?? say('timeline.linked.unnumbered') })}</Cut>
              </b>
            </button>
          ))}
        </section>
      )}
      <section>
        <h3>{say('side.details')}</h3>
        <dl>
          {facts.map(
            ([key, value]) =>
              value && (
                <div key={key} style={{ display: 'contents' }}>
                  <dt>{say(`side.${key}`)}</dt>
                  <dd>{value}</dd>
                </div>
              ),
          )}
        </dl>
      </section>
    </aside>
  );
}
