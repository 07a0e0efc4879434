import { IconEye, IconPhone } from '@tabler/icons-react';
import { usePresent } from '../state/present.ts';
import { Cut } from '../ui/Cut.tsx';
import classes from './head.module.css';
import { listWords } from './say.ts';
import { useTicket } from './ticket-context.ts';

const icon = { size: 14, stroke: 1.5 } as const;

/** Who else has this ticket before him, or is on the telephone about it: nobody calls twice. */
export function Present() {
  const { detail, words } = useTicket();
  const { say, language } = words;
  const people = usePresent((state) => state.people).filter((one) => one.ticketId === detail.ticket.id);
  const [first] = people.toSorted((a, b) => Number(b.onCall) - Number(a.onCall));
  if (!first) return null;
  const what = first.onCall ? 'head.onCall' : 'head.looking';
  const others = people.length - 1;
  const title = listWords(
    people.map((one) => say(one.onCall ? 'head.onCallWhole' : 'head.looking', { name: one.name })),
    language,
  );
  const name = first.name.split(/\s+/)[0] ?? first.name;
  return (
    <span className={classes.present} role="status" title={title}>
      {first.onCall ? <IconPhone {...icon} aria-hidden /> : <IconEye {...icon} aria-hidden />}
      <Cut>
        {say(what, { name })}
        {others > 0 && ` +${others}`}
      </Cut>
    </span>
  );
}
