import type { z } from 'zod';
import type { Change, HeldSubject, OperationContext } from '../operation.ts';
import { entryOf } from './entry.ts';
import type { Solution } from './resolve.ts';

/** What stays of a resolve whose offline claim was refused: its text and code, for whoever holds the ticket. */
export function proposeSolution({ ticket }: HeldSubject, { text, code }: z.output<typeof Solution>, context: OperationContext): Change {
  return {
    ticket: { ...ticket, updatedAt: context.now },
    entries: [entryOf(context, 'solution_proposed', { text, code }, 'internal')],
  };
}
