/** One PostgreSQL for the run of the project "server on PostgreSQL"; each desk gets a fresh database of it. */
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { openDatabase } from '../../server/db/database.ts';
import { privatePostgresql } from './private-postgresql.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The address of the PostgreSQL that the tests run on, ending in the database that new ones are copied from; undefined: on SQLite. */
    postgresql?: string;
  }
}

// biome-ignore lint/style/noDefaultExport: Vitest calls it
export default async function start(project: TestProject): Promise<() => Promise<void>> {
  const postgresql = await privatePostgresql();
  try {
    const admin = new pg.Client({ connectionString: postgresql.url('postgres') });
    await admin.connect();
    // Orders texts unlike SQLite: nothing may depend on how the database of a desk was made.
    await admin.query(`create database template template template0 locale_provider icu icu_locale 'fr'`);
    await admin.end();
    const url = postgresql.url('template');
    await (await openDatabase({ dataDir: '', databaseUrl: url })).close();
    project.provide('postgresql', url);
  } catch (error) {
    await postgresql.stop();
    throw error;
  }
  return () => postgresql.stop();
}
