/** The desk's small tables in memory, as the domain's operations look them up. Forget what changed, it is read again when asked for. */
import { leadsAmong } from '#shared/domain/access.ts';
import { calendarFinder } from '#shared/domain/calendars.ts';
import type { Calendar, Membership, Person, Policy, Row, Service, TableName } from '#shared/domain/model.ts';
import type { Desk } from '#shared/domain/operation.ts';
import { routeOf } from '#shared/domain/routing.ts';
import { CoreError } from '../failure.ts';
import type { RowSource } from './rows.ts';

export class CachedDesk implements Desk {
  #rows: RowSource;
  #tables = new Map<TableName, Map<string, unknown>>();
  #people = new Map<string, Person | undefined>();
  #memberships: Map<string, Membership[]> | undefined;
  #calendarOf: ReturnType<typeof calendarFinder> | undefined;

  constructor(rows: RowSource) {
    this.#rows = rows;
  }

  forget(tables: ReadonlySet<TableName>): void {
    for (const table of tables) this.#tables.delete(table);
    if (tables.has('person')) this.#people.clear();
    if (tables.has('membership')) this.#memberships = undefined;
    if (tables.has('site') || tables.has('calendar')) this.#calendarOf = undefined;
  }

  /** Every row of a small table, by id. */
  table<T extends TableName>(table: T): Map<string, Row<T>> {
    let known = this.#tables.get(table);
    if (!known) {
      known = new Map(this.#rows.all(table).map((row) => [row.id, row]));
      this.#tables.set(table, known);
    }
    return known as Map<string, Row<T>>;
  }

  person(id: string): Person | undefined {
    if (!this.#people.has(id)) {
      if (this.#people.size > 20_000) this.#people.clear();
      this.#people.set(id, this.#rows.get('person', id));
    }
    return this.#people.get(id);
  }
  team = (id: string) => this.table('team').get(id);
  site = (id: string) => this.table('site').get(id);
  category = (id: string) => this.table('category').get(id);
  closingCode = (id: string) => this.table('closing_code').get(id);

  memberships(personId: string): readonly Membership[] {
    if (!this.#memberships) {
      this.#memberships = new Map();
      for (const membership of this.table('membership').values()) {
        const known = this.#memberships.get(membership.personId);
        if (known) known.push(membership);
        else this.#memberships.set(membership.personId, [membership]);
      }
    }
    return this.#memberships.get(personId) ?? [];
  }

  leads(teamId: string): readonly string[] {
    return leadsAmong(this.table('membership').values(), teamId);
  }

  route(categoryId: string, siteId: string): string {
    return routeOf([...this.table('route').values()], categoryId, siteId);
  }

  service(): Service | undefined {
    return this.table('service').get('service');
  }
  defaultCountry(): string {
    return this.service()?.defaultCountry ?? 'FR';
  }

  /** Whether deadlines can be computed: the bootstrap sends policy and calendars before any ticket. */
  isReady(): boolean {
    return this.table('policy').size > 0 && this.table('calendar').size > 0;
  }

  policy(): Policy {
    const policy = this.table('policy').values().next().value;
    if (!policy) throw new CoreError('not_ready', 'the policy has not arrived yet');
    return policy;
  }

  calendar(siteId: string): Calendar {
    this.#calendarOf ??= calendarFinder(this.table('site'), this.table('calendar'));
    const found = this.#calendarOf(siteId);
    if (!found) throw new CoreError('not_ready', 'no calendar has arrived yet');
    return found;
  }
}
