/** Lists and their counts: windowed in SQL over the confirmed tickets and the overlay of pending work, merged in one order. */
import { type ListQuery, MOST_MATCHES } from '#shared/contract/core.ts';
import type { CacheReader } from '../storage/cache-read.ts';
import { matchAll } from '../storage/search-text.ts';
import type { Sqlite, Statement } from '../storage/sqlite.ts';

export type Narrowing = Pick<ListQuery, 'view' | 'text' | 'teamIds' | 'siteIds' | 'kinds'> & {
  /** Callbacks due until this instant, ms. */
  callbackBefore?: number;
};
export interface Asker {
  personId: string;
  /** Where I am technician or lead. */
  teamIds: readonly string[];
  /** ISO country of telephone numbers that are typed without a prefix. */
  country: string;
}
type Source = 'ticket' | 'overlay';
type Params = Record<string, string | number>;

export class ListQueries {
  #db: Sqlite;
  #prepared = new Map<string, Statement>();
  #found: { match: string; version: unknown; keys: string } | undefined;

  constructor(reader: CacheReader) {
    this.#db = reader.db;
  }

  /** `overlay`: there is pending work to be merged in. */
  count(narrowing: Narrowing, asker: Asker, overlay: boolean): number {
    const params: Params = { me: asker.personId };
    const confirmed = this.#conditions(narrowing, asker, 'ticket', params);
    if (confirmed === undefined) return 0;
    const total = this.#number(`SELECT count(*) FROM ticket WHERE ${confirmed}`, params);
    if (!overlay) return total;
    const covered = this.#number(`SELECT count(*) FROM ticket WHERE key IN (SELECT key FROM temp.overlay) AND ${confirmed}`, params);
    const pending = this.#conditions(narrowing, asker, 'overlay', params);
    return total - covered + this.#number(`SELECT count(*) FROM temp.overlay WHERE ${pending}`, params);
  }

  /** Ticket ids of the window, in order. */
  window(query: ListQuery, asker: Asker, overlay: boolean): string[] {
    const params: Params = { me: asker.personId, limit: query.limit, offset: query.offset };
    const confirmed = this.#conditions(query, asker, 'ticket', params);
    if (confirmed === undefined) return [];
    // Only what the order needs, so that an index alone answers however deep the window lies.
    const { columns, order } = orderOf(query);
    const parts = [`SELECT ${columns} FROM ticket WHERE ${confirmed}${overlay ? ' AND key NOT IN (SELECT key FROM temp.overlay)' : ''}`];
    if (overlay) parts.push(`SELECT ${columns} FROM temp.overlay WHERE ${this.#conditions(query, asker, 'overlay', params)}`);
    const rows = this.#statement(`${parts.join(' UNION ALL ')} ORDER BY ${order} LIMIT @limit OFFSET @offset`).all(params);
    const idOf = this.#statement(
      'SELECT coalesce((SELECT id FROM temp.overlay WHERE key = @key), (SELECT id FROM ticket WHERE key = @key)) AS id',
    );
    return (rows as { key: number }[]).map(({ key }) => (idOf.get({ key }) as { id: string }).id);
  }

  /** Undefined when nothing can match. */
  #conditions(narrowing: Narrowing, asker: Asker, source: Source, params: Params): string | undefined {
    const parts = [viewCondition(narrowing.view, asker, params)];
    const { teamIds, siteIds, kinds, text } = narrowing;
    if (teamIds.length > 0) parts.push(oneOf('team_id', teamIds, params));
    if (siteIds.length > 0) parts.push(oneOf('site_id', siteIds, params));
    if (kinds.length > 0) parts.push(oneOf('kind', kinds, params));
    if (narrowing.callbackBefore !== undefined) {
      parts.push('callback_ms <= @callbackBefore');
      params.callbackBefore = narrowing.callbackBefore;
    }
    const match = matchAll(text, asker.country);
    if (match !== undefined) {
      params[`${source}Keys`] = this.#matches(match, source);
      parts.push(`key IN (SELECT value FROM json_each(@${source}Keys))`);
    } else if (narrowing.view === 'search') return undefined;
    return parts.join(' AND ');
  }

  /** Keys of the newest matches as JSON. A list asks for its window and for its count: the index is searched once for both. */
  #matches(match: string, source: Source): string {
    if (source === 'overlay') return this.#search(match, 'overlay_search');
    const version = this.#db.pragma('data_version', { simple: true });
    if (this.#found?.match !== match || this.#found.version !== version) {
      this.#found = { match, version, keys: this.#search(match, 'search') };
    }
    return this.#found.keys;
  }
  #search(match: string, index: 'search' | 'overlay_search'): string {
    const sql = `SELECT rowid AS key FROM ${index} WHERE ${index} MATCH @match ORDER BY rowid LIMIT ${MOST_MATCHES}`;
    return JSON.stringify((this.#statement(sql).all({ match }) as { key: number }[]).map(({ key }) => key));
  }

  #number(sql: string, params: Params): number {
    const found = this.#statement(sql).get(params) as Record<string, number>;
    return found['count(*)'] ?? 0;
  }
  #statement(sql: string): Statement {
    let statement = this.#prepared.get(sql);
    if (!statement) {
      if (this.#prepared.size > 200) this.#prepared.clear();
      statement = this.#db.prepare(sql);
      this.#prepared.set(sql, statement);
    }
    return statement;
  }
}

function orderOf({ view, sort }: Pick<ListQuery, 'view' | 'sort'>): { columns: string; order: string } {
  if (view === 'callbacks') {
    const theirs = '(holder_id IS NOT @me AND callback_by IS NOT @me) AS theirs';
    return { columns: `${theirs}, callback_ms, key`, order: 'theirs, callback_ms, key' };
  }
  const within = { due: 'due_key, key', newest: 'key', urgency: 'urgency_rank, due_key, key' }[sort];
  // A refusal comes back on top, whatever else the order is.
  const order = `done, refused_rank, ${within}`;
  return { columns: order, order };
}

function oneOf(column: string, values: readonly string[], params: Params): string {
  const names = values.map((value, index) => {
    const name = `${column}${index}`;
    params[name] = value;
    return `@${name}`;
  });
  return `${column} IN (${names.join(', ')})`;
}

function viewCondition(view: ListQuery['view'], asker: Asker, params: Params): string {
  const mine = () => {
    asker.teamIds.forEach((teamId, index) => {
      params[`mine${index}`] = teamId;
    });
    return `team_id IN (${asker.teamIds.map((_, index) => `@mine${index}`).join(', ')})`;
  };
  switch (view) {
    case 'pool':
      return `done = 0 AND holder_id IS NULL AND ${mine()}`;
    case 'mine':
      return 'done = 0 AND holder_id = @me';
    case 'waiting':
      return "done = 0 AND holder_id = @me AND phase = 'waiting'";
    // What I am to call: mine, what I promised, what nobody of my teams holds. A colleague's callbacks are the colleague's.
    case 'callbacks':
      return `done = 0 AND callback_ms IS NOT NULL AND (holder_id = @me OR (holder_id IS NULL AND (callback_by = @me OR ${mine()})))`;
    case 'all':
    case 'search':
      return 'done >= 0';
  }
}
