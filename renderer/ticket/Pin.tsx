import { IconPin, IconStar } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './ticket.module.css';
import { useTicket } from './ticket-context.ts';
import { Stamp } from './timeline/Timeline.tsx';

/** What stands above the timeline: the reason of the last refusal, until the ticket is resolved again; at the end how it was rated. */
export function Pin() {
  const { detail, words, names } = useTicket();
  const { say } = words;
  const nameOf = (id: string) => names.person(id) ?? say('timeline.unknownPerson');
  const { refusal, resolvedAt } = detail.ticket;
  if (refusal)
    return (
      <Strip icon={<IconPin size={16} stroke={1.5} aria-hidden />} lead={say('pin.refused', { name: nameOf(refusal.by) })} at={refusal.at}>
        <Quote text={refusal.reason} />
      </Strip>
    );
  // Of the solution that stands: an earlier one's is in the timeline.
  const rating = resolvedAt === null ? null : detail.resolutions.at(-1)?.rating;
  if (!rating) return null;
  const { duration, answers, comment, by, at } = rating;
  return (
    <Strip icon={<IconStar size={16} stroke={1.5} aria-hidden />} lead={say('pin.rated', { name: nameOf(by) })} at={at} quiet>
      <p>{say('pin.marks', { duration, answers })}</p>
      {comment && <Quote text={comment} />}
    </Strip>
  );
}

interface StripProps {
  icon: ReactNode;
  lead: string;
  at: string;
  /** Nothing is to be done about it. */
  quiet?: boolean;
  children: ReactNode;
}

function Strip({ icon, lead, at, quiet = false, children }: StripProps) {
  return (
    <div className={classes.pin} role="note" data-quiet={quiet || undefined}>
      {icon}
      <div>
        <p>{lead}</p>
        {children}
      </div>
      <span className={classes.at}>
        <Stamp at={at} />
      </span>
    </div>
  );
}

function Quote({ text }: { text: string }) {
  const { words } = useTicket();
  return (
    <p>
      <q>{words.say('pin.quote', { text })}</q>
    </p>
  );
}
