/**
 * The desk that is measured: 100,000 tickets with 300,000 lines of timeline, lived as the log's tickets lived (server/demo: the same
 * arrivals, lives and durations, with texts). Made once by the server's own import, and kept; the same every time.
 */
import { createHash } from 'node:crypto';
import { constants, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { ImportOperation } from '#shared/contract/api.ts';
import { hashPassword } from '../../server/auth/password.ts';
import { restorePostgres } from '../../server/db/copies-postgres.ts';
import { openDatabase, readPosition } from '../../server/db/database.ts';
import { deskCache } from '../../server/db/desk.ts';
import { putCredential, putMembership, putPerson } from '../../server/db/directory.ts';
import { makeCrew } from '../../server/demo/crew.ts';
import { latestOccurrences } from '../../server/demo/cycle.ts';
import { teams } from '../../server/demo/house.ts';
import { IMPORTER_ID, makePeople } from '../../server/demo/people.ts';
import { prepareDemo } from '../../server/demo/prepare.ts';
import { readSlice } from '../../server/demo/slice.ts';
import { storyOf } from '../../server/demo/story.ts';
import { importOperations } from '../../server/operations/import.ts';

/** A Wednesday morning: the last opening; fixed, so that the set does not depend on the day of the run. */
const UNTIL = Date.parse('2026-06-10T07:30:00.000Z');
const LINES_PER_TICKET = 3;
const BATCH = 1000;
export const TICKETS = 100_000;

/** Technicians of every team, who see every ticket. */
export const benchPeople = [
  { id: 'bench.first', name: 'Camille Arnaud' },
  { id: 'bench.second', name: 'Sacha Berger' },
] as const;
export const BENCH_PASSWORD = 'measured-twice';

export interface DataSet {
  tickets: number;
  /** Rows that a technician of every team is sent. */
  rows: number;
  /** The kept database; never opened by a server itself. */
  file: string;
  /** Puts a copy into a server's folder. */
  copyTo(dataDir: string): void;
  /** Puts a copy into a database of PostgreSQL. @throws Error when somebody uses it */
  putInto(databaseUrl: string, dataDir: string): Promise<void>;
}

const root = join(import.meta.dirname, '..', '..');
const sources = ['server/demo', 'server/db/migrations', 'shared/domain', 'resources/demo', 'build/bench/data-set.ts'];
/** Of the demo desk, but not of what the set is made of. */
const others = /server\/demo\/(cast|import-client|live|main|memory|run-demo)\.ts$/;

/** Of everything that decides what the set looks like. */
function fingerprint(): string {
  const hash = createHash('sha256');
  for (const source of sources) {
    const path = join(root, source);
    const found = source.endsWith('.ts') ? [path] : readdirSync(path, { recursive: true }).map((name) => join(path, String(name)));
    for (const file of found.sort()) if (statSync(file).isFile() && !others.test(file)) hash.update(readFileSync(file));
  }
  return hash.digest('hex').slice(0, 12);
}

export async function dataSet(folder: string, tickets: number, say: (line: string) => void): Promise<DataSet> {
  const kept = join(folder, `desk-${tickets}-${fingerprint()}.db`);
  if (!existsSync(kept)) await make(folder, kept, tickets, say);
  const rows = countRows(kept);
  return {
    tickets,
    rows,
    file: kept,
    copyTo: (dataDir) => {
      mkdirSync(dataDir, { recursive: true, mode: 0o700 });
      copyFileSync(kept, join(dataDir, 'guichet.db'), constants.COPYFILE_FICLONE);
    },
    putInto: async (databaseUrl, dataDir) => {
      await refuseUsed(databaseUrl);
      say('putting the desk into PostgreSQL');
      await restorePostgres(databaseUrl, dataDir, kept, new Date());
    },
  };
}

/** What is in it would be replaced. */
async function refuseUsed(databaseUrl: string): Promise<void> {
  const database = await openDatabase({ dataDir: '', databaseUrl });
  const { seq } = await database.read(readPosition).finally(() => database.close());
  if (seq > 0) throw new Error('The database of --database-url is not empty: take one for the bench alone.');
}

async function make(folder: string, kept: string, tickets: number, say: (line: string) => void): Promise<void> {
  const from = performance.now();
  const seconds = () => `${((performance.now() - from) / 1000).toFixed(0)} s`;
  const place = join(folder, `making-${process.pid}`);
  rmSync(place, { recursive: true, force: true });
  say(`making a desk of ${tickets} tickets (once; it is kept in ${folder})`);
  const database = await openDatabase({ dataDir: place });
  try {
    await prepareDemo(database, place, new Date(UNTIL));
    const passwordHash = await hashPassword(BENCH_PASSWORD);
    await database.write(async (tx) => {
      for (const { id, name } of benchPeople) {
        await putPerson(tx, { id, name, email: null, phone: null, siteId: 'lyon', place: '', language: 'fr', active: true });
        for (const team of teams) await putMembership(tx, { id: `${id}:${team.id}`, personId: id, teamId: team.id, role: 'technician' });
        await putCredential(tx, { personId: id, login: id, passwordHash });
      }
    });
    const services = { database, desk: deskCache() };
    let done = 0;
    let batch: ImportOperation[] = [];
    const send = async () => {
      const outcomes = await importOperations(services, IMPORTER_ID, batch, false);
      const wrong = outcomes.find((one) => one.status === 'rejected');
      if (wrong) throw new Error(`the import refused ${JSON.stringify(wrong)}`);
      batch = [];
    };
    for (const story of stories(tickets)) {
      batch.push(...story);
      if (batch.length >= BATCH) await send();
      done += 1;
      if (done % 20_000 === 0) say(`${done} tickets, ${seconds()}`);
    }
    if (batch.length > 0) await send();
  } finally {
    await database.close();
  }
  thin(join(place, 'guichet.db'), tickets * LINES_PER_TICKET);
  renameSync(join(place, 'guichet.db'), kept);
  rmSync(place, { recursive: true, force: true });
  say(`the desk is made, ${seconds()}`);
}

/** Each ticket's operations up to the end, oldest ticket first. */
function* stories(tickets: number): Generator<ImportOperation[]> {
  const slice = readSlice();
  const world = { requesters: makePeople().requesters, crew: makeCrew(slice) };
  const end = new Date(UNTIL).toISOString();
  for (const one of latestOccurrences(slice, tickets, UNTIL)) yield storyOf(one, world).filter((operation) => operation.at <= end);
}

/**
 * Lives have more lines than are asked for: all openings stay, of the others as many as make the number, by their (random) ids. Pages stay as
 * the desk's growth has left them: in a file that was just vacuumed they are full, and for its first days nearly every insert splits one.
 */
function thin(file: string, lines: number): void {
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.pragma('foreign_keys = OFF');
  db.transaction(() => {
    const opening = "json_extract(doc, '$.kind') = 'opened'";
    const openings = db.prepare(`SELECT count(*) FROM entry WHERE ${opening}`).pluck().get() as number;
    const first = db
      .prepare(`SELECT id FROM entry WHERE NOT (${opening}) ORDER BY id LIMIT 1 OFFSET ?`)
      .pluck()
      .get(Math.max(0, lines - openings));
    if (first === undefined) return;
    db.prepare(`DELETE FROM entry WHERE NOT (${opening}) AND id >= ?`).run(first);
    db.prepare("DELETE FROM feed WHERE table_name = 'entry' AND row_id NOT IN (SELECT id FROM entry)").run();
  })();
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.pragma('journal_mode = DELETE');
  db.close();
}

function countRows(file: string): number {
  const db = new Database(file, { readonly: true });
  const count = (table: string) => db.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number;
  const rows = count('ticket') + count('entry') + count('resolution') + count('directory');
  db.close();
  return rows;
}
