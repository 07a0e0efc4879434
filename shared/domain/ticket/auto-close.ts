import { z } from 'zod';
import { Id } from '../model.ts';
import { defineOperation, type HeldSubject } from '../operation.ts';
import { entryOf } from './entry.ts';
import { askersOf, mailsOf } from './notices.ts';

/** The server's: nobody answered to the resolution in time. A code, if one comes, replaces the resolve's. */
export const autoClose = defineOperation({
  name: 'auto_close',
  input: z.strictObject({ code: Id.nullable() }),
  who: 'server',
  from: { phase: ['resolved'] },
  offline: 'online',
  internal: true,
  apply: ({ ticket, resolution }: HeldSubject, { code }, context) => {
    if (ticket.phase === 'closed') return { superseded: true };
    if (code !== null && context.desk.closingCode(code) === undefined) return { code: 'unknown_reference', field: 'code' };
    const at = context.occurredAt;
    const closingCode = code ?? ticket.closingCode;
    const decision = { kind: 'auto_closed', by: null, at, reason: '' } as const;
    return {
      ticket: { ...ticket, phase: 'closed', closedAt: at, closingCode, updatedAt: context.now },
      entries: [entryOf(context, 'auto_closed', { code: closingCode }, 'public')],
      ...(resolution?.decision === null && { resolution: { ...resolution, decision } }),
      mails: mailsOf('auto_closed', context, askersOf(ticket)),
    };
  },
});
