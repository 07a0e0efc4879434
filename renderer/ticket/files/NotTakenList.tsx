import { IconX } from '@tabler/icons-react';
import { IconButton } from '../../ui/IconButton.tsx';
import { Problem } from '../Problem.tsx';
import { useTicket } from '../ticket-context.ts';
import { useAttaching } from './attaching.ts';
import classes from './files.module.css';
import { notTakenWords } from './words.ts';

/** Which of the files that were last given to this ticket it did not take, and why, until that is put away. */
export function NotTakenList() {
  const { detail, words } = useTicket();
  const notTaken = useAttaching((state) => state.notTaken);
  const isHere = useAttaching((state) => state.ticketId === detail.ticket.id);
  if (!isHere || notTaken.length === 0) return null;
  return (
    <div className={classes.notTaken}>
      <div>
        {notTaken.map((one, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two files may have one name, and the list only grows
          <Problem key={index}>{notTakenWords(one, words)}</Problem>
        ))}
      </div>
      <IconButton label={words.say('files.hide')} onClick={() => useAttaching.getState().dismiss()}>
        <IconX size={16} stroke={1.5} aria-hidden />
      </IconButton>
    </div>
  );
}
