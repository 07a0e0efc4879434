/** Where a test's server keeps its data: a folder of its own and, where the tests run on PostgreSQL, a database of its own. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import '../postgresql/for-all-tests.ts';

export interface Storage {
  dataDir: string;
  databaseUrl: string | null;
  /** The same as settings. */
  env: Record<string, string>;
  remove(): Promise<void>;
}

export const onPostgresql = inject('postgresql') !== undefined;

/** `empty`: as an administrator makes it, without a schema. */
export async function newStorage({ empty = false } = {}): Promise<Storage> {
  const dataDir = mkdtempSync(join(tmpdir(), 'guichet-server-'));
  const template = inject('postgresql');
  const databaseUrl = template === undefined ? null : await newDatabase(template, empty);
  return {
    dataDir,
    databaseUrl,
    env: { DATA_DIR: dataDir, ...(databaseUrl !== null && { DATABASE_URL: databaseUrl }) },
    remove: async () => {
      rmSync(dataDir, { recursive: true, force: true });
      if (databaseUrl !== null) await asAdmin(databaseUrl, (client, name) => client.query(`drop database ${name} with (force)`));
    },
  };
}

async function newDatabase(template: string, empty: boolean): Promise<string> {
  const url = new URL(template);
  const like = empty ? 'template0' : url.pathname.slice(1);
  url.pathname = `desk_${randomUUID().replaceAll('-', '')}`;
  await asAdmin(url.href, (client, name) => client.query(`create database ${name} template ${like} strategy file_copy`));
  return url.href;
}

/** Beside the database, which may be in use. */
async function asAdmin(url: string, work: (client: pg.Client, name: string) => Promise<unknown>): Promise<void> {
  const admin = new URL(url);
  const name = admin.pathname.slice(1);
  admin.pathname = 'postgres';
  const client = new pg.Client({ connectionString: admin.href });
  await client.connect();
  try {
    await work(client, name);
  } finally {
    await client.end();
  }
}
