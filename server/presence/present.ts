/**
 * Who is at a console now, and which ticket is before him. In a small table, so that several server processes know the same; never in the
 * feed, and nothing that a minute does not make good.
 */
import type { z } from 'zod';
import type { PresenceQuery, PresentPerson } from '#shared/contract/api.ts';
import type { Actor } from '#shared/domain/operation.ts';
import type { GuichetDatabase, ReadDb } from '../db/database.ts';
import type { DeskCache, DeskSnapshot } from '../db/desk.ts';
import { actorOf, sightOfRow, teamsOf } from '../feed/sight.ts';

/** What is older is nobody's presence any more. */
export const PRESENT_MS = 60_000;
/** The same is written anew only after so long: a console asks every 30 s. */
const REWRITE_MS = 20_000;
/** Another ticket is noted at once, but not for somebody who runs through a list. */
const CHANGE_MS = 5_000;

interface PresenceServices {
  database: GuichetDatabase;
  desk: DeskCache;
  clock: () => Date;
}
type Present = z.infer<typeof PresentPerson>;

/**
 * Notes that this session is here, with the ticket that it names if the person works on tickets of its team, and answers who else is:
 * of his teams, each with a ticket that both of them see. Who works in no team is neither told nor noted.
 */
export async function notePresence(
  { database, desk, clock }: PresenceServices,
  { sessionId, actor }: { sessionId: string; actor: Actor },
  { ticket, call }: z.output<typeof PresenceQuery>,
): Promise<Present[]> {
  if (teamsOf(actor).length === 0) return [];
  const now = clock();
  const { others, mine, own } = await database.read(async (db) => {
    const ticketId = ticket === undefined ? null : await workedOn(db, actor, ticket);
    return {
      others: await presentPeople(db, await desk.in(db), actor, now),
      mine: await db.selectFrom('presence').select(['ticket_id', 'on_call', 'at']).where('session_id', '=', sessionId).executeTakeFirst(),
      own: { ticket_id: ticketId, on_call: ticketId !== null && call ? (1 as const) : (0 as const) },
    };
  });
  const same = mine?.ticket_id === own.ticket_id && mine.on_call === own.on_call;
  if (mine && now.getTime() - Date.parse(mine.at) < (same ? REWRITE_MS : CHANGE_MS)) return others;
  await database.write(async (tx) => {
    await tx.deleteFrom('presence').where('at', '<', cutoff(now)).execute();
    const row = { ...own, person_id: actor.id, at: now.toISOString() };
    await tx
      .insertInto('presence')
      .values({ session_id: sessionId, ...row })
      .onConflict((conflict) => conflict.column('session_id').doUpdateSet(row))
      .execute();
  });
  return others;
}

const cutoff = (now: Date) => new Date(now.getTime() - PRESENT_MS).toISOString();

/** The ticket's id when this person works on tickets of its team; null otherwise. */
async function workedOn(db: ReadDb, actor: Actor, ticketId: string): Promise<string | null> {
  const row = await db
    .selectFrom('ticket')
    .select(['team_id', 'requester_id', 'beneficiary_id', 'opened_by'])
    .where('id', '=', ticketId)
    .executeTakeFirst();
  return row && sightOfRow(actor, row) === 'all' ? ticketId : null;
}

/** Each colleague once, with what he did last; rights are those of now, not of when it was noted. */
async function presentPeople(db: ReadDb, desk: DeskSnapshot, viewer: Actor, now: Date): Promise<Present[]> {
  const rows = await db
    .selectFrom('presence')
    .leftJoin('ticket', 'ticket.id', 'presence.ticket_id')
    .select(['presence.person_id', 'presence.ticket_id', 'presence.on_call'])
    .select(['ticket.team_id', 'ticket.requester_id', 'ticket.beneficiary_id', 'ticket.opened_by'])
    .where('presence.at', '>=', cutoff(now))
    .where('presence.person_id', '!=', viewer.id)
    .orderBy('presence.at')
    .execute();
  const people = new Map<string, Present>();
  for (const { person_id, ticket_id, on_call, ...columns } of rows) {
    const person = actorOf(desk, person_id);
    const teams = teamsOf(person);
    if (desk.person(person_id)?.active !== true || !teamsOf(viewer).some((team) => teams.includes(team))) continue;
    const { team_id, requester_id, beneficiary_id, opened_by } = columns;
    const ticket =
      team_id === null
        ? null
        : { team_id, requester_id: requester_id ?? '', beneficiary_id: beneficiary_id ?? '', opened_by: opened_by ?? '' };
    const isSeen = ticket !== null && sightOfRow(viewer, ticket) === 'all' && sightOfRow(person, ticket) === 'all';
    // At two consoles: the ticket says more than none.
    const known = people.get(person_id);
    if (!isSeen && known?.ticketId) continue;
    people.set(person_id, { personId: person_id, ticketId: isSeen ? ticket_id : null, onCall: isSeen && on_call === 1 });
  }
  return [...people.values()].sort((a, b) => (a.personId < b.personId ? -1 : 1));
}
