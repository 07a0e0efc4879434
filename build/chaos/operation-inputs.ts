/** How often each operation is done where it is offered, and with what input. */
import type { z } from 'zod';
import type { TicketDetail } from '#shared/contract/core.ts';
import { Importance, Relevance } from '#shared/domain/model.ts';
import type { Draw } from '../../server/demo/draw.ts';
import { teamMates, teamOfCategory } from './desk.ts';

export const weights: Readonly<Record<string, number>> = {
  claim: 8,
  note: 8,
  log_call: 6,
  assign: 4,
  release: 4,
  set_urgency: 3,
  set_category: 1,
  edit_contact: 1,
  wait: 3,
  resume: 3,
  resolve: 3,
  reopen: 1,
  cancel: 0.3,
};
const teams = ['network', 'workplace'] as const;

/** Of an operation in `weights`. What was seen is what the console shows now. */
export function inputOf(name: string, { ticket }: z.output<typeof TicketDetail>, by: string, draw: Draw): Record<string, unknown> {
  const seenHolderId = ticket.holderId;
  switch (name) {
    case 'note':
      return { text: `Seen by ${by}`, visibility: draw.of(['internal', 'public']) };
    case 'log_call': {
      const outcome = draw.of(['reached', 'no_answer', 'busy', 'voicemail'] as const);
      return { outcome, number: '+33199001234', startedAt: new Date().toISOString(), duration: 0, note: '', callbackAt: null };
    }
    case 'assign': {
      // Mostly within the team; to another team is for leads only, others are told so.
      const teamId = draw.chance(0.8) ? ticket.teamId : draw.of(teams);
      const mates = teamMates[teamId === 'workplace' ? 'workplace' : 'network'];
      const toPool = teamId !== ticket.teamId && draw.chance(0.5);
      return { teamId, holderId: toPool ? null : draw.of(mates), reason: `Handed on by ${by}`, seenHolderId };
    }
    case 'release':
      return { reason: `Given back by ${by}`, seenHolderId };
    case 'set_urgency':
      return {
        importance: draw.of(Importance.options),
        relevance: draw.of(Relevance.options),
        override: null,
        seenUrgency: ticket.urgency,
      };
    case 'set_category':
      return { categoryId: draw.of([...Object.keys(teamOfCategory), 'other']), seenCategoryId: ticket.categoryId };
    case 'edit_contact':
      return {
        beneficiaryId: ticket.beneficiaryId,
        phone: `01 99 00 ${draw.between(10, 99)} ${draw.between(10, 99)}`,
        siteId: draw.of(['lyon', 'nantes']),
        place: 'B 12',
        seenPhone: ticket.phone.typed,
      };
    case 'wait':
      return { reason: draw.of(['beneficiary', 'supplier', 'appointment']), detail: `Asked by ${by}`, wakeAt: null };
    case 'resolve':
      return { text: `Solved by ${by}`, code: 'solved' };
    case 'reopen':
    case 'cancel':
      return { reason: `Decided by ${by}` };
    default:
      return {};
  }
}
