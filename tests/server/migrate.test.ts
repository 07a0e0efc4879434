import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase, readPosition } from '../../server/db/database.ts';
import { openSqliteWriter } from '../../server/db/dialect-sqlite.ts';
import { FutureSchemaError, type Migration, migrate, migrations } from '../../server/db/migrate.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'guichet-migrate-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));
const now = () => new Date('2026-01-01T00:00:00.000Z');
const versions = () => {
  const raw = new Database(join(dir, 'guichet.db'), { readonly: true });
  const rows = raw.prepare('select version, name from schema_version order by version').all();
  raw.close();
  return rows;
};

test('a new database gets every migration once, and an epoch that a restart keeps', async () => {
  const first = await openDatabase({ dataDir: dir });
  const { epoch } = await first.read(readPosition);
  await first.close();
  const again = await openDatabase({ dataDir: dir });
  expect((await again.read(readPosition)).epoch).toBe(epoch);
  await again.close();
  expect(versions()).toEqual(migrations.map((one, index) => ({ version: index + 1, name: one.name })));
});

test('a database from a newer server is refused, and left as it was', async () => {
  await (await openDatabase({ dataDir: dir })).close();
  const raw = new Database(join(dir, 'guichet.db'));
  raw.prepare("insert into schema_version values (?, 'of-tomorrow', '2027-01-01')").run(migrations.length + 1);
  raw.close();
  await expect(openDatabase({ dataDir: dir })).rejects.toThrow(FutureSchemaError);
  await expect(openDatabase({ dataDir: dir })).rejects.toThrow(/newer Guichet server/);
  expect(versions()).toHaveLength(migrations.length + 1);
});

test('a further migration finds the rows of the version before', async () => {
  await (await openDatabase({ dataDir: dir })).close();
  const writer = openSqliteWriter(join(dir, 'guichet.db'));
  await writer.insertInto('setting').values({ key: 'kept', value: '1' }).execute();
  const next: Migration = {
    name: '0002-next',
    up: async (db) => {
      await db.schema.alterTable('setting').addColumn('note', 'text').execute();
    },
  };
  await migrate(writer, now, [...migrations, next]);
  await migrate(writer, now, [...migrations, next]);
  expect(await writer.selectFrom('setting').selectAll().execute()).toEqual([{ key: 'kept', value: '1', note: null }]);
  await writer.destroy();
  expect(versions()).toHaveLength(migrations.length + 1);
});

test('a migration that fails leaves nothing behind', async () => {
  await (await openDatabase({ dataDir: dir })).close();
  const writer = openSqliteWriter(join(dir, 'guichet.db'));
  const broken: Migration = {
    name: '0002-broken',
    up: async (db) => {
      await db.schema.createTable('half_done').addColumn('id', 'text').execute();
      throw new Error('no further');
    },
  };
  await expect(migrate(writer, now, [...migrations, broken])).rejects.toThrow('no further');
  await writer.destroy();
  const raw = new Database(join(dir, 'guichet.db'), { readonly: true });
  expect(raw.prepare("select name from sqlite_master where name = 'half_done'").all()).toEqual([]);
  raw.close();
  expect(versions()).toHaveLength(migrations.length);
});

test('the handle for reading cannot write, and a failed write leaves nothing and moves nothing', async () => {
  const database = await openDatabase({ dataDir: dir });
  const before = await database.read(readPosition);
  const forged = database.read((db) =>
    (db as unknown as Parameters<Parameters<typeof database.write>[0]>[0]).deleteFrom('setting').execute(),
  );
  await expect(forged).rejects.toThrow(/readonly/);
  const failed = database.write(async (tx) => {
    await tx.insertInto('setting').values({ key: 'lost', value: '1' }).execute();
    tx.feed({ table: 'team', rowId: 't', ticketId: null, teamBefore: null, teamAfter: null, peopleBefore: null, peopleAfter: null });
    throw new Error('after all, no');
  });
  await expect(failed).rejects.toThrow('after all, no');
  expect(await database.read(readPosition)).toEqual(before);
  expect(await database.read((db) => db.selectFrom('setting').selectAll().execute())).toEqual([]);
  await database.close();
});
