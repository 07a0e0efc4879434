/** Signing in, going on and signing out, for consoles and for the requesters' pages. */
import type { z } from 'zod';
import type { SignInRequest } from '#shared/contract/api.ts';
import type { Membership, Person } from '#shared/domain/model.ts';
import { appendAudit } from '../db/audit.ts';
import type { Caller } from '../http/access.ts';
import { ApiFailure } from '../http/api-failure.ts';
import type { Services } from '../http/services.ts';
import { countAttempt, forgiveAttempts } from './login-limit.ts';
import { verifyPassword } from './password.ts';
import { endSession, openSession, refreshSession, type Tokens } from './sessions.ts';

export interface SignedIn {
  tokens: Tokens;
  person: Person;
  memberships: readonly Membership[];
  serverTime: string;
}

/** `address`: where the request came from, which is limited beside the account. @throws ApiFailure wrong_credentials, too_many_attempts */
export async function signIn(services: Services, asked: z.output<typeof SignInRequest>, address: string): Promise<SignedIn> {
  const { database, desk } = services;
  const { login, password, device } = asked;
  const attempt = await database.write((tx) => countAttempt(tx, login, address));
  if (!attempt.allowed) throw new ApiFailure('too_many_attempts', { retryAfter: attempt.retryAfter, attemptsLeft: 0 });
  const account = await database.read(async (db) => {
    const row = await db.selectFrom('credential').selectAll().where('login', '=', login.toLowerCase()).executeTakeFirst();
    const active = row && (await desk.in(db)).person(row.person_id)?.active === true;
    return active ? row : undefined;
  });
  const right = await verifyPassword(password, account?.password_hash);
  if (!right || !account) {
    if (attempt.attemptsLeft === 0) await database.write((tx) => appendAudit(tx, null, 'sign_in_paused', { address }));
    throw new ApiFailure('wrong_credentials', { attemptsLeft: attempt.attemptsLeft });
  }
  const tokens = await database.write(async (tx) => {
    await forgiveAttempts(tx, login, address);
    await appendAudit(tx, account.person_id, 'signed_in', { device, address });
    return openSession(tx, account.person_id, device);
  });
  return withPerson(services, tokens);
}

/** @throws ApiFailure unauthorized: no such token, or one that ended its session by being used twice */
export async function renewSession(services: Services, refreshToken: string): Promise<SignedIn> {
  const refreshed = await services.database.write((tx) => refreshSession(tx, refreshToken));
  if (refreshed.ok) return withPerson(services, refreshed.tokens);
  if (refreshed.endedSession !== null) services.streams.endSession(refreshed.endedSession);
  throw new ApiFailure('unauthorized');
}

export async function signOut({ database, streams }: Services, { sessionId, actor }: Caller): Promise<void> {
  await database.write(async (tx) => {
    await endSession(tx, sessionId);
    await appendAudit(tx, actor.id, 'signed_out', {});
  });
  streams.endSession(sessionId);
}

/** The signed-in person with roles as they are now; the session of somebody inactive goes nowhere. */
async function withPerson({ database, desk, clock }: Services, tokens: Tokens): Promise<SignedIn> {
  const { person, memberships } = await database.read(async (db) => {
    const people = await desk.in(db);
    return { person: people.person(tokens.personId), memberships: people.memberships(tokens.personId) };
  });
  if (!person?.active) throw new ApiFailure('unauthorized');
  return { tokens, person, memberships, serverTime: clock().toISOString() };
}
