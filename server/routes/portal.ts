/** What requesters' pages ask besides what consoles ask too. */
import type { z } from 'zod';
import { ApiError, TicketParams } from '#shared/contract/api.ts';
import {
  AddedPerson,
  Expected,
  ExpectedQuery,
  FoundPeople,
  NewPerson,
  PeopleQuery,
  PortalDesk,
  PortalTickets,
  PortalTicketView,
  SimilarCount,
  SimilarQuery,
} from '#shared/contract/portal.ts';
import { mayRead } from '#shared/domain/access.ts';
import type { Actor } from '#shared/domain/operation.ts';
import type { ReadDb } from '../db/database.ts';
import { callerOf } from '../http/access.ts';
import { ApiFailure } from '../http/api-failure.ts';
import type { Services } from '../http/services.ts';
import { NoQuery } from '../http/validation.ts';
import type { ZodApp } from '../http/zod-app.ts';
import { addPerson, findPeople, MOST_ADDED } from '../portal/people.ts';
import { expectedOf } from '../portal/promises.ts';
import { countSimilar } from '../portal/similar.ts';
import { ticketFacts } from '../portal/ticket-facts.ts';
import { portalTicket, portalTicketView, type Reader } from '../portal/views.ts';

const DAY_S = 24 * 3_600;
/** Of those that have ended; open ones are all shown. */
const MOST_ENDED = 50;
const ended = ['closed', 'cancelled'];

export function portalRoutes(app: ZodApp, services: Services): void {
  const { database, desk: cache, clock, settings } = services;
  const answers = <S extends z.ZodType>(schema: S) => ({ 200: schema, '4xx': ApiError, '5xx': ApiError });
  const reader = async (db: ReadDb, actor: Actor): Promise<Reader> => ({ actor, desk: await cache.in(db), now: clock().toISOString() });

  app.get(
    '/v1/portal',
    {
      config: { access: 'session' },
      schema: { summary: 'What the forms of the requesters’ pages are made of', querystring: NoQuery, response: answers(PortalDesk) },
    },
    async (request) => {
      const { actor } = callerOf(request);
      const desk = await database.read((db) => cache.in(db));
      const person = desk.person(actor.id);
      if (!person) throw new ApiFailure('unauthorized');
      const { id, name, language, phone, siteId, place } = person;
      return {
        service: desk.service()?.name ?? settings.serviceName,
        person: { id, name, language, phone, siteId, place },
        sites: [...desk.rows('site').values()].map((site) => ({ id: site.id, name: site.name })),
        categories: [...desk.rows('category').values()].map((category) => ({ id: category.id, names: category.names })),
        defaultCountry: desk.defaultCountry(),
        maxFileBytes: settings.maxFileBytes,
      };
    },
  );

  app.get(
    '/v1/portal/people',
    {
      config: { access: 'session' },
      schema: {
        summary: 'People of the directory whose names begin so: name, site and work number',
        querystring: PeopleQuery,
        response: answers(FoundPeople),
      },
    },
    async (request) => {
      const { actor } = callerOf(request);
      const desk = await database.read((db) => cache.in(db));
      return { people: findPeople(desk, actor.id, request.query.text) };
    },
  );

  app.post(
    '/v1/portal/people',
    {
      config: { access: 'session' },
      schema: {
        summary: 'Add somebody without an account, who has a problem',
        querystring: NoQuery,
        body: NewPerson,
        response: answers(AddedPerson),
      },
    },
    async (request) => {
      const { actor } = callerOf(request);
      const added = await database.write((tx) => addPerson(tx, cache, actor.id, request.body));
      if (added.ok) return { personId: added.personId };
      switch (added.why) {
        case 'id_reused':
          throw new ApiFailure('id_reused');
        case 'unknown_site': {
          const problem = (message: string) => [{ path: 'siteId', message }];
          throw new ApiFailure('invalid_input', { problems: { fr: problem('site inconnu'), en: problem('unknown site') } });
        }
        case 'too_many':
          throw new ApiFailure('too_many_attempts', {
            retryAfter: DAY_S,
            message: {
              fr: `Vous avez déjà ajouté ${MOST_ADDED} personnes aujourd’hui : appelez le service.`,
              en: `You have added ${MOST_ADDED} people today: please call the service desk.`,
            },
          });
      }
    },
  );

  app.get(
    '/v1/portal/similar',
    {
      config: { access: 'session' },
      schema: {
        summary: 'How many open tickets of a site look like this one; nothing of what they say',
        querystring: SimilarQuery,
        response: answers(SimilarCount),
      },
    },
    async (request) => ({ count: await database.read((db) => countSimilar(db, request.query)) }),
  );

  app.get(
    '/v1/portal/expected',
    {
      config: { access: 'session' },
      schema: { summary: 'What the SLA would promise a ticket opened now', querystring: ExpectedQuery, response: answers(Expected) },
    },
    async (request) => {
      const desk = await database.read((db) => cache.in(db));
      return expectedOf(request.query, desk, clock().toISOString());
    },
  );

  app.get(
    '/v1/portal/tickets',
    {
      config: { access: 'session' },
      schema: { summary: 'Tickets asked by me or for me', querystring: NoQuery, response: answers(PortalTickets) },
    },
    async (request) => {
      const { actor } = callerOf(request);
      return database.read(async (db) => {
        const mine = (phases: 'in' | 'not in') =>
          db
            .selectFrom('ticket')
            .select('id')
            .where((e) => e.or([e('requester_id', '=', actor.id), e('beneficiary_id', '=', actor.id)]))
            .where('phase', phases, ended)
            .orderBy('opened_at', 'desc')
            .orderBy('id');
        const open = await mine('not in').execute();
        const done = await mine('in').limit(MOST_ENDED).execute();
        const ids = [...open, ...done].map((row) => row.id);
        const who = await reader(db, actor);
        const facts = await ticketFacts(db, ids, { entries: false });
        facts.sort((a, b) => ids.indexOf(a.subject.ticket.id) - ids.indexOf(b.subject.ticket.id));
        return { tickets: facts.map((one) => portalTicket(one, who)), serverTime: who.now };
      });
    },
  );

  app.get(
    '/v1/portal/tickets/:id',
    {
      config: { access: 'session' },
      schema: {
        summary: 'One of my tickets, as its requester sees it',
        params: TicketParams,
        querystring: NoQuery,
        response: answers(PortalTicketView),
      },
    },
    async (request) => {
      const { actor } = callerOf(request);
      return database.read(async (db) => {
        const [facts] = await ticketFacts(db, [request.params.id], { entries: true });
        if (!facts || mayRead(actor, facts.subject.ticket) === 'none') throw new ApiFailure('not_found');
        return portalTicketView(facts, await reader(db, actor));
      });
    },
  );
}
