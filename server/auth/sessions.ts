/**
 * Sessions: opaque tokens, hashed at rest. Access tokens are short; a refresh token is exchanged for a successor. The same
 * token may be exchanged again until one of its successors was used (a kill between answer and disk is not an attack); after
 * that, whoever shows it, or a sibling that lost, shows a copy: the whole session ends.
 */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Person } from '#shared/domain/model.ts';
import { appendAudit } from '../db/audit.ts';
import { type Position, positionColumns, positionOf, type ReadDb, type WriteTx } from '../db/database.ts';

export const ACCESS_MS = 10 * 60_000;
export const REFRESH_MS = 30 * 24 * 3_600_000;

export interface Tokens {
  sessionId: string;
  personId: string;
  accessToken: string;
  accessExpiresAt: string;
  refreshToken: string;
}

/** `firstUse`: the token's use is not recorded yet (`markUsed`). With what else of the database a request begins by, in one query. */
export interface Authenticated {
  sessionId: string;
  personId: string;
  accessHash: string;
  firstUse: boolean;
  /** The newest feed position that the session was sent, as far as it is stored (`SeenPositions`). */
  storedSeen: number;
  position: Position;
}

function newToken(): string {
  return randomBytes(32).toString('base64url');
}
function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

async function issue(tx: WriteTx, sessionId: string, personId: string, parentHash: string | null): Promise<Tokens> {
  const accessToken = newToken();
  const refreshToken = newToken();
  const accessExpiresAt = new Date(tx.now.getTime() + ACCESS_MS).toISOString();
  const refreshHash = hashToken(refreshToken);
  await tx
    .insertInto('refresh_token')
    .values({
      hash: refreshHash,
      session_id: sessionId,
      parent_hash: parentHash,
      state: 'live',
      expires_at: new Date(tx.now.getTime() + REFRESH_MS).toISOString(),
    })
    .execute();
  await tx
    .insertInto('access_token')
    .values({ hash: hashToken(accessToken), session_id: sessionId, refresh_hash: refreshHash, used: 0, expires_at: accessExpiresAt })
    .execute();
  return { sessionId, personId, accessToken, accessExpiresAt, refreshToken };
}

/** Tokens of one session are exchanged, settled and ended one after the other. */
const holdSession = (tx: WriteTx, sessionId: string) => tx.lock(`session ${sessionId}`);

export async function openSession(tx: WriteTx, personId: string, device: string): Promise<Tokens> {
  const id = randomUUID();
  await tx.insertInto('session').values({ id, person_id: personId, device, created_at: tx.now.toISOString(), revoked_at: null }).execute();
  return issue(tx, id, personId, null);
}

/** Who shows this access token; undefined when unknown, expired or of an ended session. */
export async function authenticate(db: ReadDb, accessToken: string, now: Date): Promise<Authenticated | undefined> {
  const hash = hashToken(accessToken);
  const row = await db
    .selectFrom('access_token')
    .innerJoin('session', 'session.id', 'access_token.session_id')
    .innerJoin('position', (join) => join.onTrue())
    .leftJoin('session_seen', 'session_seen.session_id', 'session.id')
    .select(['session.id', 'session.person_id', 'access_token.used', 'session_seen.seq as seen', ...positionColumns])
    .where('access_token.hash', '=', hash)
    .where('access_token.expires_at', '>', now.toISOString())
    .where('session.revoked_at', 'is', null)
    .executeTakeFirst();
  if (!row) return undefined;
  return {
    sessionId: row.id,
    personId: row.person_id,
    accessHash: hash,
    firstUse: row.used === 0,
    storedSeen: row.seen ?? 0,
    position: positionOf(row),
  };
}

/** The first use of an access token settles its refresh token: the one before is spent, its other successors are dropped. */
export async function markUsed(tx: WriteTx, accessHash: string): Promise<void> {
  const token = await tx.selectFrom('access_token').select('session_id').where('hash', '=', accessHash).executeTakeFirst();
  if (!token) return;
  await holdSession(tx, token.session_id);
  const row = await tx
    .updateTable('access_token')
    .set({ used: 1 })
    .where('hash', '=', accessHash)
    .returning('refresh_hash')
    .executeTakeFirst();
  if (row) await settle(tx, row.refresh_hash);
}

async function settle(tx: WriteTx, refreshHash: string): Promise<void> {
  const own = await tx.selectFrom('refresh_token').selectAll().where('hash', '=', refreshHash).executeTakeFirst();
  if (!own?.parent_hash) return;
  await tx.updateTable('refresh_token').set({ state: 'used' }).where('hash', '=', own.parent_hash).execute();
  const siblings = await tx
    .updateTable('refresh_token')
    .set({ state: 'dropped' })
    .where('parent_hash', '=', own.parent_hash)
    .where('hash', '!=', refreshHash)
    .returning('hash')
    .execute();
  if (siblings.length === 0) return;
  await tx
    .deleteFrom('access_token')
    .where(
      'refresh_hash',
      'in',
      siblings.map((sibling) => sibling.hash),
    )
    .execute();
}

export type Refreshed = { ok: true; tokens: Tokens } | { ok: false; endedSession: string | null };

/** Exchanges a refresh token. A reused one ends its session (`endedSession`), for thief and owner alike. */
export async function refreshSession(tx: WriteTx, refreshToken: string): Promise<Refreshed> {
  const hash = hashToken(refreshToken);
  const token = await tx.selectFrom('refresh_token').select('session_id').where('hash', '=', hash).executeTakeFirst();
  if (!token) return { ok: false, endedSession: null };
  await holdSession(tx, token.session_id);
  const row = await tx
    .selectFrom('refresh_token')
    .innerJoin('session', 'session.id', 'refresh_token.session_id')
    .select(['session.id', 'session.person_id', 'session.revoked_at', 'refresh_token.state', 'refresh_token.expires_at'])
    .where('refresh_token.hash', '=', hash)
    .executeTakeFirst();
  if (!row || row.revoked_at !== null || row.expires_at <= tx.now.toISOString()) return { ok: false, endedSession: null };
  if (row.state !== 'live') {
    await endSession(tx, row.id);
    await appendAudit(tx, row.person_id, 'refresh_token_reused', { sessionId: row.id });
    return { ok: false, endedSession: row.id };
  }
  await settle(tx, hash);
  await tx.deleteFrom('access_token').where('session_id', '=', row.id).where('expires_at', '<=', tx.now.toISOString()).execute();
  return { ok: true, tokens: await issue(tx, row.id, row.person_id, hash) };
}

export async function endSession(tx: WriteTx, sessionId: string): Promise<void> {
  await holdSession(tx, sessionId);
  await tx.updateTable('session').set({ revoked_at: tx.now.toISOString() }).where('id', '=', sessionId).execute();
  await tx.deleteFrom('access_token').where('session_id', '=', sessionId).execute();
}

/** Of these sessions, those that go on: not ended, and their person still active. */
export async function livingSessions(db: ReadDb, sessionIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (sessionIds.length === 0) return new Set();
  const rows = await db
    .selectFrom('session')
    .leftJoin('directory', (join) => join.on('directory.table_name', '=', 'person').onRef('directory.id', '=', 'session.person_id'))
    .select(['session.id', 'directory.doc'])
    .where('session.id', 'in', sessionIds)
    .where('session.revoked_at', 'is', null)
    .execute();
  return new Set(rows.flatMap(({ id, doc }) => (doc !== null && (JSON.parse(doc) as Person).active ? [id] : [])));
}
