import { z } from 'zod';
import { defineOperation, type HeldSubject } from '../operation.ts';
import { alreadyDecided, refuseUnseen, SeenResolution, standingDecision } from './decided.ts';
import { entryOf } from './entry.ts';

/** Closes. The first decision wins, an equal second one changes nothing. */
export const validate = defineOperation({
  name: 'validate',
  input: z.strictObject(SeenResolution),
  who: 'decider',
  from: { phase: ['resolved'] },
  offline: 'online',
  settled: (subject, { resolutionId }, { desk }) => {
    const unseen = refuseUnseen(subject, resolutionId);
    if (unseen !== undefined) return unseen;
    const decision = standingDecision(subject);
    if (decision === undefined) return undefined;
    return decision.kind === 'validated' ? { superseded: true } : alreadyDecided(decision, desk);
  },
  apply: ({ ticket, resolution }: HeldSubject, _input, context) => {
    const at = context.occurredAt;
    return {
      ticket: { ...ticket, phase: 'closed', closedAt: at, updatedAt: context.now },
      entries: [entryOf(context, 'validated', {}, 'public')],
      ...(resolution && { resolution: { ...resolution, decision: { kind: 'validated', by: context.actor.id, at, reason: '' } } }),
    };
  },
});
