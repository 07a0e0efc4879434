/** The directory in memory: the `Desk` that operations look things up in, and who may do what. Reloaded when it changed. */
import { leadsAmong } from '#shared/domain/access.ts';
import { calendarFinder } from '#shared/domain/calendars.ts';
import type { Calendar, Membership, Policy, Row, Service, TableName } from '#shared/domain/model.ts';
import type { Desk } from '#shared/domain/operation.ts';
import { routeOf } from '#shared/domain/routing.ts';
import { type Position, type ReadDb, readPosition } from './database.ts';

export const directoryTables = [
  'service',
  'team',
  'membership',
  'site',
  'calendar',
  'policy',
  'category',
  'closing_code',
  'route',
  'person',
] as const satisfies readonly TableName[];
export type DirectoryTableName = (typeof directoryTables)[number];

export interface DeskSnapshot extends Desk {
  /** Of which epoch's directory, and which state of it. */
  version: string;
  rows<T extends DirectoryTableName>(table: T): ReadonlyMap<string, Row<T>>;
  service(): Service | undefined;
}

/** The directory lacks something without which no operation can be judged. */
export class IncompleteDirectoryError extends Error {
  constructor(what: string) {
    super(`The directory has no ${what}.`);
    this.name = 'IncompleteDirectoryError';
  }
}

async function loadDesk(db: ReadDb, version: string): Promise<DeskSnapshot> {
  const maps = new Map<string, Map<string, unknown>>(directoryTables.map((table) => [table, new Map()]));
  const stored = await db.selectFrom('directory').select(['table_name', 'id', 'doc']).orderBy('table_name').orderBy('id').execute();
  for (const row of stored) maps.get(row.table_name)?.set(row.id, JSON.parse(row.doc));
  const rows = <T extends DirectoryTableName>(table: T) => maps.get(table) as ReadonlyMap<string, Row<T>>;

  const memberships = new Map<string, Membership[]>();
  for (const membership of rows('membership').values()) {
    const own = memberships.get(membership.personId);
    if (own) own.push(membership);
    else memberships.set(membership.personId, [membership]);
  }
  const routes = [...rows('route').values()];
  const calendarOf = calendarFinder(rows('site'), rows('calendar'));
  const policy = rows('policy').values().next().value;
  const service = rows('service').get('service');

  return {
    version,
    rows,
    service: () => service,
    person: (id) => rows('person').get(id),
    team: (id) => rows('team').get(id),
    site: (id) => rows('site').get(id),
    category: (id) => rows('category').get(id),
    closingCode: (id) => rows('closing_code').get(id),
    memberships: (personId) => memberships.get(personId) ?? [],
    leads: (teamId) => leadsAmong(rows('membership').values(), teamId),
    route: (categoryId, siteId) => routeOf(routes, categoryId, siteId),
    calendar: (siteId): Calendar => {
      const found = calendarOf(siteId);
      if (!found) throw new IncompleteDirectoryError('calendar');
      return found;
    },
    policy: (): Policy => {
      if (!policy) throw new IncompleteDirectoryError('policy');
      return policy;
    },
    defaultCountry: () => service?.defaultCountry ?? 'FR',
  };
}

export interface DeskCache {
  /**
   * The directory as this transaction found it; never asked for after directory writes of its own. `position`: where it found the
   * feed, if it has looked already.
   */
  in(db: ReadDb, position?: Position): Promise<DeskSnapshot>;
  /** The directory as this transaction has left it so far: for this transaction alone. */
  anew(db: ReadDb): Promise<DeskSnapshot>;
}

/** Keeps the last snapshot; the version in the counter's row says whether it still holds. */
export function deskCache(): DeskCache {
  let kept: DeskSnapshot | undefined;
  return {
    in: async (db, position) => {
      const { epoch, directoryVersion } = position ?? (await readPosition(db));
      const version = `${epoch}:${directoryVersion}`;
      if (kept?.version === version) return kept;
      const loaded = await loadDesk(db, version);
      kept = loaded;
      return loaded;
    },
    anew: (db) => loadDesk(db, 'not committed'),
  };
}
