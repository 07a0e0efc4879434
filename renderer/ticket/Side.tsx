import { exactWords } from '../time/words.ts';
import { NearList } from './Near.tsx';
import classes from './ticket.module.css';
import { useTicket } from './ticket-context.ts';
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
  return (
    <aside className={classes.side}>
      {near.length > 0 && (
        <section>
          <h3>{say('side.similar')}</h3>
          <NearList near={near} />
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
