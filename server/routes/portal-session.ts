/** Sessions of the requesters' pages: as a console's, with the refresh token where no script of the page can read it. */
import type { CookieSerializeOptions } from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ApiError, SignInRequest } from '#shared/contract/api.ts';
import { PortalSession } from '#shared/contract/portal.ts';
import { REFRESH_MS } from '../auth/sessions.ts';
import { renewSession, type SignedIn, signIn, signOut } from '../auth/sign-in.ts';
import { callerOf } from '../http/access.ts';
import { ApiFailure } from '../http/api-failure.ts';
import type { Services } from '../http/services.ts';
import { NoBody, NoQuery } from '../http/validation.ts';
import type { ZodApp } from '../http/zod-app.ts';

const SMALL_BODY = 16 * 1024;
const COOKIE = 'guichet_portal';

export function portalSessionRoutes(app: ZodApp, services: Services): void {
  // Sent to these routes only, by pages of this server only: no other site can make a browser go on with it.
  const cookie: CookieSerializeOptions = {
    path: '/v1/portal/session',
    httpOnly: true,
    sameSite: 'strict',
    secure: services.settings.publicUrl?.startsWith('https:') ?? false,
    maxAge: REFRESH_MS / 1000,
  };
  const answers = { 200: PortalSession, '4xx': ApiError, '5xx': ApiError };

  function answer(reply: FastifyReply, { tokens, person, serverTime }: SignedIn): PortalSession {
    reply.setCookie(COOKIE, tokens.refreshToken, cookie);
    const { id, name, language } = person;
    return { accessToken: tokens.accessToken, accessExpiresAt: tokens.accessExpiresAt, person: { id, name, language }, serverTime };
  }

  app.post(
    '/v1/portal/session',
    {
      config: { access: 'public' },
      bodyLimit: SMALL_BODY,
      schema: { summary: 'Sign in to the requesters’ pages', querystring: NoQuery, body: SignInRequest, response: answers },
    },
    async (request, reply) => answer(reply, await signIn(services, request.body, request.ip)),
  );

  app.post(
    '/v1/portal/session/refresh',
    {
      config: { access: 'public' },
      bodyLimit: SMALL_BODY,
      schema: { summary: 'Go on with the session in the cookie', querystring: NoQuery, body: NoBody, response: answers },
    },
    async (request, reply) => {
      const token = request.cookies[COOKIE];
      if (token === undefined || token.length > 500) throw new ApiFailure('unauthorized');
      return answer(reply, await renewSession(services, token));
    },
  );

  app.delete(
    '/v1/portal/session',
    {
      config: { access: 'session', anyProtocol: true },
      bodyLimit: SMALL_BODY,
      schema: {
        summary: 'Sign out of the requesters’ pages',
        querystring: NoQuery,
        body: NoBody,
        response: { 204: z.void(), '4xx': ApiError, '5xx': ApiError },
      },
    },
    async (request: FastifyRequest, reply: FastifyReply) => {
      await signOut(services, callerOf(request));
      return reply.clearCookie(COOKIE, cookie).code(204).send();
    },
  );
}
