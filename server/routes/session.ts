import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ApiError, Hello, Me, RefreshRequest, SessionTokens, SignInRequest, servedProtocols } from '#shared/contract/api.ts';
import { countAttempt, forgiveAttempts } from '../auth/login-limit.ts';
import { verifyPassword } from '../auth/password.ts';
import { endSession, openSession, refreshSession, type Tokens } from '../auth/sessions.ts';
import { appendAudit } from '../db/audit.ts';
import { callerOf } from '../http/access.ts';
import { ApiFailure } from '../http/api-failure.ts';
import type { Services } from '../http/services.ts';
import { NoBody, NoQuery } from '../http/validation.ts';
import type { ZodApp } from '../http/zod-app.ts';

const SMALL_BODY = 16 * 1024;

export function sessionRoutes(app: ZodApp, services: Services): void {
  const { database, desk, clock, settings } = services;

  /** The signed-in person with roles as they are now; the session of somebody inactive goes nowhere. */
  async function sessionAnswer(tokens: Tokens): Promise<z.infer<typeof SessionTokens>> {
    const { person, memberships } = await database.read(async (db) => {
      const people = await desk.in(db);
      return { person: people.person(tokens.personId), memberships: people.memberships(tokens.personId) };
    });
    if (!person?.active) throw new ApiFailure('unauthorized');
    const { accessToken, accessExpiresAt, refreshToken } = tokens;
    return { accessToken, accessExpiresAt, refreshToken, person, memberships: [...memberships], serverTime: clock().toISOString() };
  }

  app.get(
    '/v1/hello',
    {
      config: { access: 'public' },
      schema: { summary: 'Who answers here', querystring: NoQuery, response: { 200: Hello, '4xx': ApiError, '5xx': ApiError } },
    },
    async () => {
      const service = await database.read(async (db) => (await desk.in(db)).service());
      return {
        service: service?.name ?? settings.serviceName,
        serverVersion: services.version,
        protocols: servedProtocols(services.protocol),
        serverTime: clock().toISOString(),
      };
    },
  );

  app.post(
    '/v1/session',
    {
      config: { access: 'public' },
      bodyLimit: SMALL_BODY,
      schema: {
        summary: 'Sign in',
        querystring: NoQuery,
        body: SignInRequest,
        response: { 200: SessionTokens, '4xx': ApiError, '5xx': ApiError },
      },
    },
    async (request) => {
      const { login, password, device } = request.body;
      const attempt = await database.write((tx) => countAttempt(tx, login, request.ip));
      if (!attempt.allowed) throw new ApiFailure('too_many_attempts', { retryAfter: attempt.retryAfter, attemptsLeft: 0 });
      const account = await database.read(async (db) => {
        const row = await db.selectFrom('credential').selectAll().where('login', '=', login.toLowerCase()).executeTakeFirst();
        const active = row && (await desk.in(db)).person(row.person_id)?.active === true;
        return active ? row : undefined;
      });
      const right = await verifyPassword(password, account?.password_hash);
      if (!right || !account) {
        if (attempt.attemptsLeft === 0) await database.write((tx) => appendAudit(tx, null, 'sign_in_paused', { address: request.ip }));
        throw new ApiFailure('wrong_credentials', { attemptsLeft: attempt.attemptsLeft });
      }
      const tokens = await database.write(async (tx) => {
        await forgiveAttempts(tx, login, request.ip);
        await appendAudit(tx, account.person_id, 'signed_in', { device, address: request.ip });
        return openSession(tx, account.person_id, device);
      });
      return sessionAnswer(tokens);
    },
  );

  app.post(
    '/v1/session/refresh',
    {
      config: { access: 'public' },
      bodyLimit: SMALL_BODY,
      schema: {
        summary: 'Exchange a refresh token for its successor',
        querystring: NoQuery,
        body: RefreshRequest,
        response: { 200: SessionTokens, '4xx': ApiError, '5xx': ApiError },
      },
    },
    async (request) => {
      const refreshed = await database.write((tx) => refreshSession(tx, request.body.refreshToken));
      if (!refreshed.ok) {
        if (refreshed.endedSession !== null) services.streams.endSession(refreshed.endedSession);
        throw new ApiFailure('unauthorized');
      }
      return sessionAnswer(refreshed.tokens);
    },
  );

  app.delete(
    '/v1/session',
    {
      config: { access: 'session', anyProtocol: true },
      bodyLimit: SMALL_BODY,
      schema: {
        summary: 'Sign out',
        querystring: NoQuery,
        body: NoBody,
        response: { 204: z.void(), '4xx': ApiError, '5xx': ApiError },
      },
    },
    async (request: FastifyRequest, reply: FastifyReply) => {
      const { sessionId, actor } = callerOf(request);
      await database.write(async (tx) => {
        await endSession(tx, sessionId);
        await appendAudit(tx, actor.id, 'signed_out', {});
      });
      services.streams.endSession(sessionId);
      return reply.code(204).send();
    },
  );

  app.get(
    '/v1/me',
    {
      config: { access: 'session' },
      schema: { summary: 'The signed-in person', querystring: NoQuery, response: { 200: Me, '4xx': ApiError, '5xx': ApiError } },
    },
    async (request) => {
      const { actor } = callerOf(request);
      const person = await database.read(async (db) => (await desk.in(db)).person(actor.id));
      if (!person) throw new ApiFailure('unauthorized');
      return { person, memberships: [...actor.memberships], language: person.language };
    },
  );
}
