import { Popover } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import type { ClockView, Explanation } from '#shared/contract/sla.ts';
import { core } from '../../core/client.ts';
import { ariaKeys } from '../../keys/key-names.ts';
import { useKeys } from '../../keys/use-keys.ts';
import { serverNow } from '../../time/now.ts';
import { Key } from '../../ui/Key.tsx';
import { useTicket } from '../ticket-context.ts';
import { ExplainCard } from './ExplainCard.tsx';
import { whyWords } from './ledger.ts';
import classes from './sla.module.css';

/** Null until core has answered. Asks again whenever the ticket or its clocks changed. */
function useExplanation(ticketId: string, clock: ClockView['clock'] | null, changed: string): Explanation | null {
  const [known, setKnown] = useState<{ key: string; explanation: Explanation | null }>();
  const key = `${ticketId} ${clock}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `changed` is what makes the answer stale
  useEffect(() => {
    if (clock === null) return;
    let current = true;
    core
      .call('explain', { ticketId, clock })
      .then((explanation) => current && setKnown({ key: `${ticketId} ${clock}`, explanation }))
      .catch(() => undefined);
    return () => {
      current = false;
    };
  }, [ticketId, clock, changed]);
  return known?.key === key ? known.explanation : null;
}

/** The sentence under the clocks, and the whole explanation behind it (E). */
export function Why() {
  const { detail, words } = useTicket();
  const [opened, setOpened] = useState(false);
  const [chosen, setChosen] = useState<ClockView['clock']>('resolution');
  const changed = detail.clocks.map(({ state, dueAt, targetMinutes }) => `${state}${dueAt}${targetMinutes}`).join();
  const explanation = useExplanation(detail.ticket.id, opened ? chosen : null, changed);
  const clock = detail.clocks.find((candidate) => candidate.clock === 'resolution');
  useKeys({ e: () => setOpened((before) => !before) });
  useKeys({ escape: () => setOpened(false) }, opened);
  const { why } = detail;
  const sentence = useMemo(() => (why && clock ? `${whyWords(why, clock, serverNow(), words)} ` : ''), [why, clock, words]);
  if (!clock) return null;
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      width={580}
      offset={4}
      trapFocus
      returnFocus
      radius="lg"
      withRoles={false}
      hideDetached={false}
      middlewares={{ shift: { padding: 20 }, flip: true }}
    >
      <Popover.Target>
        <p className={classes.why}>
          {sentence}
          <button
            type="button"
            className={classes.detail}
            aria-keyshortcuts={ariaKeys('e')}
            aria-haspopup="dialog"
            aria-expanded={opened}
            onClick={() => setOpened(!opened)}
          >
            {words.say('clock.detail')}
            <Key k="e" />
          </button>
        </p>
      </Popover.Target>
      <Popover.Dropdown
        p="16px 20px"
        role="dialog"
        aria-label={words.say('clock.detail')}
        style={{ border: 0, background: 'var(--raised)' }}
      >
        {opened && <ExplainCard explanation={explanation} chosen={chosen} onChoose={setChosen} onClose={() => setOpened(false)} />}
      </Popover.Dropdown>
    </Popover>
  );
}
