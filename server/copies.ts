/** `npm run backup -- FILE` and `npm run restore -- FILE`, for the database in DATA_DIR, or at DATABASE_URL. */
import { checkRuntime } from './runtime-guard.ts';

const problem = checkRuntime();
if (problem !== undefined) {
  console.error(problem);
  process.exit(1);
}
// Only now: loading the database's addon on an older Node crashes the process.
const { backUp, CopyError, restore } = await import('./db/copies.ts');
const { backUpPostgres, restorePostgres } = await import('./db/copies-postgres.ts');
const { FutureSchemaError } = await import('./db/migrate.ts');
const { DatabaseUnavailableError } = await import('./db/store.ts');
const { readSettings, SettingsError } = await import('./settings.ts');
const [what, file] = process.argv.slice(2);
if ((what !== 'backup' && what !== 'restore') || file === undefined || file === '') {
  console.error('npm run backup -- FILE, or npm run restore -- FILE; the database is the one in DATA_DIR, or at DATABASE_URL.');
  process.exit(2);
}
try {
  const { dataDir, databaseUrl } = readSettings(process.env);
  if (what === 'backup') {
    await (databaseUrl === null ? backUp(dataDir, file) : backUpPostgres(databaseUrl, file));
    console.log(`The database is in ${file}.`);
  } else {
    const now = new Date();
    const { kept } = databaseUrl === null ? restore(dataDir, file, now) : await restorePostgres(databaseUrl, dataDir, file, now);
    console.log(`${file} is the database now. Everybody signs in anew; consoles bring back what they had done since.`);
    if (kept !== null) console.log(`The one before is kept: ${kept}`);
  }
} catch (error) {
  // What the system says of a file (ENOENT, EACCES, ENOSPC) is enough as well.
  const tellable = [CopyError, SettingsError, FutureSchemaError, DatabaseUnavailableError];
  const isTold = tellable.some((kind) => error instanceof kind) || (error instanceof Error && 'syscall' in error);
  if (!isTold || !(error instanceof Error)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
