/** The statements that write cache.db, prepared once for a connection. */
import { ticketColumns } from './cache-schema.ts';
import type { Sqlite } from './sqlite.ts';

export function writeStatements(db: Sqlite) {
  const names = ticketColumns.join(', ');
  const searchColumns = 'rowid, number, title, description, notes, people, solutions, beginnings';
  const marks = ticketColumns.map(() => '?').join(', ');
  const updates = ticketColumns
    .filter((name) => name !== 'key')
    .map((name) => `${name} = excluded.${name}`)
    .join(', ');
  return {
    readMeta: db.prepare('SELECT value FROM meta WHERE name = ?').pluck(),
    writeMeta: db.prepare('INSERT INTO meta VALUES (?, ?) ON CONFLICT(name) DO UPDATE SET value = excluded.value'),
    dropMeta: db.prepare('DELETE FROM meta WHERE name = ?'),
    putRow: db.prepare(`INSERT INTO rows(tbl, id, revision, json) VALUES (?, ?, ?, ?)
      ON CONFLICT(tbl, id) DO UPDATE SET revision = excluded.revision, json = excluded.json WHERE excluded.revision >= rows.revision`),
    dropRow: db.prepare('DELETE FROM rows WHERE tbl = ? AND id = ?'),
    anyRow: db.prepare('SELECT 1 FROM rows LIMIT 1').pluck(),
    putWhole: db.prepare('INSERT OR REPLACE INTO whole(key, revision, ticket, entries, resolutions) VALUES (?, ?, ?, ?, ?)'),
    dropWhole: db.prepare('DELETE FROM whole WHERE key = ?'),
    columns: db.prepare(`SELECT ${names} FROM ticket WHERE key = ?`),
    putTicket: db.prepare(`INSERT INTO ticket(${names}) VALUES (${marks}) ON CONFLICT(key) DO UPDATE SET ${updates}`),
    liveAfter: db.prepare('SELECT key, id FROM ticket WHERE done = 0 AND key > ? ORDER BY key LIMIT ?'),
    dropTicket: db.prepare('DELETE FROM ticket WHERE key = ?'),
    index: db.prepare(`INSERT INTO search(${searchColumns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`),
    reindex: db.prepare(`INSERT OR REPLACE INTO search(${searchColumns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`),
    unindex: db.prepare('DELETE FROM search WHERE rowid = ?'),
    personById: db.prepare('SELECT key, folded, words FROM person_name WHERE id = ?'),
    addPerson: db.prepare('INSERT INTO person_name(id, folded, words) VALUES (?, ?, ?)'),
    changePerson: db.prepare('UPDATE person_name SET folded = ?, words = ? WHERE key = ?'),
    dropPerson: db.prepare('DELETE FROM person_name WHERE key = ?'),
    indexPerson: db.prepare('INSERT OR REPLACE INTO person_search(rowid, name) VALUES (?, ?)'),
    unindexPerson: db.prepare('DELETE FROM person_search WHERE rowid = ?'),
  };
}
