import { RejectionCard } from './RejectionCard.tsx';
import { useTicket } from './ticket-context.ts';

/** The refusals of this ticket's operations that were not put away yet. */
export function Rejections() {
  const { detail } = useTicket();
  return detail.rejections.map((rejection, index) => (
    <RejectionCard key={rejection.operationId} rejection={rejection} detail={detail} keyed={index === 0} />
  ));
}
