/** Who is told by mail of what an operation did. Imports tell nobody anything. */
import type { Ticket } from '../model.ts';
import type { MailNotice, OperationContext } from '../operation.ts';

/** Those whose problem it is, each once. */
export function askersOf(ticket: Pick<Ticket, 'beneficiaryId' | 'requesterId'>): string[] {
  return [...new Set([ticket.beneficiaryId, ticket.requesterId])];
}

/** The same without the author, who knows. */
export function otherAskers(ticket: Ticket, { actor }: OperationContext): string[] {
  return askersOf(ticket).filter((id) => id !== actor.id);
}

/** From this refusal on the leads of the team hear of it too. */
const LEADS_FROM_REFUSAL = 2;

/** Who works on a refused ticket; the leads when nobody does, or when it is not the first time. `ticket`: as the refusal leaves it. */
export function toldOfRefusal(ticket: Ticket, context: OperationContext): string[] {
  const { holderId, counts } = ticket;
  const leads = holderId === null || counts.refusals >= LEADS_FROM_REFUSAL ? leadsTold(ticket, context) : [];
  const holder = holderId === null || holderId === context.actor.id ? [] : [holderId];
  return [...new Set([...holder, ...leads])];
}

export function leadsTold({ teamId }: Ticket, { actor, desk }: OperationContext): string[] {
  return desk.leads(teamId).filter((id) => id !== actor.id && desk.person(id)?.active === true);
}

/** The mail of this operation, as the `mails` of its change. */
export function mailsOf(
  kind: MailNotice['kind'],
  { ticketId, operationId, imported }: OperationContext,
  toPersonIds: readonly string[],
): MailNotice[] {
  return imported || toPersonIds.length === 0 ? [] : [{ kind, ticketId, cause: operationId, toPersonIds }];
}
