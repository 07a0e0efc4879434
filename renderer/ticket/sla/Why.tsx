import { useMemo } from 'react';
import { ariaKeys } from '../../keys/key-names.ts';
import { useSelection } from '../../state/selection.ts';
import { serverNow } from '../../time/now.ts';
import { Key } from '../../ui/Key.tsx';
import { useTicket } from '../ticket-context.ts';
import { ExplainPopover, useExplained } from './ExplainPopover.tsx';
import { whyWords } from './ledger.ts';
import classes from './sla.module.css';

/** The sentence under the clocks, and the whole explanation behind it (E). */
export function Why() {
  const { detail, words } = useTicket();
  const { explained, explain } = useExplained();
  const clock = detail.clocks.find((candidate) => candidate.clock === 'resolution');
  const { why } = detail;
  const sentence = useMemo(() => (why && clock ? `${whyWords(why, clock, serverNow(), words)} ` : ''), [why, clock, words]);
  if (!clock) return null;
  return (
    <ExplainPopover>
      <p className={classes.why}>
        {sentence}
        <button
          type="button"
          className={classes.detail}
          aria-keyshortcuts={ariaKeys('e')}
          aria-haspopup="dialog"
          aria-expanded={explained !== null}
          onClick={() => (explained ? useSelection.getState().endExplanation() : explain('resolution'))}
        >
          {words.say('clock.detail')}
          <Key k="e" />
        </button>
      </p>
    </ExplainPopover>
  );
}
