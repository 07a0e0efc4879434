/** Confirmed rows by table and id, for whoever holds a connection; parsed where they entered, so trusted here. */
import type { AnyRow, Entry, Resolution, Row, TableName, Ticket } from '#shared/domain/model.ts';
import { DamagedRow, type Sqlite } from './sqlite.ts';

/** Tables whose rows are kept with the ticket that they belong to. */
type OfTicket = 'entry' | 'resolution';
export interface WholeTicket {
  ticket: Ticket;
  entries: Entry[];
  resolutions: Resolution[];
}

/** What the server sends: a row, or what is gone; a line or a resolution says of which ticket. */
export type CacheChange = AnyRow | { table: TableName; gone: string; ticketId?: string | undefined };

export interface RowSource {
  get<T extends Exclude<TableName, OfTicket>>(table: T, id: string): Row<T> | undefined;
  all<T extends TableName>(table: T): Row<T>[];
  /** A ticket with its timeline and its resolutions, in no particular order; undefined: not here. */
  whole(ticketId: string): WholeTicket | undefined;
}

export function rowSource(db: Sqlite): RowSource {
  const one = db.prepare<[string, string], string>('SELECT json FROM rows WHERE tbl = ? AND id = ?').pluck();
  const every = db.prepare<[string], string>('SELECT json FROM rows WHERE tbl = ? ORDER BY id').pluck();
  const ofId = 'FROM whole WHERE key = (SELECT key FROM ticket WHERE id = ?)';
  const ticket = db.prepare<[string], string>(`SELECT ticket ${ofId}`).pluck();
  const whole = db.prepare<[string], Record<'ticket' | 'entries' | 'resolutions', string>>(`SELECT ticket, entries, resolutions ${ofId}`);
  const tickets = db.prepare<[], string>('SELECT ticket FROM whole').pluck();
  const entries = db.prepare<[], string>('SELECT entries FROM whole').pluck();
  const resolutions = db.prepare<[], string>('SELECT resolutions FROM whole').pluck();
  return {
    get: <T extends TableName>(table: T, id: string) => {
      const json = (table === 'ticket' ? ticket.get(id) : one.get(table, id)) as string | undefined;
      return json === undefined ? undefined : stored<Row<T>>(json);
    },
    all: <T extends TableName>(table: T) => {
      const list = table === 'entry' ? entries : table === 'resolution' ? resolutions : undefined;
      if (list) return (list.all() as string[]).flatMap((json) => stored<Row<T>[]>(json));
      const rows = (table === 'ticket' ? tickets.all() : every.all(table)) as string[];
      return rows.map((json) => stored<Row<T>>(json));
    },
    whole: (ticketId) => {
      const found = whole.get(ticketId);
      if (!found) return undefined;
      return { ticket: stored(found.ticket), entries: stored(found.entries), resolutions: stored(found.resolutions) };
    },
  };
}

/** @throws DamagedRow */
function stored<T>(json: string): T {
  try {
    return JSON.parse(json) as T;
  } catch (error) {
    throw new DamagedRow(error instanceof Error ? error.message : String(error));
  }
}
