import { Popover } from '@mantine/core';
import { type ReactElement, useEffect, useState } from 'react';
import type { ClockView, Explanation } from '#shared/contract/sla.ts';
import { core } from '../../core/client.ts';
import { useKeys } from '../../keys/use-keys.ts';
import { useSelection } from '../../state/selection.ts';
import { useTicket } from '../ticket-context.ts';
import { ExplainCard } from './ExplainCard.tsx';

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

/** The clock of this ticket that is being explained, and how to ask for one. */
export function useExplained() {
  const { detail } = useTicket();
  const ticketId = detail.ticket.id;
  const explained = useSelection((state) => (state.ticketId === ticketId ? state.explained : null));
  return { explained, explain: (clock: ClockView['clock']) => useSelection.getState().explain(ticketId, clock) };
}

/** Why a deadline of the ticket is where it is, beside what it is asked from (E). */
export function ExplainPopover({ children }: { children: ReactElement }) {
  const { detail, words } = useTicket();
  const { explained, explain } = useExplained();
  const { endExplanation } = useSelection.getState();
  const opened = explained !== null;
  const changed = detail.clocks.map(({ state, dueAt, targetMinutes }) => `${state}${dueAt}${targetMinutes}`).join();
  const explanation = useExplanation(detail.ticket.id, explained, changed);
  useKeys({ e: () => (opened ? endExplanation() : explain('resolution')) });
  // Also while the focus is not in it.
  useKeys({ escape: endExplanation }, opened);
  return (
    <Popover
      opened={opened}
      onChange={(open) => !open && endExplanation()}
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
      <Popover.Target>{children}</Popover.Target>
      <Popover.Dropdown
        p="16px 20px"
        role="dialog"
        aria-label={words.say('clock.detail')}
        style={{ border: 0, background: 'var(--raised)', maxHeight: 'calc(100vh - 40px)', overflow: 'auto' }}
      >
        {explained && <ExplainCard explanation={explanation} chosen={explained} onChoose={explain} onClose={endExplanation} />}
      </Popover.Dropdown>
    </Popover>
  );
}
