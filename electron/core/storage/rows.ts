/** Confirmed rows by table and id, for whoever holds a connection; parsed where they entered, so trusted here. */
import type { Row, TableName } from '#shared/domain/model.ts';
import type { Sqlite } from './sqlite.ts';

export interface RowSource {
  get<T extends TableName>(table: T, id: string): Row<T> | undefined;
  all<T extends TableName>(table: T): Row<T>[];
  ofTicket<T extends 'entry' | 'resolution'>(table: T, ticketId: string): Row<T>[];
}

export function rowSource(db: Sqlite): RowSource {
  const one = db.prepare<[string, string], string>('SELECT json FROM rows WHERE tbl = ? AND id = ?').pluck();
  const every = db.prepare<[string], string>('SELECT json FROM rows WHERE tbl = ? ORDER BY id').pluck();
  const some = db.prepare<[string, string], string>('SELECT json FROM rows WHERE ticket_id = ? AND tbl = ?').pluck();
  return {
    get: <T extends TableName>(table: T, id: string) => {
      const json = one.get(table, id) as string | undefined;
      return json === undefined ? undefined : (JSON.parse(json) as Row<T>);
    },
    all: <T extends TableName>(table: T) => (every.all(table) as string[]).map((json) => JSON.parse(json) as Row<T>),
    ofTicket: <T extends 'entry' | 'resolution'>(table: T, ticketId: string) =>
      (some.all(ticketId, table) as string[]).map((json) => JSON.parse(json) as Row<T>),
  };
}
