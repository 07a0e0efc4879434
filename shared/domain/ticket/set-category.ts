import { z } from 'zod';
import { Id } from '../model.ts';
import { nameOfCategory } from '../names.ts';
import { defineOperation, type HeldSubject } from '../operation.ts';
import { entryOf } from './entry.ts';

/** Does not route anew: the team that works on it keeps it until somebody assigns it. */
export const setCategory = defineOperation({
  name: 'set_category',
  input: z.strictObject({ categoryId: Id, seenCategoryId: Id }),
  who: 'holderOrLead',
  from: { phase: ['open', 'waiting'] },
  offline: 'queued',
  claimsFirst: true,
  seen: ({ ticket }, { seenCategoryId }, { imported, desk, actor }) => {
    if (imported || seenCategoryId === ticket.categoryId) return undefined;
    const name = (id: string) => nameOfCategory(id, actor.id, desk);
    return { code: 'changed', field: 'category', seen: name(seenCategoryId), current: name(ticket.categoryId) };
  },
  apply: ({ ticket }: HeldSubject, { categoryId }, context) => {
    if (context.desk.category(categoryId) === undefined) return { code: 'unknown_reference', field: 'categoryId' };
    if (categoryId === ticket.categoryId) return { superseded: true };
    return {
      ticket: { ...ticket, categoryId, updatedAt: context.now },
      entries: [entryOf(context, 'category_set', { from: ticket.categoryId, to: categoryId }, 'internal')],
    };
  },
});
