/**
 * Writing cache.db: what the server has confirmed. Imported by sync/bootstrap.ts and sync/pull.ts only (a test holds it to that).
 */
import { existsSync, rmSync } from 'node:fs';
import { uptime } from 'node:os';
import type { AnyRow, Entry, Resolution, Row, TableName, Ticket } from '#shared/domain/model.ts';
import { dueOf } from '#shared/domain/sla/clocks.ts';
import { CACHE_VERSION, cacheSchema, firstKeyOf, KEY_SLOTS, ticketColumns } from './cache-schema.ts';
import { CachedDesk } from './cached-desk.ts';
import { type RowSource, rowSource } from './rows.ts';
import { fold } from './search-text.ts';
import { isCorrupt, openSqlite, type Sqlite } from './sqlite.ts';
import { columnsOf, isDone, searchFieldsOf } from './ticket-columns.ts';

export type CacheChange = AnyRow | { table: TableName; gone: string };
/** A row with the text that it was parsed from. */
export type PageRow = AnyRow & { json: string };
export interface Touched {
  tables: Set<TableName>;
  tickets: Set<string>;
}
/** A ticket with everything of its own, as a bootstrap sends it: what the search index is made of without reading it back. */
interface Whole {
  ticket: Ticket;
  key: number;
  isNew: boolean;
  entries: Entry[];
  resolutions: Resolution[];
}
/** Pages of 4 KiB between two checkpoints of a bootstrap, which writes everything once. */
const BULK_CHECKPOINT = 16_000;
/** Holds the indexes of a large desk, whose rows come in no order of their ids. */
const BULK_CACHE_KIB = 128 * 1024;
/** Rows looked at in one turn of the process. */
const SCANNED_AT_ONCE = 5_000;
/** A clock that is set moves the moment at which the machine seems to have started. */
const BOOT_SLACK_S = 60;
const dueTables: readonly TableName[] = ['policy', 'calendar', 'site'];

/** When this machine started, in seconds since 1970, as near as its clock tells. */
function bootedAt(): number {
  return Math.round(Date.now() / 1000 - uptime());
}

/**
 * Makes cache.db, or deletes and makes it anew when it is of another version, damaged, another person's, or was being filled when
 * the machine went down.
 */
export function prepareCacheFile(file: string, personId: string | null): void {
  if (existsSync(file)) {
    try {
      const db = openSqlite(file);
      const version = db.pragma('user_version', { simple: true });
      const meta = (name: string) =>
        db.prepare<[string], string>('SELECT value FROM meta WHERE name = ?').pluck().get(name) as string | undefined;
      const owner = version === CACHE_VERSION ? meta('person') : undefined;
      const unsettled = version === CACHE_VERSION ? meta('unsettled') : undefined;
      const isOnDisk = version === CACHE_VERSION && (unsettled === undefined || Math.abs(Number(unsettled) - bootedAt()) < BOOT_SLACK_S);
      db.close();
      if (isOnDisk && (personId === null || owner === undefined || owner === personId)) return;
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
  #uncommitted: Touched = { tables: new Set(), tickets: new Set() };

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

  /**
   * Begins a bootstrap, or goes on with one, and returns its generation. From here on nothing is waited for until it is on the disk: a
   * bootstrap writes much, and may be done again. Until `markSettled` the file counts for nothing after a power cut
   * (`prepareCacheFile`); a process that ends does it no harm.
   */
  beginBulk(personId: string, goesOn: boolean): number {
    const filling = this.meta('filling');
    const generation = goesOn && filling !== null ? Number(filling) : Number(filling ?? this.generation()) + 1;
    // What was left half done has rows that this one may not bring.
    const hasOthers = this.meta('position') !== null || this.meta('replacing') !== null || (filling !== null && !goesOn);
    this.#db.pragma('synchronous = FULL');
    this.#db
      .transaction(() =>
        this.setMeta({
          person: personId,
          // Until the end there is none: a process that dies meanwhile starts over.
          position: null,
          filling: String(generation),
          replacing: hasOthers ? '1' : null,
          unsettled: String(bootedAt()),
        }),
      )
      .immediate();
    this.#db.pragma('synchronous = OFF');
    this.#db.pragma(`wal_autocheckpoint = ${BULK_CHECKPOINT}`);
    this.#db.pragma(`cache_size = -${BULK_CACHE_KIB}`);
    return generation;
  }

  /** Everything up to the end of this generation is on the disk. */
  markSettled(generation: number): void {
    if (this.generation() === generation && this.meta('position') !== null) this.setMeta({ unsettled: null });
  }

  generation(): number {
    return Number(this.meta('generation') ?? '1');
  }

  /** The other writer's changes to the desk's tables were not seen by this connection's copy. */
  forgetDesk(): void {
    this.#desk.forget(new Set<TableName>(['policy', 'calendar', 'site', 'person']));
  }

  /**
   * One transaction: the changes, and the position they lead to. An older row never overwrites a newer one.
   */
  write(changes: readonly CacheChange[], options: { generation: number; position?: string }): Touched {
    const touched: Touched = { tables: new Set(), tickets: new Set() };
    const reindex = new Set<string>();
    this.#db
      .transaction(() => {
        for (const change of changes) {
          touched.tables.add(change.table);
          if ('gone' in change) this.#remove(change.table, change.gone, touched, reindex);
          else this.#put(change, options.generation, false, touched, reindex);
        }
        this.#index(reindex);
        if (dueTables.some((table) => touched.tables.has(table))) this.setMeta({ due_stale: '' });
        if (options.position !== undefined) this.setMeta({ position: options.position });
      })
      .immediate();
    return touched;
  }

  /**
   * A page of a bootstrap, each ticket followed by what is its own: the server's present state, whatever was here before. The
   * transaction is held open over several turns of the process (after each slice of rows `pause` is awaited) and over several pages,
   * until `commitPages`: the fewer commits, the less often the same pages of the indexes are written.
   */
  async writePage(rows: readonly PageRow[], generation: number, slice: number, pause: () => Promise<void>): Promise<void> {
    const { tickets, tables } = this.#uncommitted;
    const reindex = new Set<string>();
    const whole = new Map<string, Whole>();
    if (!this.#db.inTransaction) this.#db.exec('BEGIN IMMEDIATE');
    for (let start = 0; start < rows.length; start += slice) {
      if (start > 0) await pause();
      for (const row of rows.slice(start, start + slice)) {
        tables.add(row.table);
        this.#put(row, generation, true, this.#uncommitted, reindex, whole);
      }
    }
    for (const id of whole.keys()) {
      tickets.add(id);
      reindex.delete(id);
    }
    this.#index(reindex);
    const found = [...whole.values()];
    for (let start = 0; start < found.length; start += slice) {
      await pause();
      this.#indexWhole(found.slice(start, start + slice));
    }
  }

  /** Makes the pages written since the last time visible to readers. */
  commitPages(): Touched {
    const touched = this.#uncommitted;
    this.#uncommitted = { tables: new Set(), tickets: new Set() };
    if (this.#db.inTransaction) this.#db.exec('COMMIT');
    return touched;
  }

  /** The end of a bootstrap, in one transaction: what it did not bring is gone, and the position counts. */
  async finishGeneration(generation: number, position: string, pause: () => Promise<void>): Promise<Touched> {
    if (!this.#db.inTransaction) this.#db.exec('BEGIN IMMEDIATE');
    if (this.meta('replacing') !== null) {
      const reindex = new Set<string>();
      const last = this.#sql.lastRow.get() as number;
      for (let from = 0; from <= last; from += SCANNED_AT_ONCE) {
        await pause();
        for (const old of this.#sql.olderRows.all(from, from + SCANNED_AT_ONCE, generation) as { tbl: TableName; id: string }[]) {
          this.#uncommitted.tables.add(old.tbl);
          this.#remove(old.tbl, old.id, this.#uncommitted, reindex);
        }
      }
      this.#index(reindex);
    }
    this.setMeta({ generation: String(generation), position, due_stale: null, filling: null, replacing: null });
    return this.commitPages();
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

  #put(
    change: AnyRow & Partial<PageRow>,
    generation: number,
    force: boolean,
    touched: Touched,
    reindex: Set<string>,
    whole?: Map<string, Whole>,
  ): void {
    const { table, row } = change;
    const ticketId = table === 'entry' || table === 'resolution' ? row.ticketId : null;
    const json = change.json ?? JSON.stringify(row);
    const written = this.#sql.putRow.run(table, row.id, ticketId, row.revision, generation, json, force ? 1 : 0);
    if (written.changes === 0) return;
    if (table === 'ticket') {
      const { key, isNew } = this.#keyOf(row);
      this.#putTicket(row, key);
      touched.tickets.add(row.id);
      reindex.add(row.id);
      whole?.set(row.id, { ticket: row, key, isNew, entries: [], resolutions: [] });
    } else if (ticketId !== null) {
      touched.tickets.add(ticketId);
      reindex.add(ticketId);
      if (table === 'entry') whole?.get(ticketId)?.entries.push(row);
      else if (table === 'resolution') whole?.get(ticketId)?.resolutions.push(row);
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

  #keyOf(ticket: Ticket): { key: number; isNew: boolean } {
    const known = this.#sql.keyById.get(ticket.id) as number | undefined;
    if (known !== undefined) return { key: known, isNew: false };
    const first = firstKeyOf(ticket.openedAt);
    for (let room = KEY_SLOTS; ; room *= 1_000) {
      const last = this.#sql.lastKey.get(first, first + room) as number | null;
      if (last === null) return { key: first, isNew: true };
      if (last + 1 < first + room) return { key: last + 1, isNew: true };
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

  #index(ids: ReadonlySet<string>): void {
    const found: Whole[] = [];
    for (const id of ids) {
      const ticket = this.#rows.get('ticket', id);
      const key = this.#sql.keyById.get(id) as number | undefined;
      if (!ticket || key === undefined) continue;
      const entries = this.#rows.ofTicket('entry', id);
      found.push({ ticket, key, isNew: false, entries, resolutions: this.#rows.ofTicket('resolution', id) });
    }
    this.#indexWhole(found);
  }

  /** In key order, which the index takes without an extra flush. */
  #indexWhole(found: Whole[]): void {
    found.sort((a, b) => a.key - b.key);
    for (const { ticket, key, isNew, entries, resolutions } of found) {
      const texts = searchFieldsOf(ticket, entries, resolutions, (personId) => this.#desk.person(personId)?.name);
      const put = isNew ? this.#sql.index : this.#sql.reindex;
      const { number, title, description, notes, people, solutions } = texts;
      put.run(key, ...[number, title, description, notes, people, solutions].map((text) => text.normalize('NFC')));
    }
  }
}

function prepareStatements(db: Sqlite) {
  const names = ticketColumns.join(', ');
  const searchColumns = 'rowid, number, title, description, notes, people, solutions';
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
    lastRow: db.prepare('SELECT coalesce(max(rowid), 0) FROM rows').pluck(),
    olderRows: db.prepare('SELECT tbl, id FROM rows WHERE rowid >= ? AND rowid < ? AND generation < ?'),
    putTicket: db.prepare(`INSERT INTO ticket(${names}) VALUES (${marks}) ON CONFLICT(key) DO UPDATE SET ${updates}`),
    keyById: db.prepare('SELECT key FROM ticket WHERE id = ?').pluck(),
    lastKey: db.prepare('SELECT max(key) FROM ticket WHERE key >= ? AND key < ?').pluck(),
    liveAfter: db.prepare('SELECT key, id FROM ticket WHERE done = 0 AND key > ? ORDER BY key LIMIT ?'),
    dropTicket: db.prepare('DELETE FROM ticket WHERE key = ?'),
    index: db.prepare(`INSERT INTO search(${searchColumns}) VALUES (?, ?, ?, ?, ?, ?, ?)`),
    reindex: db.prepare(`INSERT OR REPLACE INTO search(${searchColumns}) VALUES (?, ?, ?, ?, ?, ?, ?)`),
    unindex: db.prepare('DELETE FROM search WHERE rowid = ?'),
    personById: db.prepare('SELECT key, folded FROM person_name WHERE id = ?'),
    addPerson: db.prepare('INSERT INTO person_name(id, folded) VALUES (?, ?)'),
    renamePerson: db.prepare('UPDATE person_name SET folded = ? WHERE key = ?'),
    dropPerson: db.prepare('DELETE FROM person_name WHERE key = ?'),
    indexPerson: db.prepare('INSERT OR REPLACE INTO person_search(rowid, name) VALUES (?, ?)'),
    unindexPerson: db.prepare('DELETE FROM person_search WHERE rowid = ?'),
  };
}
