/**
 * The real server over a database that loses one row of the feed: that of a ticket which was closed, long after anything else of it
 * was told. Only consoles can notice: the ticket itself is as it should be.
 */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { runServer } from '../../../server/run.ts';

/** Rows on a page of the feed: when so many came since the ticket was last told of, no page has both. */
const PAGE = 500;
const database = new Database(join(process.env.DATA_DIR ?? '', 'guichet.db'));
database.exec(`
  CREATE TABLE lost(row_id TEXT);
  CREATE TRIGGER lose_one AFTER INSERT ON feed
  WHEN NEW.table_name = 'ticket'
    AND NOT EXISTS (SELECT 1 FROM lost)
    AND (SELECT phase FROM ticket WHERE id = NEW.row_id) = 'closed'
    AND (
      SELECT count(*) FROM feed WHERE seq < NEW.seq
      AND seq > (SELECT max(seq) FROM feed WHERE ticket_id = NEW.row_id AND seq < NEW.seq)
    ) > ${PAGE}
  BEGIN
    INSERT INTO lost VALUES (NEW.row_id);
    DELETE FROM feed WHERE seq = NEW.seq AND n = NEW.n;
  END;
`);
database.close();
process.exitCode = await runServer(process.env);
