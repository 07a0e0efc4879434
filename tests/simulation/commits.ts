/** Tells of each commit to a SQLite file of this process at the very instant: what a kill finds then is what it finds on the disk. */
import Database from 'better-sqlite3';

type Listener = (file: string) => void;

/** Returns what ends it. */
export function onCommit(listener: Listener): () => void {
  const probe = new Database(':memory:');
  const statement = Object.getPrototypeOf(probe.prepare('SELECT 1')) as { run: (...values: unknown[]) => unknown };
  const database = Database.prototype as { exec: (sql: string) => unknown };
  probe.close();
  const { run } = statement;
  const { exec } = database;
  statement.run = function (this: Database.Statement, ...values) {
    const result = run.apply(this, values);
    const { database: of, source, readonly } = this;
    if (!of.inTransaction && !readonly && !/^\s*(begin|rollback)/i.test(source)) listener(of.name);
    else if (!of.inTransaction && /^\s*commit/i.test(source)) listener(of.name);
    return result;
  };
  database.exec = function (this: Database.Database, sql) {
    const result = exec.call(this, sql);
    if (/^\s*commit/i.test(sql)) listener(this.name);
    return result;
  };
  return () => {
    statement.run = run;
    database.exec = exec;
  };
}
