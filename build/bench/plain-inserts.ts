/**
 * What SQLite alone needs for a console's rows: each as it is, under its table and id and with an index of its ticket, beside the
 * columns that lists sort by and the texts of the search index; plain prepared inserts, in few transactions and waiting for no sync,
 * as a bootstrap does. Everything is in memory before the clock starts.
 */
import Database from 'better-sqlite3';
import { openCacheReader } from '../../electron/core/storage/cache-read.ts';
import { cacheSchema, ticketColumns } from '../../electron/core/storage/cache-schema.ts';
import { searchFieldsOf } from '../../electron/core/storage/ticket-columns.ts';

/** Tickets with everything of theirs in one transaction. */
const TICKETS_AT_ONCE = 10_000;
const plainRows = `
CREATE TABLE plain(tbl TEXT NOT NULL, id TEXT NOT NULL, ticket_id TEXT, revision INTEGER NOT NULL, json TEXT NOT NULL);
CREATE UNIQUE INDEX plain_by_id ON plain(tbl, id);
CREATE INDEX plain_of_ticket ON plain(ticket_id) WHERE ticket_id IS NOT NULL;
`;
type Plain = [table: string, id: string, ticketId: string | null, revision: number, json: string];
interface Stored {
  id: string;
  revision: number;
}
const plainOf = (table: string, row: Stored, ticketId: string | null): Plain => [
  table,
  row.id,
  ticketId,
  row.revision,
  JSON.stringify(row),
];

/** `rows`: of the feed's tables. `ms`: inserts and commits only. */
export function plainInserts(filled: string, file: string): { rows: number; ms: number } {
  const reader = openCacheReader(filled);
  const persons = new Map(reader.rows.all('person').map((person) => [person.id, person]));
  const columns = reader.db.prepare<[], Record<string, unknown>>('SELECT * FROM ticket ORDER BY key').all();
  const people = reader.db.prepare<[], { key: number; id: string; folded: string; words: string }>('SELECT * FROM person_name').all();
  const desk = reader.db.prepare<[], { tbl: string; id: string; revision: number; json: string }>('SELECT * FROM rows').all();
  const tickets = columns.map((column) => {
    const whole = reader.rows.whole(String(column.id));
    if (!whole) throw new Error('a ticket of the lists is not there');
    const { ticket, entries, resolutions } = whole;
    const texts = searchFieldsOf(ticket, entries, resolutions, (id) => persons.get(id));
    return {
      column: ticketColumns.map((name) => column[name]),
      rows: [
        plainOf('ticket', ticket, null),
        ...entries.map((row) => plainOf('entry', row, ticket.id)),
        ...resolutions.map((row) => plainOf('resolution', row, ticket.id)),
      ],
      texts: [column.key, texts.number, texts.title, texts.description, texts.notes, texts.people, texts.solutions, texts.beginnings],
    };
  });
  reader.close();

  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = OFF');
  db.pragma('wal_autocheckpoint = 16000');
  db.pragma('cache_size = -131072');
  db.exec(cacheSchema + plainRows);
  const put = db.prepare('INSERT INTO plain VALUES (?, ?, ?, ?, ?)');
  const putTicket = db.prepare(`INSERT INTO ticket(${ticketColumns.join(', ')}) VALUES (${ticketColumns.map(() => '?').join(', ')})`);
  const putTexts = db.prepare(
    'INSERT INTO search(rowid, number, title, description, notes, people, solutions, beginnings) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const putName = db.prepare('INSERT INTO person_name VALUES (?, ?, ?, ?)');
  const indexName = db.prepare('INSERT INTO person_search(rowid, name) VALUES (?, ?)');
  const start = performance.now();
  db.transaction(() => {
    for (const { tbl, id, revision, json } of desk) put.run(tbl, id, null, revision, json);
    for (const person of people) {
      putName.run(person.key, person.id, person.folded, person.words);
      indexName.run(person.key, person.words);
    }
  })();
  for (let at = 0; at < tickets.length; at += TICKETS_AT_ONCE) {
    const some = tickets.slice(at, at + TICKETS_AT_ONCE);
    db.transaction(() => {
      for (const one of some) {
        for (const row of one.rows) put.run(...row);
        putTicket.run(...one.column);
        putTexts.run(...one.texts);
      }
    })();
  }
  const ms = performance.now() - start;
  db.close();
  return { rows: desk.length + tickets.reduce((sum, one) => sum + one.rows.length, 0), ms };
}
