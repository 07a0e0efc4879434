/**
 * Writing cache.db: what the server has confirmed. Imported by sync/bootstrap.ts and sync/pull.ts only (a test holds it to that).
 */
import { existsSync, rmSync } from 'node:fs';
import type { AnyRow, Row, TableName, Ticket } from '#shared/domain/model.ts';
import { dueOf } from '#shared/domain/sla/clocks.ts';
import { CACHE_VERSION, cacheSchema, firstKeyOf, KEY_SLOTS, ticketColumns } from './cache-schema.ts';
import { CachedDesk } from './cached-desk.ts';
import { type RowSource, rowSource } from './rows.ts';
import { fold } from './search-text.ts';
import { isCorrupt, openSqlite, type Sqlite } from './sqlite.ts';
import { columnsOf, isDone, searchFieldsOf } from './ticket-columns.ts';

export type CacheChange = AnyRow | { table: TableName; gone: string };
export interface Touched {
  tables: Set<TableName>;
  tickets: Set<string>;
}
const dueTables: readonly TableName[] = ['policy', 'calendar', 'site'];

/** Makes cache.db, or deletes and makes it anew when it is of another version, damaged, or another person's. */
export function prepareCacheFile(file: string, personId: string | null): void {
  if (existsSync(file)) {
    try {
      const db = openSqlite(file);
      const version = db.pragma('user_version', { simple: true });
      const owner =
        version === CACHE_VERSION
          ? (db.prepare<[], string>("SELECT value FROM meta WHERE name = 'person'").pluck().get() as string | undefined)
          : undefined;
      db.close();
      if (version === CACHE_VERSION && (personId === null || owner === undefined || owner === personId)) return;
    } catch (error) {
      if (!isCorrupt(error)) throw error;
    }
    for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
  }
  const db = openSqlite(file);
  db.pragma('journal_mode = WAL');
  db.transaction(() => {
    db.exec(cacheSchema);
    db.pragma(`user_version = ${CACHE_VERSION}`);
  })();
  db.close();
}

export class CacheWriter {
  #db: Sqlite;
  #rows: RowSource;
  #desk: CachedDesk;
  #now: () => string;
  #sql: ReturnType<typeof prepareStatements>;

  /** `now`: server time, for deadlines. */
  constructor(file: string, now: () => string) {
    this.#db = openSqlite(file);
    this.#db.pragma('synchronous = NORMAL');
    this.#rows = rowSource(this.#db);
    this.#desk = new CachedDesk(this.#rows);
    this.#now = now;
    this.#sql = prepareStatements(this.#db);
  }

  meta(name: string): string | null {
    return (this.#sql.readMeta.get(name) as string | undefined) ?? null;
  }

  setMeta(values: Record<string, string | null>): void {
    for (const [name, value] of Object.entries(values)) {
      if (value === null) this.#sql.dropMeta.run(name);
      else this.#sql.writeMeta.run(name, value);
    }
  }

  generation(): number {
    return Number(this.meta('generation') ?? '1');
  }

  /** The other writer's changes to the desk's tables were not seen by this connection's copy. */
  forgetDesk(): void {
    this.#desk.forget(new Set<TableName>(['policy', 'calendar', 'site', 'person']));
  }

  /**
   * One transaction: the changes, and the position they lead to. An older row never overwrites a newer one unless `force`
   * (a bootstrap's rows are the server's present state, whatever was here before).
   */
  write(changes: readonly CacheChange[], options: { generation: number; force?: boolean; position?: string }): Touched {
    const touched: Touched = { tables: new Set(), tickets: new Set() };
    const reindex = new Set<string>();
    this.#db
      .transaction(() => {
        for (const change of changes) {
          touched.tables.add(change.table);
          if ('gone' in change) this.#remove(change.table, change.gone, touched, reindex);
          else this.#put(change, options.generation, options.force ?? false, touched, reindex);
        }
        this.#index(reindex);
        if (dueTables.some((table) => touched.tables.has(table))) this.setMeta({ due_stale: '' });
        if (options.position !== undefined) this.setMeta({ position: options.position });
      })
      .immediate();
    return touched;
  }

  /** The end of a bootstrap: what it did not bring is gone, and the position counts. */
  finishGeneration(generation: number, position: string): Touched {
    const touched: Touched = { tables: new Set(), tickets: new Set() };
    this.#db
      .transaction(() => {
        const reindex = new Set<string>();
        for (const old of this.#sql.olderRows.all(generation) as { tbl: TableName; id: string }[]) {
          touched.tables.add(old.tbl);
          this.#remove(old.tbl, old.id, touched, reindex);
        }
        this.#index(reindex);
        this.setMeta({ generation: String(generation), position, due_stale: null });
      })
      .immediate();
    return touched;
  }

  /** After a change of policy or calendar: recomputes the next deadlines; false when all are done. */
  refreshDue(limit: number): boolean {
    const after = this.meta('due_stale');
    if (after === null || !this.#desk.isReady()) return false;
    const keys = this.#sql.liveAfter.all(after === '' ? -1 : Number(after), limit) as { key: number; id: string }[];
    this.#db
      .transaction(() => {
        for (const { key, id } of keys) {
          const ticket = this.#rows.get('ticket', id);
          if (ticket) this.#putTicket(ticket, key);
        }
        const last = keys[keys.length - 1];
        this.setMeta({ due_stale: last && keys.length === limit ? String(last.key) : null });
      })
      .immediate();
    return keys.length === limit;
  }

  close(): void {
    this.#db.close();
  }

  #put(change: AnyRow, generation: number, force: boolean, touched: Touched, reindex: Set<string>): void {
    const { table, row } = change;
    const ticketId = table === 'entry' || table === 'resolution' ? row.ticketId : null;
    const written = this.#sql.putRow.run(table, row.id, ticketId, row.revision, generation, JSON.stringify(row), force ? 1 : 0);
    if (written.changes === 0) return;
    if (table === 'ticket') {
      this.#putTicket(row, this.#keyOf(row));
      touched.tickets.add(row.id);
      reindex.add(row.id);
    } else if (ticketId !== null) {
      touched.tickets.add(ticketId);
      reindex.add(ticketId);
    } else if (table === 'person') {
      this.#desk.forget(new Set<TableName>(['person']));
      this.#putPerson(row);
    } else if (dueTables.includes(table)) this.#desk.forget(new Set([table]));
  }

  #putTicket(ticket: Ticket, key: number): void {
    const due =
      isDone(ticket) || !this.#desk.isReady()
        ? ({ state: 'none' } as const)
        : dueOf(ticket, this.#desk.policy(), this.#desk.calendar(ticket.siteId), this.#now());
    const columns = columnsOf(ticket, due, key);
    this.#sql.putTicket.run(...ticketColumns.map((name) => columns[name]));
  }

  #keyOf(ticket: Ticket): number {
    const known = this.#sql.keyById.get(ticket.id) as number | undefined;
    if (known !== undefined) return known;
    const first = firstKeyOf(ticket.openedAt);
    for (let room = KEY_SLOTS; ; room *= 1_000) {
      const last = this.#sql.lastKey.get(first, first + room) as number | null;
      if (last === null) return first;
      if (last + 1 < first + room) return last + 1;
    }
  }

  #putPerson(person: Row<'person'>): void {
    const folded = fold(person.name);
    const known = this.#sql.personById.get(person.id) as { key: number; folded: string } | undefined;
    if (known?.folded === folded) return;
    const key = known?.key ?? Number(this.#sql.addPerson.run(person.id, folded).lastInsertRowid);
    if (known) this.#sql.renamePerson.run(folded, key);
    this.#sql.indexPerson.run(key, person.name.normalize('NFC'));
  }

  #remove(table: TableName, id: string, touched: Touched, reindex: Set<string>): void {
    if (table === 'ticket') {
      const key = this.#sql.keyById.get(id) as number | undefined;
      if (key !== undefined) {
        this.#sql.unindex.run(key);
        this.#sql.dropTicket.run(key);
      }
      this.#sql.dropOfTicket.run(id);
      touched.tickets.add(id);
      reindex.delete(id);
    } else if (table === 'entry' || table === 'resolution') {
      const ticketId = this.#rows.get(table, id)?.ticketId;
      if (ticketId !== undefined) {
        touched.tickets.add(ticketId);
        reindex.add(ticketId);
      }
    } else if (table === 'person') {
      const known = this.#sql.personById.get(id) as { key: number } | undefined;
      if (known) {
        this.#sql.unindexPerson.run(known.key);
        this.#sql.dropPerson.run(known.key);
      }
    }
    this.#sql.dropRow.run(table, id);
    this.#desk.forget(new Set([table]));
  }

  /** In key order, which the index takes without an extra flush. */
  #index(ids: ReadonlySet<string>): void {
    const found: { key: number; ticket: Ticket }[] = [];
    for (const id of ids) {
      const ticket = this.#rows.get('ticket', id);
      const key = this.#sql.keyById.get(id) as number | undefined;
      if (ticket && key !== undefined) found.push({ key, ticket });
    }
    found.sort((a, b) => a.key - b.key);
    for (const { key, ticket } of found) {
      const fields = searchFieldsOf(
        ticket,
        this.#rows.ofTicket('entry', ticket.id),
        this.#rows.ofTicket('resolution', ticket.id),
        (personId) => this.#desk.person(personId)?.name,
      );
      this.#sql.index.run(
        key,
        ...[fields.number, fields.title, fields.description, fields.notes, fields.people, fields.solutions].map((text) =>
          text.normalize('NFC'),
        ),
      );
    }
  }
}

function prepareStatements(db: Sqlite) {
  const names = ticketColumns.join(', ');
  const marks = ticketColumns.map(() => '?').join(', ');
  const updates = ticketColumns
    .filter((name) => name !== 'key')
    .map((name) => `${name} = excluded.${name}`)
    .join(', ');
  return {
    readMeta: db.prepare('SELECT value FROM meta WHERE name = ?').pluck(),
    writeMeta: db.prepare('INSERT INTO meta VALUES (?, ?) ON CONFLICT(name) DO UPDATE SET value = excluded.value'),
    dropMeta: db.prepare('DELETE FROM meta WHERE name = ?'),
    putRow: db.prepare(`INSERT INTO rows(tbl, id, ticket_id, revision, generation, json) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT(tbl, id) DO UPDATE SET ticket_id = excluded.ticket_id, revision = excluded.revision,
      generation = excluded.generation, json = excluded.json WHERE excluded.revision >= rows.revision OR ?`),
    dropRow: db.prepare('DELETE FROM rows WHERE tbl = ? AND id = ?'),
    dropOfTicket: db.prepare('DELETE FROM rows WHERE ticket_id = ?'),
    olderRows: db.prepare('SELECT tbl, id FROM rows WHERE generation < ?'),
    putTicket: db.prepare(`INSERT INTO ticket(${names}) VALUES (${marks}) ON CONFLICT(key) DO UPDATE SET ${updates}`),
    keyById: db.prepare('SELECT key FROM ticket WHERE id = ?').pluck(),
    lastKey: db.prepare('SELECT max(key) FROM ticket WHERE key >= ? AND key < ?').pluck(),
    liveAfter: db.prepare('SELECT key, id FROM ticket WHERE done = 0 AND key > ? ORDER BY key LIMIT ?'),
    dropTicket: db.prepare('DELETE FROM ticket WHERE key = ?'),
    index: db.prepare(
      'INSERT OR REPLACE INTO search(rowid, number, title, description, notes, people, solutions) VALUES (?, ?, ?, ?, ?, ?, ?)',
    ),
    unindex: db.prepare('DELETE FROM search WHERE rowid = ?'),
    personById: db.prepare('SELECT key, folded FROM person_name WHERE id = ?'),
    addPerson: db.prepare('INSERT INTO person_name(id, folded) VALUES (?, ?)'),
    renamePerson: db.prepare('UPDATE person_name SET folded = ? WHERE key = ?'),
    dropPerson: db.prepare('DELETE FROM person_name WHERE key = ?'),
    indexPerson: db.prepare('INSERT OR REPLACE INTO person_search(rowid, name) VALUES (?, ?)'),
    unindexPerson: db.prepare('DELETE FROM person_search WHERE rowid = ?'),
  };
}
