/** The open tickets that may alert a person, each with its marks; worked out again only for those that changed. */
import { isLeadOf } from '#shared/domain/access.ts';
import type { Ticket } from '#shared/domain/model.ts';
import { type Alert, alertsOf } from '#shared/domain/sla/alerts.ts';
import type { CacheReader } from '../storage/cache-read.ts';
import type { Workplace } from '../workplace.ts';

export interface Watched {
  ticket: Ticket;
  alerts: readonly Alert[];
}
interface Known extends Watched {
  revision: number;
}
/** So many tickets are worked out before other work of core has its turn. */
const AT_ONCE = 50;

export class WatchedTickets {
  readonly #place: Workplace;
  #known = new Map<string, Known>();
  #asked: ({ reader: CacheReader } & ReturnType<typeof prepareStatements>) | undefined;

  constructor(place: Workplace) {
    this.#place = place;
  }

  /** Policy or calendars changed, or the cache is another one. */
  forget(): void {
    this.#known.clear();
  }

  /** As they are now. `isStopped`: nobody waits for it any more. */
  async all(isStopped: () => boolean): Promise<Watched[]> {
    const { view, reader, machine } = this.#place;
    const revisions = this.#open();
    for (const id of this.#known.keys()) if (!revisions.has(id)) this.#known.delete(id);
    const result: Watched[] = [];
    let worked = 0;
    for (const [id, revision] of revisions) {
      const pending = view.pending(id);
      const known = this.#known.get(id);
      if (!pending && known?.revision === revision) {
        result.push(known);
        continue;
      }
      const ticket = pending?.ticket ?? this.#place.reader.rows.get('ticket', id);
      if (!ticket) continue;
      const one = { ticket, revision, alerts: this.#alertsOf(ticket) };
      // What is pending is another ticket at each look, though of the same revision.
      if (pending) this.#known.delete(id);
      else this.#known.set(id, one);
      result.push(one);
      worked += 1;
      if (worked % AT_ONCE > 0) continue;
      await machine.turn();
      // The cache was replaced meanwhile: whoever waits looks again.
      if (isStopped() || this.#place.reader !== reader) return [];
    }
    return result;
  }

  #alertsOf(ticket: Ticket): Alert[] {
    const { desk } = this.#place;
    return alertsOf(ticket, desk.policy(), desk.calendar(ticket.siteId));
  }

  /** Ids with their revisions; those with work of mine too, wherever it puts them. */
  #open(): Map<string, number> {
    const { reader, personId } = this.#place;
    const actor = this.#place.actor();
    const teams = this.#place.teamIds();
    const leads = teams.filter((teamId) => isLeadOf(actor, teamId));
    if (this.#asked?.reader !== reader) this.#asked = { reader, ...prepareStatements(reader) };
    const who = { me: personId, teams: JSON.stringify(teams), leads: JSON.stringify(leads) };
    const rows = [...this.#asked.confirmed.all(who), ...this.#asked.pending.all(who)] as { id: string; revision: number }[];
    return new Map(rows.map(({ id, revision }) => [id, revision]));
  }
}

/** What I hold, what nobody holds in my teams, and all of the teams that I lead. */
const CONCERNS = `done = 0 AND (holder_id = @me
  OR (holder_id IS NULL AND team_id IN (SELECT value FROM json_each(@teams)))
  OR team_id IN (SELECT value FROM json_each(@leads)))`;

function prepareStatements({ db }: CacheReader) {
  return {
    confirmed: db.prepare(`SELECT id, (SELECT revision FROM whole WHERE whole.key = ticket.key) AS revision
      FROM ticket WHERE ${CONCERNS} AND key NOT IN (SELECT key FROM temp.overlay)`),
    pending: db.prepare(`SELECT id, 0 AS revision FROM temp.overlay WHERE ${CONCERNS}`),
  };
}
