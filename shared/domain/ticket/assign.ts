import { z } from 'zod';
import { isLeadOf } from '../access.ts';
import { Id, type Ticket } from '../model.ts';
import { nameOfTeam } from '../names.ts';
import { defineOperation, type HeldSubject, type OperationContext } from '../operation.ts';
import type { Refusal } from '../refusal.ts';
import { refuseChangedHolder } from './changed.ts';
import { entryOf } from './entry.ts';
import { handOver, mayHold } from './holder.ts';
import { problem, ShortText } from './text.ts';

const AssignInput = z.strictObject({
  teamId: Id,
  /** null: the other team's pool. */
  holderId: Id.nullable(),
  reason: ShortText,
  seenHolderId: Id.nullable(),
});
type Assignment = z.output<typeof AssignInput>;

/** To a technician of the team; a lead also to another team, its pool or one of its technicians. */
export const assign = defineOperation({
  name: 'assign',
  input: AssignInput,
  who: 'holderOrLead',
  from: { phase: ['open', 'waiting', 'resolved'] },
  offline: 'queued',
  seen: (subject, input, context) => refuseChangedHolder(subject, input.seenHolderId, context),
  apply: ({ ticket }: HeldSubject, input, context) => {
    if (context.desk.team(input.teamId) === undefined) return { code: 'unknown_reference', field: 'teamId' };
    if (input.holderId !== null && context.desk.person(input.holderId) === undefined) {
      return { code: 'unknown_reference', field: 'holderId' };
    }
    const refusal = context.imported ? undefined : refuseAssignment(ticket, input, context);
    if (refusal !== undefined) return refusal;
    const otherTeam = input.teamId !== ticket.teamId;
    if (!otherTeam && input.holderId === ticket.holderId) return { superseded: true };
    const data = {
      fromId: ticket.holderId,
      toId: input.holderId,
      fromTeamId: ticket.teamId,
      toTeamId: input.teamId,
      reason: input.reason,
    };
    const held = input.holderId === ticket.holderId ? ticket : handOver(ticket, input.holderId, context.occurredAt);
    const counts = otherTeam ? { ...ticket.counts, routes: ticket.counts.routes + 1 } : ticket.counts;
    return {
      ticket: { ...held, teamId: input.teamId, counts, updatedAt: context.now },
      entries: [entryOf(context, 'assigned', data, 'internal')],
    };
  },
});

function refuseAssignment(ticket: Ticket, { teamId, holderId }: Assignment, { actor, desk }: OperationContext): Refusal | undefined {
  const otherTeam = teamId !== ticket.teamId;
  if (otherTeam && !isLeadOf(actor, ticket.teamId)) {
    return { code: 'not_allowed', needs: 'lead', teamName: nameOfTeam(ticket.teamId, actor.id, desk) };
  }
  if (holderId === null) return otherTeam ? undefined : problem('holderId', 'required');
  return mayHold(holderId, teamId, desk) ? undefined : problem('holderId', 'not_in_team');
}
