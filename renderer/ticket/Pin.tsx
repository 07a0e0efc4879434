import { IconPin } from '@tabler/icons-react';
import classes from './ticket.module.css';
import { useTicket } from './ticket-context.ts';
import { Stamp } from './timeline/Timeline.tsx';

/** The reason of the last refusal, until the ticket is resolved again. */
export function Pin() {
  const { detail, words, names } = useTicket();
  const { refusal } = detail.ticket;
  if (!refusal) return null;
  const name = names.person(refusal.by) ?? words.say('timeline.unknownPerson');
  return (
    <div className={classes.pin} role="note">
      <IconPin size={16} stroke={1.5} aria-hidden />
      <div>
        <p>{words.say('pin.refused', { name })}</p>
        <p>
          <q>{words.say('pin.quote', { text: refusal.reason })}</q>
        </p>
      </div>
      <span className={classes.at}>
        <Stamp at={refusal.at} />
      </span>
    </div>
  );
}
