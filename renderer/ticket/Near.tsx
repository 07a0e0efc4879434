import { Popover } from '@mantine/core';
import { IconBulb, IconLink } from '@tabler/icons-react';
import { useState } from 'react';
import { useSelection } from '../state/selection.ts';
import { serverNow } from '../time/now.ts';
import { dayWords } from '../time/words.ts';
import { Cut } from '../ui/Cut.tsx';
import { OpButton } from '../ui/OpButton.tsx';
import classes from './ticket.module.css';
import { useTicket } from './ticket-context.ts';
import type { SimilarTicket } from './use-similar.ts';

/** Solved tickets near this one, each with its solution; a click goes there. */
export function NearList({ near }: { near: readonly SimilarTicket[] }) {
  const { words } = useTicket();
  const select = useSelection((state) => state.select);
  return near.map((ticket) => (
    <button key={ticket.ticketId} type="button" className={classes.near} title={ticket.solution} onClick={() => select(ticket.ticketId)}>
      <IconBulb size={16} stroke={1.5} aria-hidden />
      <b>
        <Cut>{ticket.title}</Cut>
      </b>
      <span className={classes.when}>{dayWords(ticket.at, serverNow(), words.saying)}</span>
      <small style={{ gridColumn: '2 / 4', minWidth: 0, display: 'grid' }}>
        <Cut>{words.say('side.solution', { text: ticket.solution })}</Cut>
      </small>
    </button>
  ));
}

/** Beside the note field of a pane without a side column. */
export function NearButton({ near }: { near: readonly SimilarTicket[] }) {
  const { words } = useTicket();
  const [opened, setOpened] = useState(false);
  if (near.length === 0) return null;
  return (
    <span className={classes.nearButton}>
      <Popover opened={opened} onChange={setOpened} position="top-end" width={360} trapFocus returnFocus radius="lg">
        <Popover.Target>
          <OpButton
            quiet
            className={classes.nearNote ?? ''}
            icon={<IconLink size={16} stroke={1.5} />}
            label={words.say('composer.near', { count: near.length })}
            onClick={() => setOpened(!opened)}
          />
        </Popover.Target>
        <Popover.Dropdown p={8} style={{ border: 0, background: 'var(--raised)' }} aria-label={words.say('side.similar')}>
          <NearList near={near} />
        </Popover.Dropdown>
      </Popover>
    </span>
  );
}
