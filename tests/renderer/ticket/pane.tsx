/** The pane of one ticket on a core that plays along; what tests of it share. */
import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { TicketDetail } from '#shared/contract/core.ts';
import { useSelection } from '../../../renderer/state/selection.ts';
import { CallStrip } from '../../../renderer/ticket/call/CallStrip.tsx';
import { useCallUi } from '../../../renderer/ticket/call/call-store.ts';
import { TicketPane } from '../../../renderer/ticket/TicketPane.tsx';
import { UndoNotice } from '../../../renderer/ticket/UndoNotice.tsx';
import { useUndo } from '../../../renderer/ticket/undo.ts';
import { setServerOffset } from '../../../renderer/time/now.ts';
import { show } from '../show.tsx';
import { NOW, PlayingCore, TICKET } from './ticket-world.ts';

function Window() {
  const ticketId = useSelection((state) => state.ticketId);
  return (
    <>
      <CallStrip />
      {ticketId && <TicketPane ticketId={ticketId} />}
      <UndoNotice />
    </>
  );
}

export async function openPane(
  detail: TicketDetail,
  answers: ConstructorParameters<typeof PlayingCore>[1] = {},
  world: ConstructorParameters<typeof PlayingCore>[2] = {},
) {
  const fake = new PlayingCore(detail, answers, world);
  const { host } = show(<Window />, { fake });
  useUndo.getState().dismiss();
  useCallUi.getState().reset();
  setServerOffset(NOW - Date.now());
  act(() => useSelection.getState().select(TICKET));
  await screen.findByText(detail.ticket.title);
  return { fake, host, user: userEvent.setup() };
}

/** Plain spaces in place of those that may not break. */
export const plain = (text: string | null | undefined) => (text ?? '').replace(/[\u00a0\u202f]/g, ' ');
