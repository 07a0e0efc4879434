/**
 * The real server without its id check: it does not look up what was sent before, and its tables take an id twice. Whatever arrives a
 * second time is done a second time.
 */
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import Database from 'better-sqlite3';

const LOOK_UP = 'recordedOperations(tx, [operation.id])';
/** Of no operation at all. */
const NONE = 'recordedOperations(tx, [""])';
registerHooks({
  load: (url, context, nextLoad) => {
    const loaded = nextLoad(url, context);
    if (!url.endsWith('/server/operations/push.ts')) return loaded;
    const source = String(loaded.source);
    if (!source.includes(LOOK_UP)) throw new Error('the id check is somewhere else now: take it out there');
    return { ...loaded, source: source.replace(LOOK_UP, NONE) };
  },
});

const database = new Database(join(process.env.DATA_DIR ?? '', 'guichet.db'));
for (const table of ['operation', 'entry']) {
  database.exec(`BEGIN; CREATE TABLE anew AS SELECT * FROM ${table}; DROP TABLE ${table}; ALTER TABLE anew RENAME TO ${table}; COMMIT;`);
}
database.close();
const { runServer } = await import('../../../server/run.ts');
process.exitCode = await runServer(process.env);
