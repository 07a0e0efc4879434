import { z } from 'zod';
import { Id } from '../model.ts';
import { defineOperation, type HeldSubject } from '../operation.ts';
import { normalisePhone } from '../phone.ts';
import { entryOf } from './entry.ts';
import { Place, TypedPhone } from './text.ts';

/** Who has the problem, where, and under which number. A number that cannot be understood is kept as typed. */
export const editContact = defineOperation({
  name: 'edit_contact',
  input: z.strictObject({ beneficiaryId: Id, phone: TypedPhone, siteId: Id, place: Place, seenPhone: TypedPhone }),
  who: 'holderOrLead',
  from: { phase: ['open', 'waiting'] },
  offline: 'queued',
  claimsFirst: true,
  seen: ({ ticket }, { seenPhone }, { imported }) =>
    imported || seenPhone === ticket.phone.typed
      ? undefined
      : { code: 'changed', field: 'contact', seen: seenPhone, current: ticket.phone.typed },
  apply: ({ ticket }: HeldSubject, input, context) => {
    const { desk } = context;
    if (desk.person(input.beneficiaryId) === undefined) return { code: 'unknown_reference', field: 'beneficiaryId' };
    if (desk.site(input.siteId) === undefined) return { code: 'unknown_reference', field: 'siteId' };
    const contact = {
      beneficiaryId: input.beneficiaryId,
      phone: normalisePhone(input.phone, desk.defaultCountry()),
      siteId: input.siteId,
      place: input.place,
    };
    return {
      ticket: { ...ticket, ...contact, updatedAt: context.now },
      entries: [entryOf(context, 'contact_edited', contact, 'internal')],
    };
  },
});
