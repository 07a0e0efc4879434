/** The directory as requesters look through it, and people whom nobody knows yet. */
import type { z } from 'zod';
import type { FoundPerson, NewPerson } from '#shared/contract/portal.ts';
import type { Person } from '#shared/domain/model.ts';
import { normalisePhone } from '#shared/domain/phone.ts';
import { beginsWords, wordsOf } from '#shared/domain/words.ts';
import { appendAudit } from '../db/audit.ts';
import type { WriteTx } from '../db/database.ts';
import type { DeskCache, DeskSnapshot } from '../db/desk.ts';
import { putPerson } from '../db/directory.ts';

const MOST = 8;
/** People without an account whom one person may add in a day: it is for a visitor, not for a list of names. */
export const MOST_ADDED = 20;
const DAY_MS = 24 * 3_600_000;

/** Of somebody whom a requester added: he is in no directory, and nobody else finds him. */
const GUEST = 'guest-';

/** Whose name has words that begin so, in any order; those of the asker's own site first. */
export function findPeople(desk: DeskSnapshot, askerId: string, text: string): FoundPerson[] {
  if (wordsOf(text).length === 0) return [];
  const siteId = desk.person(askerId)?.siteId ?? null;
  const fits = ({ id, name, active }: Person) => active && !id.startsWith(GUEST) && beginsWords(name, text);
  return [...desk.rows('person').values()]
    .filter(fits)
    .sort((a, b) => Number(b.siteId === siteId) - Number(a.siteId === siteId) || a.name.localeCompare(b.name, 'fr'))
    .slice(0, MOST)
    .map((person) => ({
      id: person.id,
      name: person.name,
      siteId: person.siteId,
      siteName: person.siteId === null ? null : (desk.site(person.siteId)?.name ?? null),
      phone: person.phone?.typed ?? null,
    }));
}

export type Added = { ok: true; personId: string } | { ok: false; why: 'too_many' | 'unknown_site' | 'id_reused' };

/** Somebody without an account; the same request again has no second effect. */
export async function addPerson(tx: WriteTx, cache: DeskCache, askerId: string, asked: z.output<typeof NewPerson>): Promise<Added> {
  await tx.lock(`people added by ${askerId}`);
  const desk = await cache.in(tx);
  const personId = GUEST + asked.id;
  const known = desk.person(personId);
  if (known) return known.name === asked.name ? { ok: true, personId } : { ok: false, why: 'id_reused' };
  if (desk.site(asked.siteId) === undefined) return { ok: false, why: 'unknown_site' };
  const since = new Date(tx.now.getTime() - DAY_MS).toISOString();
  const { count } = await tx
    .selectFrom('audit')
    .select((e) => e.fn.countAll<number | string>().as('count'))
    .where('actor_id', '=', askerId)
    .where('action', '=', 'person_added')
    .where('at', '>', since)
    .executeTakeFirstOrThrow();
  if (Number(count) >= MOST_ADDED) return { ok: false, why: 'too_many' };
  await putPerson(tx, {
    id: personId,
    name: asked.name,
    email: null,
    phone: normalisePhone(asked.phone, desk.defaultCountry()),
    siteId: asked.siteId,
    place: '',
    language: desk.person(askerId)?.language ?? 'fr',
    active: true,
  });
  await appendAudit(tx, askerId, 'person_added', { id: personId, name: asked.name });
  return { ok: true, personId };
}
