/**
 * Writing cache.db: what the server has confirmed. Imported by sync/bootstrap.ts and sync/pull.ts only (a test holds it to that).
 */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { AnyRow, Row, TableName, Ticket } from '#shared/domain/model.ts';
import { dueOf } from '#shared/domain/sla/clocks.ts';
import { fold } from '#shared/domain/words.ts';
import { bootedAt } from './cache-file.ts';
import { type TicketColumns, ticketColumns } from './cache-schema.ts';
import { writeStatements } from './cache-statements.ts';
import { CachedDesk } from './cached-desk.ts';
import { type CacheChange, type RowSource, rowSource, type WholeTicket } from './rows.ts';
import { personWords } from './search-text.ts';
import { openSqlite, type Sqlite } from './sqlite.ts';
import { columnsOf, isDone, searchFieldsOf } from './ticket-columns.ts';
import { TicketKeys } from './ticket-keys.ts';

/** A row with the text that it was parsed from. */
export type PageRow = AnyRow & { json: string };
/** How far a bootstrap has come: the page that follows those in the file, the server's snapshot, and the number of tickets here. */
export const Filled = z.strictObject({ page: z.string(), position: z.string(), received: z.number() });
export type Filled = z.infer<typeof Filled>;
export interface Touched {
  tables: Set<TableName>;
  tickets: Set<string>;
}
/** A ticket that is being written, with everything of its own. */
interface Open extends WholeTicket {
  key: number;
  isNew: boolean;
  /** The same as texts, where they are at hand. */
  json?: { ticket: string; entries: string[]; resolutions: string[] };
}

/** Pages of 4 KiB between two checkpoints of a bootstrap, which writes everything once. */
const BULK_CHECKPOINT = 16_000;
/** Holds the indexes of a large desk. */
const BULK_CACHE_KIB = 128 * 1024;
const dueTables: readonly TableName[] = ['policy', 'calendar', 'site'];

export class CacheWriter {
  #db: Sqlite;
  #rows: RowSource;
  #desk: CachedDesk;
  #now: () => string;
  #sql: ReturnType<typeof writeStatements>;
  #keys: TicketKeys;
  #uncommitted: Touched = { tables: new Set(), tickets: new Set() };

  /** `now`: server time, for deadlines. */
  constructor(file: string, now: () => string) {
    this.#db = openSqlite(file);
    this.#db.pragma('synchronous = NORMAL');
    this.#rows = rowSource(this.#db);
    this.#desk = new CachedDesk(this.#rows);
    this.#now = now;
    this.#sql = writeStatements(this.#db);
    this.#keys = new TicketKeys(this.#db);
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

  /** No row has ever been committed here. */
  isEmpty(): boolean {
    return this.#sql.anyRow.get() === undefined;
  }
  /** How far a bootstrap has filled this file; null: none has begun, or it is complete. */
  filled(): Filled | null {
    const filled = this.meta('filled');
    return filled === null ? null : Filled.parse(JSON.parse(filled));
  }

  /**
   * Begins to fill this file, or goes on with it. From here on nothing is waited for until it is on the disk: a bootstrap writes much,
   * and may be done again. Until `markSettled` the file counts for nothing after a power cut (`prepareCacheFile`); a process that ends
   * does it no harm.
   */
  beginBulk(personId: string): void {
    this.#db.pragma('synchronous = FULL');
    this.#db.transaction(() => this.setMeta({ person: personId, unsettled: `${bootedAt()} ${randomUUID()}` })).immediate();
    this.#keys.remember();
    this.#db.pragma('synchronous = OFF');
    this.#db.pragma(`wal_autocheckpoint = ${BULK_CHECKPOINT}`);
    this.#db.pragma(`cache_size = -${BULK_CACHE_KIB}`);
  }

  /** What `unsettled` said before a sync of the file is on the disk now; another mark is of another bootstrap. */
  markSettled(mark: string): void {
    if (this.meta('unsettled') === mark && this.meta('position') !== null) this.setMeta({ unsettled: null });
  }

  /** One transaction: the changes, and the position they lead to. An older row never overwrites a newer one. */
  write(changes: readonly CacheChange[], position?: string): Touched {
    const touched: Touched = { tables: new Set(), tickets: new Set() };
    this.#db
      .transaction(() => {
        const open = new Map<string, Open>();
        for (const change of changes) {
          touched.tables.add(change.table);
          if ('gone' in change) this.#drop(change, open, touched);
          else this.#put(change, open);
        }
        this.#save([...open.values()], touched);
        if (dueTables.some((table) => touched.tables.has(table))) this.setMeta({ due_stale: '' });
        if (position !== undefined) this.setMeta({ position });
      })
      .immediate();
    return touched;
  }

  /**
   * A page of a bootstrap, each ticket followed by what is its own. The transaction is held open over several turns of the process
   * (after each slice of rows `pause` is awaited) and over several pages, until `commitPages`: the fewer commits, the less often the
   * same pages of the indexes are written.
   */
  async writePage(rows: readonly PageRow[], slice: number, pause: () => Promise<void>): Promise<void> {
    if (!this.#db.inTransaction) this.#db.exec('BEGIN IMMEDIATE');
    const { tables } = this.#uncommitted;
    const found: Open[] = [];
    for (const row of rows) {
      tables.add(row.table);
      const last = found.at(-1);
      if (row.table === 'ticket') {
        const open = { ticket: row.row, entries: [], resolutions: [], ...this.#keyFor(row.row) };
        found.push({ ...open, json: { ticket: row.json, entries: [], resolutions: [] } });
      } else if (row.table !== 'entry' && row.table !== 'resolution') this.#putRow(row);
      else if (last?.json && last.ticket.id === row.row.ticketId) {
        if (row.table === 'entry') last.entries.push(row.row);
        else last.resolutions.push(row.row);
        (row.table === 'entry' ? last.json.entries : last.json.resolutions).push(row.json);
      }
    }
    for (let start = 0; start < found.length; start += slice) {
      await pause();
      this.#save(found.slice(start, start + slice), this.#uncommitted);
    }
  }

  /** Makes the pages written since the last time visible to readers; a process that dies after it goes on behind them. */
  commitPages(filled: Filled): Touched {
    this.setMeta({ filled: JSON.stringify(filled) });
    return this.#commit();
  }
  /** The end of a bootstrap: the position counts. */
  finishBulk(position: string): Touched {
    this.#keys.forget();
    this.setMeta({ position, due_stale: null, filled: null });
    return this.#commit();
  }
  #commit(): Touched {
    const touched = this.#uncommitted;
    this.#uncommitted = { tables: new Set(), tickets: new Set() };
    if (this.#db.inTransaction) this.#db.exec('COMMIT');
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
          if (ticket) this.#putColumns(ticket, key, false);
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

  #put(change: AnyRow, open: Map<string, Open>): void {
    if (change.table === 'ticket') {
      const { row } = change;
      const known = this.#open(row.id, open);
      if (known && known.ticket.revision > row.revision) return;
      open.set(row.id, known ? { ...known, ticket: row } : { ticket: row, entries: [], resolutions: [], ...this.#keyFor(row) });
    } else if (change.table === 'entry') putNewer(this.#open(change.row.ticketId, open)?.entries, change.row);
    else if (change.table === 'resolution') putNewer(this.#open(change.row.ticketId, open)?.resolutions, change.row);
    else this.#putRow(change);
  }

  /** The key of a new one is taken in the file at once: the next new one must not get it too. */
  #keyFor(ticket: Ticket): { key: number; isNew: boolean } {
    const found = this.#keys.of(ticket);
    if (found.isNew && !this.#keys.remembers()) this.#putColumns(ticket, found.key, true);
    return found;
  }

  #drop({ table, gone, ticketId }: Extract<CacheChange, { gone: string }>, open: Map<string, Open>, touched: Touched): void {
    if (table === 'ticket') {
      const key = open.get(gone)?.key ?? this.#keys.known(gone);
      open.delete(gone);
      if (key !== undefined) this.#dropTicket(key, gone, touched);
    } else if (table === 'entry' || table === 'resolution') {
      const found = ticketId === undefined ? undefined : this.#open(ticketId, open);
      if (!found) return;
      if (table === 'entry') found.entries = found.entries.filter((one) => one.id !== gone);
      else found.resolutions = found.resolutions.filter((one) => one.id !== gone);
    } else this.#dropRow(table, gone);
  }

  /** As it is in the cache, or as the changes before have left it; undefined: not here. What belongs to no ticket here is not kept. */
  #open(ticketId: string, open: Map<string, Open>): Open | undefined {
    const known = open.get(ticketId);
    if (known) return known;
    const key = this.#keys.known(ticketId);
    const stored = key === undefined ? undefined : this.#rows.whole(ticketId);
    if (key === undefined || !stored) return undefined;
    const found = { ...stored, key, isNew: false };
    open.set(ticketId, found);
    return found;
  }

  #putRow(change: Exclude<AnyRow, { table: 'ticket' | 'entry' | 'resolution' }>): void {
    const { table, row } = change;
    const written = this.#sql.putRow.run(table, row.id, row.revision, JSON.stringify(row));
    if (written.changes === 0) return;
    this.#desk.forget(new Set([table]));
    if (table === 'person') this.#putPerson(row);
  }

  /** In key order, which the index takes without an extra flush. */
  #save(tickets: Open[], touched: Touched): void {
    tickets.sort((a, b) => a.key - b.key);
    for (const { ticket, entries, resolutions, key, isNew, json } of tickets) {
      touched.tickets.add(ticket.id);
      const texts = json
        ? [json.ticket, `[${json.entries.join(',')}]`, `[${json.resolutions.join(',')}]`]
        : [JSON.stringify(ticket), JSON.stringify(entries), JSON.stringify(resolutions)];
      this.#sql.putWhole.run(key, ticket.revision, ...texts);
      this.#putColumns(ticket, key, isNew);
      const fields = searchFieldsOf(ticket, entries, resolutions, (personId) => this.#desk.person(personId));
      const { number, title, description, notes, people, solutions, beginnings } = fields;
      const index = isNew ? this.#sql.index : this.#sql.reindex;
      index.run(key, ...[number, title, description, notes, people, solutions, beginnings].map((text) => text.normalize('NFC')));
    }
  }

  #putColumns(ticket: Ticket, key: number, isNew: boolean): void {
    const due =
      isDone(ticket) || !this.#desk.isReady()
        ? ({ state: 'none' } as const)
        : dueOf(ticket, this.#desk.policy(), this.#desk.calendar(ticket.siteId), this.#now());
    const columns = columnsOf(ticket, due, key);
    // Each of six indexes would be written again, whether its columns have changed or not.
    const stored = isNew ? undefined : (this.#sql.columns.get(key) as TicketColumns | undefined);
    if (stored && ticketColumns.every((name) => stored[name] === columns[name])) return;
    this.#sql.putTicket.run(...ticketColumns.map((name) => columns[name]));
  }

  #putPerson(person: Row<'person'>): void {
    const folded = fold(person.name);
    const words = personWords(person);
    const known = this.#sql.personById.get(person.id) as { key: number; folded: string; words: string } | undefined;
    if (known?.folded === folded && known.words === words) return;
    const key = known?.key ?? Number(this.#sql.addPerson.run(person.id, folded, words).lastInsertRowid);
    if (known) this.#sql.changePerson.run(folded, words, key);
    this.#sql.indexPerson.run(key, words);
  }

  #dropTicket(key: number, id: string, touched: Touched): void {
    this.#sql.unindex.run(key);
    this.#sql.dropTicket.run(key);
    this.#sql.dropWhole.run(key);
    touched.tables.add('ticket');
    touched.tickets.add(id);
  }

  #dropRow(table: TableName, id: string): void {
    this.#sql.dropRow.run(table, id);
    this.#desk.forget(new Set([table]));
    const known = table === 'person' ? (this.#sql.personById.get(id) as { key: number } | undefined) : undefined;
    if (!known) return;
    this.#sql.unindexPerson.run(known.key);
    this.#sql.dropPerson.run(known.key);
  }
}

/** Puts a row of a ticket beside the others, or in the place of an older one. */
function putNewer<T extends { id: string; revision: number }>(rows: T[] | undefined, row: T): void {
  const at = rows?.findIndex((one) => one.id === row.id) ?? -1;
  if (at < 0) rows?.push(row);
  else if (rows && (rows[at]?.revision ?? 0) <= row.revision) rows[at] = row;
}
