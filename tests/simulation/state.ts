/** What lies in the files of both ends, read without the code that is under test. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Ticket } from '#shared/domain/model.ts';

export interface StoredRow {
  table: string;
  id: string;
  row: Record<string, unknown>;
}
export interface OutboxOperation {
  id: string;
  author_id: string;
  name: string;
  state: string;
  input: string;
}
export interface OutboxState {
  operations: OutboxOperation[];
  /** Refusals and drafts, as text. */
  givenBack: string;
  offers: number;
}
export interface ServerOperation {
  id: string;
  name: string;
  ticket_id: string;
  author_id: string;
  status: string;
  /** JSON, as it was pushed. */
  body: string;
}
export interface ServerState {
  operations: Map<string, ServerOperation>;
  tickets: { id: string; team_id: string; doc: Ticket }[];
  /** Every line of every timeline, as text. */
  entries: { id: string; operation_id: string; ticket_id: string; doc: string }[];
  roles: { personId: string; teamId: string | null; role: string }[];
  position: { epoch: string; seq: number };
}

function reading<T>(file: string, read: (db: Database.Database) => T): T {
  const db = new Database(file, { readonly: true });
  try {
    return read(db);
  } finally {
    db.close();
  }
}

export function outboxState(folder: string): OutboxState {
  return reading(join(folder, 'outbox.db'), (db) => ({
    operations: db.prepare('SELECT id, author_id, name, state, input FROM operation').all() as OutboxOperation[],
    givenBack: (db.prepare('SELECT content FROM rejection UNION ALL SELECT content FROM draft').pluck().all() as string[]).join('\n'),
    offers: db.prepare("SELECT count(*) FROM meta WHERE name LIKE 'offer %'").pluck().get() as number,
  }));
}

/** Revisions of what a cache holds, asked often; `close` it before its folder goes. */
export class CachedRevisions {
  readonly #file: string;
  #open: { db: Database.Database; inode: number; tickets: Database.Statement; others: Database.Statement } | undefined;

  constructor(folder: string) {
    this.#file = join(folder, 'cache.db');
  }
  now(): [string, number][] {
    const { tickets, others } = this.#current();
    return [...tickets.all(), ...others.all()] as [string, number][];
  }
  /** A resync puts another file in its place. */
  #current() {
    const inode = statSync(this.#file).ino;
    if (this.#open?.inode === inode) return this.#open;
    this.close();
    const db = new Database(this.#file, { readonly: true });
    const tickets = db.prepare('SELECT ticket.id, whole.revision FROM ticket JOIN whole USING (key)').raw();
    const others = db.prepare("SELECT tbl || ' ' || id, revision FROM rows").raw();
    this.#open = { db, inode, tickets, others };
    return this.#open;
  }
  close(): void {
    this.#open?.db.close();
    this.#open = undefined;
  }
}

export function cachedRows(folder: string): StoredRow[] {
  return reading(join(folder, 'cache.db'), (db) => {
    const rows: StoredRow[] = [];
    for (const [table, id, json] of db.prepare('SELECT tbl, id, json FROM rows').raw().all() as [string, string, string][]) {
      rows.push({ table, id, row: JSON.parse(json) });
    }
    const add = (table: string, list: Record<string, unknown>[]) => {
      for (const row of list) rows.push({ table, id: String(row.id), row });
    };
    for (const [ticket, entries, resolutions] of db.prepare('SELECT ticket, entries, resolutions FROM whole').raw().all() as string[][]) {
      add('ticket', [JSON.parse(ticket ?? '')]);
      add('entry', JSON.parse(entries ?? ''));
      add('resolution', JSON.parse(resolutions ?? ''));
    }
    return rows;
  });
}

export function serverState(folder: string): ServerState {
  return reading(join(folder, 'guichet.db'), (db) => {
    const operations = db
      .prepare('SELECT id, name, ticket_id, author_id, status, body FROM operation ORDER BY seq, rowid')
      .all() as ServerOperation[];
    const tickets = db.prepare('SELECT id, team_id, doc FROM ticket').all() as { id: string; team_id: string; doc: string }[];
    const roles = db.prepare("SELECT doc FROM directory WHERE table_name = 'membership'").pluck().all() as string[];
    return {
      operations: new Map(operations.map((one) => [one.id, one])),
      tickets: tickets.map((one) => ({ ...one, doc: JSON.parse(one.doc) as Ticket })),
      entries: db.prepare('SELECT id, operation_id, ticket_id, doc FROM entry').all() as ServerState['entries'],
      roles: roles.map((doc) => JSON.parse(doc)),
      position: db.prepare('SELECT epoch, seq FROM position').get() as ServerState['position'],
    };
  });
}
