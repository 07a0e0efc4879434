/** The link in the mail of a resolution: GET shows, POST decides or rates (DESIGN section 8). */
import type { FastifyRequest } from 'fastify';
import { ApiError } from '#shared/contract/api.ts';
import { DECISION_HEADER, DecisionAnswer, DecisionRequest, DecisionView, RatingRequest } from '#shared/contract/portal.ts';
import { mayRead } from '#shared/domain/access.ts';
import type { ReadDb } from '../db/database.ts';
import { actorOf } from '../feed/sight.ts';
import { ApiFailure } from '../http/api-failure.ts';
import type { Services } from '../http/services.ts';
import { NoQuery } from '../http/validation.ts';
import type { ZodApp } from '../http/zod-app.ts';
import { actByLink, findLink, type Link, type LinkAct } from '../portal/decide.ts';
import { decisionView } from '../portal/views.ts';

export function decisionRoutes(app: ZodApp, services: Services): void {
  const { database, desk: cache, clock, settings } = services;

  async function linkOf(db: ReadDb, request: FastifyRequest): Promise<Link> {
    const token = request.headers[DECISION_HEADER];
    const found = typeof token === 'string' && /^[\w-]{20,200}$/.test(token) ? await findLink(db, token, clock()) : undefined;
    if (found?.ok) return found.link;
    throw new ApiFailure(found?.why === 'expired' ? 'link_expired' : 'link_unknown');
  }

  async function viewOf(db: ReadDb, { personId, facts, resolution }: Link): Promise<DecisionView> {
    const desk = await cache.in(db);
    const reader = { actor: actorOf(desk, personId), desk, now: clock().toISOString() };
    // Who has left the company, or whose ticket it is no longer, judges nothing any more.
    const isReader = desk.person(personId)?.active === true && mayRead(reader.actor, facts.subject.ticket) !== 'none';
    if (!isReader) throw new ApiFailure('link_expired');
    return decisionView(facts, resolution, reader, settings.serviceName);
  }

  const show = (request: FastifyRequest) => database.read(async (db) => viewOf(db, await linkOf(db, request)));

  async function act(request: FastifyRequest, asked: LinkAct): Promise<DecisionAnswer> {
    const link = await database.read((db) => linkOf(db, request));
    const refusal = await actByLink(services, link, asked, clock().toISOString());
    return { refusal, view: await show(request) };
  }

  app.get(
    '/v1/decision',
    {
      config: { access: 'public' },
      schema: {
        summary: 'What the link of a mail is about; changes nothing',
        querystring: NoQuery,
        response: { 200: DecisionView, '4xx': ApiError, '5xx': ApiError },
      },
    },
    show,
  );

  app.post(
    '/v1/decision',
    {
      config: { access: 'public' },
      schema: {
        summary: 'Judge the resolution that the link of a mail is about',
        querystring: NoQuery,
        body: DecisionRequest,
        response: { 200: DecisionAnswer, '4xx': ApiError, '5xx': ApiError },
      },
    },
    (request) => {
      const { id, decision: name, ...input } = request.body;
      return act(request, { id, name, input });
    },
  );

  app.post(
    '/v1/decision/rating',
    {
      config: { access: 'public' },
      schema: {
        summary: 'Rate the resolution that the link of a mail is about',
        querystring: NoQuery,
        body: RatingRequest,
        response: { 200: DecisionAnswer, '4xx': ApiError, '5xx': ApiError },
      },
    },
    (request) => {
      const { id, ...input } = request.body;
      return act(request, { id, name: 'rate', input });
    },
  );
}
