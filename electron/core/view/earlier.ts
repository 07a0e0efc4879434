/** The other tickets of a beneficiary, for whoever has him on the line: how many this year, the newest, and how each ended. */
import type { z } from 'zod';
import type { coreCalls } from '#shared/contract/core.ts';
import type { Ticket } from '#shared/domain/model.ts';
import { firstKeyOf, KEY_SLOTS } from '../storage/cache-schema.ts';
import type { Workplace } from '../workplace.ts';

type Earlier = z.output<typeof coreCalls.earlier.output>;
type One = Earlier['tickets'][number];
const MOST = 5;

/** Those that this console may see, own pending work included. `except`: the ticket that one has before him. */
export function earlierTickets(place: Workplace, { personId, except }: z.output<typeof coreCalls.earlier.input>): Earlier {
  const of = 'WHERE beneficiary_id = @personId AND id IS NOT @except';
  const all = `SELECT key, id FROM ticket ${of} AND key NOT IN (SELECT key FROM temp.overlay)
    UNION ALL SELECT key, id FROM temp.overlay ${of}`;
  const { db } = place.reader;
  const who = { personId, except };
  const newest = db.prepare<[object], { id: string }>(`${all} ORDER BY key LIMIT ${MOST}`).all(who);
  // Keys are by age, the newest first: what is before that of the year's beginning is of this year.
  const yearEnd = firstKeyOf(`${place.now().slice(0, 4)}-01-01T00:00:00.000Z`) + KEY_SLOTS;
  const thisYear = db
    .prepare<[object], number>(`SELECT count(*) FROM (${all}) WHERE key < @yearEnd`)
    .pluck()
    .get({ ...who, yearEnd });
  return { thisYear: thisYear as number, tickets: newest.flatMap(({ id }) => earlierTicket(place, id) ?? []) };
}

function earlierTicket(place: Workplace, id: string): One | undefined {
  const { ticket, resolutions } = place.view.state(id);
  if (!ticket) return undefined;
  const last = resolutions.filter((one) => !one.undone).sort((a, b) => (a.at < b.at ? 1 : -1))[0];
  const { kind, title, urgency, holderId, openedAt } = ticket;
  const rating = last?.rating && { duration: last.rating.duration, answers: last.rating.answers };
  return {
    ticketId: id,
    kind,
    title,
    urgency,
    state: stateOf(ticket, last?.decision?.kind),
    held: holderId !== null,
    at: openedAt,
    rating: rating ?? null,
  };
}

/** As a person would say it: what became of it says more than its phase. */
function stateOf({ phase, refusal }: Ticket, decision: string | undefined): One['state'] {
  if (phase === 'closed' && decision === 'validated') return 'confirmed';
  if (phase === 'closed' && decision === 'auto_closed') return 'unanswered';
  if (phase === 'open' && refusal !== null) return 'refused';
  return phase;
}
