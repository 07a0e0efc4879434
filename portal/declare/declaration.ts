/** What is being declared: kept as it is typed, checked when it is sent. */
import { z } from 'zod';
import { FoundPerson, type PortalDesk } from '#shared/contract/portal.ts';
import { Id, Importance, type Kind, Relevance, Uuid } from '#shared/domain/model.ts';
import { formatPhone } from '#shared/domain/phone.ts';
import type { Act } from '../api/portal-api.ts';
import { newId } from '../kept/new-id.ts';

export const Declaration = z.strictObject({
  /** Made once, so that what is sent again is known to be the same. */
  ids: z.strictObject({ operation: Uuid, ticket: Uuid, guest: Uuid }),
  title: z.string(),
  description: z.string(),
  categoryId: Id.nullable(),
  importance: Importance.nullable(),
  relevance: Relevance.nullable(),
  who: z.enum(['me', 'other']),
  /** Of the directory. */
  other: FoundPerson.nullable(),
  /** The name of somebody who is in no directory. */
  guest: z.string().nullable(),
  /** Null: as the directory says of whoever is to be called. */
  phone: z.string().nullable(),
  siteId: Id.nullable(),
  place: z.string().nullable(),
  files: z.array(z.strictObject({ id: Uuid, name: z.string(), size: z.number() })),
  links: z.array(z.strictObject({ id: Uuid, url: z.string() })),
});
export type Declaration = z.infer<typeof Declaration>;

export function freshDeclaration(): Declaration {
  return {
    ids: { operation: newId(), ticket: newId(), guest: newId() },
    title: '',
    description: '',
    categoryId: null,
    importance: null,
    relevance: null,
    who: 'me',
    other: null,
    guest: null,
    phone: null,
    siteId: null,
    place: null,
    files: [],
    links: [],
  };
}

/** Whom to call, where: what was typed, else what the directory knows of the person. */
export function contactOf(draft: Declaration, desk: PortalDesk): { phone: string; siteId: string | null; place: string } {
  const known =
    draft.who === 'me'
      ? {
          phone: desk.person.phone ? formatPhone(desk.person.phone, desk.defaultCountry) : '',
          siteId: desk.person.siteId,
          place: desk.person.place,
        }
      : { phone: draft.other?.phone ?? '', siteId: draft.other?.siteId ?? desk.person.siteId, place: '' };
  const siteId = draft.siteId ?? known.siteId;
  return {
    phone: draft.phone ?? known.phone,
    siteId: desk.sites.some(({ id }) => id === siteId) ? siteId : null,
    place: draft.place ?? known.place,
  };
}

/** In the order of the form. */
export const declarationFields = ['title', 'category', 'importance', 'relevance', 'who', 'phone', 'site'] as const;
export type DeclarationField = (typeof declarationFields)[number];

export function missingFields(draft: Declaration, desk: PortalDesk): DeclarationField[] {
  const contact = contactOf(draft, desk);
  const isThere: Record<DeclarationField, boolean> = {
    title: draft.title.trim() !== '',
    category: desk.categories.some(({ id }) => id === draft.categoryId),
    importance: draft.importance !== null,
    relevance: draft.relevance !== null,
    who: draft.who === 'me' || draft.other !== null || draft.guest !== null,
    phone: contact.phone.trim() !== '',
    site: contact.siteId !== null,
  };
  return declarationFields.filter((field) => !isThere[field]);
}

/** The opening, then what is attached to it. `beneficiaryId`: as the directory knows him. */
export function actsOf(draft: Declaration, kind: Kind, desk: PortalDesk, beneficiaryId: string): Act[] {
  const { phone, siteId, place } = contactOf(draft, desk);
  const { operation, ticket: ticketId } = draft.ids;
  const input = {
    kind,
    title: draft.title.trim(),
    description: draft.description.trim(),
    requesterId: desk.person.id,
    beneficiaryId,
    phone: phone.trim(),
    place: place.trim(),
    siteId,
    categoryId: draft.categoryId,
    importance: draft.importance,
    relevance: draft.relevance,
    duringCall: false,
    channel: 'portal',
  };
  const attaching = [
    ...draft.files.map(({ id }) => ({ id, content: { kind: 'file', id } })),
    ...draft.links.map(({ id, url }) => ({ id, content: { kind: 'link', url, title: '' } })),
  ];
  return [
    { id: operation, ticketId, name: 'open', input },
    ...attaching.map(({ id, content }) => ({ id, ticketId, name: 'attach', input: { content, visibility: 'public' }, after: [operation] })),
  ];
}
