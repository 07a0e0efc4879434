/**
 * Writes the directory: people, teams, roles, sites, calendars… Each function runs in a write transaction and puts its feed
 * row; what is written equal to what is there changes nothing. Revisions are the store's: callers give rows without one.
 */
import { type AnyRow, type Row, rowSchemas } from '#shared/domain/model.ts';
import type { WriteTx } from './database.ts';
import type { DirectoryTableName } from './desk.ts';

type Draft<T extends DirectoryTableName> = Omit<Row<T>, 'revision'>;

/** Stores a directory row; returns whether anything changed. @throws ZodError when the row does not fit its schema */
export async function putDirectoryRow<T extends DirectoryTableName>(tx: WriteTx, table: T, draft: Draft<T>): Promise<boolean> {
  const known = await tx
    .selectFrom('directory')
    .select(['revision', 'doc'])
    .where('table_name', '=', table)
    .where('id', '=', draft.id)
    .executeTakeFirst();
  const parsed = rowSchemas[table].parse({ ...draft, revision: known?.revision ?? 0 }) as AnyRow['row'];
  if (known && JSON.stringify(parsed) === known.doc) return false;
  const revision = (known?.revision ?? 0) + 1;
  const doc = JSON.stringify({ ...parsed, revision });
  await tx
    .insertInto('directory')
    .values({ table_name: table, id: draft.id, revision, doc })
    .onConflict((conflict) => conflict.columns(['table_name', 'id']).doUpdateSet({ revision, doc }))
    .execute();
  changed(tx, table, draft.id);
  return true;
}

/** Takes a row out of the directory; returns whether it was there. */
export async function removeDirectoryRow(tx: WriteTx, table: DirectoryTableName, id: string): Promise<boolean> {
  const gone = await tx.deleteFrom('directory').where('table_name', '=', table).where('id', '=', id).returning('doc').executeTakeFirst();
  if (!gone) return false;
  changed(tx, table, id);
  if (table === 'membership') tx.scopeChanged(rowSchemas.membership.parse(JSON.parse(gone.doc)).personId);
  return true;
}

function changed(tx: WriteTx, table: DirectoryTableName, id: string): void {
  tx.directoryChanged();
  tx.feed({ table, rowId: id, ticketId: null, teamBefore: null, teamAfter: null, peopleBefore: null, peopleAfter: null });
}

export const putPerson = (tx: WriteTx, row: Draft<'person'>) => putDirectoryRow(tx, 'person', row);
export const putTeam = (tx: WriteTx, row: Draft<'team'>) => putDirectoryRow(tx, 'team', row);
export const putSite = (tx: WriteTx, row: Draft<'site'>) => putDirectoryRow(tx, 'site', row);
export const putCalendar = (tx: WriteTx, row: Draft<'calendar'>) => putDirectoryRow(tx, 'calendar', row);
export const putCategory = (tx: WriteTx, row: Draft<'category'>) => putDirectoryRow(tx, 'category', row);
export const putClosingCode = (tx: WriteTx, row: Draft<'closing_code'>) => putDirectoryRow(tx, 'closing_code', row);
export const putRoute = (tx: WriteTx, row: Draft<'route'>) => putDirectoryRow(tx, 'route', row);
export const putPolicy = (tx: WriteTx, row: Draft<'policy'>) => putDirectoryRow(tx, 'policy', row);
export const putService = (tx: WriteTx, row: Draft<'service'>) => putDirectoryRow(tx, 'service', row);

/** Gives a role in a team (admin and importer: no team). The person's consoles start over at their next pull. */
export async function putMembership(tx: WriteTx, row: Draft<'membership'>): Promise<boolean> {
  const before = await tx
    .selectFrom('directory')
    .select('doc')
    .where('table_name', '=', 'membership')
    .where('id', '=', row.id)
    .executeTakeFirst();
  const done = await putDirectoryRow(tx, 'membership', row);
  if (done) {
    tx.scopeChanged(row.personId);
    if (before) tx.scopeChanged(rowSchemas.membership.parse(JSON.parse(before.doc)).personId);
  }
  return done;
}

export const removeMembership = (tx: WriteTx, id: string) => removeDirectoryRow(tx, 'membership', id);

/** `passwordHash` is made before the transaction (`hashPassword`): it takes its time. Logins ignore case. */
export async function putCredential(tx: WriteTx, credential: { personId: string; login: string; passwordHash: string }): Promise<void> {
  const login = credential.login.toLowerCase();
  await tx
    .insertInto('credential')
    .values({ person_id: credential.personId, login, password_hash: credential.passwordHash })
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet({ login, password_hash: credential.passwordHash }))
    .execute();
}

const DEMO = 'demo';

/** Notes that this database holds accounts whose passwords everybody knows: it will be served on loopback only. */
export async function markDemo(tx: WriteTx): Promise<void> {
  await tx
    .insertInto('setting')
    .values({ key: DEMO, value: '1' })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function isDemo(db: Pick<WriteTx, 'selectFrom'>): Promise<boolean> {
  return (await db.selectFrom('setting').select('key').where('key', '=', DEMO).executeTakeFirst()) !== undefined;
}
