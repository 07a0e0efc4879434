import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ApiError, Hello, Me, RefreshRequest, SessionTokens, SignInRequest, servedProtocols } from '#shared/contract/api.ts';
import { renewSession, type SignedIn, signIn, signOut } from '../auth/sign-in.ts';
import { callerOf } from '../http/access.ts';
import { ApiFailure } from '../http/api-failure.ts';
import type { Services } from '../http/services.ts';
import { NoBody, NoQuery } from '../http/validation.ts';
import type { ZodApp } from '../http/zod-app.ts';

const SMALL_BODY = 16 * 1024;

function answerOf({ tokens, person, memberships, serverTime }: SignedIn): z.infer<typeof SessionTokens> {
  const { accessToken, accessExpiresAt, refreshToken } = tokens;
  return { accessToken, accessExpiresAt, refreshToken, person, memberships: [...memberships], serverTime };
}

export function sessionRoutes(app: ZodApp, services: Services): void {
  const { database, desk, clock, settings } = services;

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
    async (request) => answerOf(await signIn(services, request.body, request.ip)),
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
    async (request) => answerOf(await renewSession(services, request.body.refreshToken)),
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
      await signOut(services, callerOf(request));
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
