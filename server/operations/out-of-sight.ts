/** Notes, calls and files that were made before the ticket left the technician's teams are still taken, for a while. */
import type { Ticket } from '#shared/domain/model.ts';
import type { Actor } from '#shared/domain/operation.ts';
import type { ReadDb } from '../db/database.ts';
import { teamsOf } from '../feed/sight.ts';

export const OUT_OF_SIGHT_MS = 14 * 24 * 3_600_000;

/** The author as he stood when he made it: a technician of the ticket's team; undefined when that is over or never was. */
export async function actorBeforeLeaving(db: ReadDb, actor: Actor, ticket: Ticket, madeAt: string, now: Date): Promise<Actor | undefined> {
  const teams = teamsOf(actor);
  if (teams.length === 0) return undefined;
  const left = await db
    .selectFrom('feed')
    .select('at')
    .where('ticket_id', '=', ticket.id)
    .where('table_name', '=', 'ticket')
    .where('team_before', 'in', teams)
    .where('team_after', 'not in', teams)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!left || madeAt > left.at || now.getTime() - Date.parse(left.at) > OUT_OF_SIGHT_MS) return undefined;
  const standing = { id: `past:${ticket.id}`, personId: actor.id, teamId: ticket.teamId, role: 'technician' as const, revision: 0 };
  return { ...actor, memberships: [...actor.memberships, standing] };
}
