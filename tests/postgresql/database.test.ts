import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { databaseOver, openDatabase, readPosition } from '../../server/db/database.ts';
import { FutureSchemaError, migrations } from '../../server/db/migrate.ts';
import { postgresStore } from '../../server/db/postgres-store.ts';
import { DatabaseUnavailableError, type Store } from '../../server/db/store.ts';
import { startDesk } from '../server/desk.ts';
import { openInput, operationOf } from '../server/desk-content.ts';
import { newStorage, type Storage } from '../server/storage.ts';

let storage: Storage;
beforeEach(async () => {
  storage = await newStorage();
});
afterEach(() => storage.remove());
const open = () => openDatabase({ dataDir: '', databaseUrl: storage.databaseUrl });
async function ask<T>(sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: String(storage.databaseUrl) });
  await client.connect();
  try {
    return (await client.query(sql)).rows as T[];
  } finally {
    await client.end();
  }
}

test('an epoch outlives a restart', async () => {
  const first = await open();
  const { epoch } = await first.read(readPosition);
  await first.close();
  const again = await open();
  expect((await again.read(readPosition)).epoch).toBe(epoch);
  await again.close();
});

test('a database from a newer server is refused, and left as it was', async () => {
  await ask(`insert into schema_version values (${migrations.length + 1}, 'of-tomorrow', '2027-01-01')`);
  await expect(open()).rejects.toThrow(FutureSchemaError);
  expect(await ask('select version from schema_version')).toHaveLength(migrations.length + 1);
});

test('the handle for reading cannot write, and a failed write leaves nothing and moves nothing', async () => {
  const database = await open();
  const before = await database.read(readPosition);
  const forged = database.read((db) =>
    (db as unknown as Parameters<Parameters<typeof database.write>[0]>[0]).deleteFrom('setting').execute(),
  );
  await expect(forged).rejects.toThrow(/read-only/);
  const failed = database.write(async (tx) => {
    await tx.insertInto('setting').values({ key: 'lost', value: '1' }).execute();
    tx.feed({ table: 'team', rowId: 't', ticketId: null, teamBefore: null, teamAfter: null, peopleBefore: null, peopleAfter: null });
    throw new Error('after all, no');
  });
  await expect(failed).rejects.toThrow('after all, no');
  expect(await database.read(readPosition)).toEqual(before);
  expect(await ask('select * from setting')).toEqual([]);
  await database.close();
});

test('texts are ordered as everywhere else, whatever the collation of the database', async () => {
  const keys = ['a', 'B', 'é', 'Z', '_', '-', 'a-b', 'ab', '1', 'À'];
  expect([...keys].sort()).not.toEqual([...keys].sort(new Intl.Collator('fr').compare));
  const ordered = (await ask<{ k: string }>(`select k from unnest(array['${keys.join("','")}']) as k order by k`)).map(({ k }) => k);
  // The test's own database would do it otherwise.
  expect(ordered).not.toEqual([...keys].sort());
  const database = await open();
  await database.write(async (tx) => {
    for (const key of keys) await tx.insertInto('setting').values({ key, value: '' }).execute();
  });
  const stored = await database.read((db) => db.selectFrom('setting').select('key').orderBy('key').execute());
  expect(stored.map((row) => row.key)).toEqual([...keys].sort());
  await database.close();
});

describe('what one process changes', () => {
  /** Opens it twice, as two processes do, writes by the first and answers what the second was told until `until` holds. */
  async function told(build: (store: Store) => Store, until: (seqs: number[]) => void): Promise<void> {
    const clock = () => new Date();
    const writing = databaseOver(build(await postgresStore(String(storage.databaseUrl), clock)), clock);
    const listening = await open();
    const seqs: number[] = [];
    listening.onPosition(({ seq }) => seqs.push(seq));
    const item = { table: 'team', ticketId: null, teamBefore: null, teamAfter: null, peopleBefore: null, peopleAfter: null } as const;
    for (let seq = 1; seq <= 10; seq += 1) await writing.write(async (tx) => tx.feed({ ...item, rowId: `team-${seq}` }));
    await vi.waitFor(() => until(seqs), { timeout: 20_000 });
    await writing.close();
    await listening.close();
  }

  test('is announced to the others, each change on its own', async () => {
    await told(
      (store) => store,
      (seqs) => expect(seqs).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
    );
  });

  test('is found by looking where the announcement was lost', async () => {
    await told(
      (store) => ({ ...store, announcing: undefined }),
      (seqs) => expect(seqs.at(-1)).toBe(10),
    );
  });
});

test('a character that PostgreSQL has not is no error', async () => {
  const desk = await startDesk();
  try {
    const farid = await desk.signIn('farid');
    const body = { login: 'far\0id', password: 'x', device: '\0' };
    expect((await desk.call('POST', '/v1/session', { body })).status).toBe(401);
    const ticketId = randomUUID();
    await farid.must('open', ticketId, openInput('farid', { title: 'With \0 in it' }));
    expect((await farid.ticket(ticketId)).ticket.title).toBe('With \0 in it');
    const nonsense = operationOf('no\0te', ticketId);
    const [first] = await farid.push(nonsense);
    expect(first).toMatchObject({ status: 'rejected', refusal: { code: 'invalid' } });
    expect(await farid.push(nonsense)).toEqual([first]);
  } finally {
    await desk.close();
  }
});

test('a database that is not there is told with its place, and without its password', async () => {
  const url = new URL(String(storage.databaseUrl));
  url.password = 'very-secret';
  url.searchParams.set('host', '/nowhere');
  const failed = openDatabase({ dataDir: '', databaseUrl: url.href });
  await expect(failed).rejects.toThrow(DatabaseUnavailableError);
  await expect(failed).rejects.toThrow(/^((?!very-secret).)*$/);
});
