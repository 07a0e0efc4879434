import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { z } from 'zod';
import {
  ApiError,
  BootstrapQuery,
  FeedPage,
  FeedQuery,
  KnownRequest,
  KnownResponse,
  PushRequest,
  PushResponse,
  StateHash,
  TicketParams,
  TicketView,
} from '#shared/contract/api.ts';
import type { Entry, Resolution, Ticket } from '#shared/domain/model.ts';
import { readPosition } from '../db/database.ts';
import { bootstrapPage } from '../feed/bootstrap.ts';
import { pull } from '../feed/pull.ts';
import { ticketLines, visibleTickets } from '../feed/sight.ts';
import { stateHash } from '../feed/state-hash.ts';
import { callerOf } from '../http/access.ts';
import { ApiFailure } from '../http/api-failure.ts';
import type { Services } from '../http/services.ts';
import { NoQuery } from '../http/validation.ts';
import type { ZodApp } from '../http/zod-app.ts';
import { pushOperation } from '../operations/push.ts';
import { recordedOperations } from '../operations/record.ts';

const PUSH_BODY = 4 * 1024 * 1024;
const compress = promisify(gzip);
/** Text, or its gzip: sent as it is. */
const Ndjson = z.string() as z.ZodType<string | Buffer>;

export function syncRoutes(app: ZodApp, services: Services): void {
  const { database, desk, clock, seen } = services;

  app.get(
    '/v1/bootstrap',
    {
      config: { access: 'session' },
      schema: {
        summary: 'Everything that the signed-in person may see, paged',
        querystring: BootstrapQuery,
        response: {
          200: { description: 'One BootstrapLine a line', content: { 'application/x-ndjson': { schema: Ndjson } } },
          '4xx': ApiError,
          '5xx': ApiError,
        },
      },
    },
    async (request, reply) => {
      const { sessionId, actor } = callerOf(request);
      const page = await database.read(async (db) => bootstrapPage(db, await desk.in(db), actor.id, request.query.page));
      if (!page.ok) {
        if (page.why === 'resync') throw new ApiFailure('resync');
        const problem = { path: 'page', message: 'unknown page' };
        throw new ApiFailure('invalid_input', { problems: { fr: [{ ...problem, message: 'page inconnue' }], en: [problem] } });
      }
      await seen.note(sessionId, page.seq);
      const zipped = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
      reply.type('application/x-ndjson').header('vary', 'accept-encoding');
      if (!zipped) return reply.send(page.text);
      return reply.header('content-encoding', 'gzip').send(await compress(page.text, { level: 4 }));
    },
  );

  app.get(
    '/v1/feed',
    {
      config: { access: 'session' },
      schema: {
        summary: 'What changed after a cursor',
        querystring: FeedQuery,
        response: { 200: FeedPage, '4xx': ApiError, '5xx': ApiError },
      },
    },
    async (request) => {
      const { sessionId, actor } = callerOf(request);
      const { cursor, limit } = request.query;
      const page = await database.read(async (db) => pull(db, await desk.in(db), actor.id, cursor, limit));
      if (!page.ok) throw new ApiFailure('resync');
      await seen.note(sessionId, page.seq);
      return { changes: page.changes, cursor: page.cursor, more: page.more, serverTime: clock().toISOString() };
    },
  );

  app.post(
    '/v1/operations',
    {
      config: { access: 'session', anyProtocol: true },
      bodyLimit: PUSH_BODY,
      schema: {
        summary: 'Push operations: each judged, applied and recorded on its own',
        querystring: NoQuery,
        body: PushRequest,
        response: { 200: PushResponse, '4xx': ApiError, '5xx': ApiError },
      },
    },
    async (request) => {
      const { sessionId, storedSeen, actor, epoch } = callerOf(request);
      if (request.body.epoch !== undefined && request.body.epoch !== epoch) throw new ApiFailure('resync');
      const outcomes: z.infer<typeof PushResponse>['outcomes'] = [];
      const author = { personId: actor.id, seenSeq: seen.of(sessionId, storedSeen) };
      for (const operation of request.body.operations) outcomes.push(await pushOperation(services, author, operation));
      return { outcomes, serverTime: clock().toISOString() };
    },
  );

  app.post(
    '/v1/operations/known',
    {
      config: { access: 'session', anyProtocol: true },
      schema: {
        summary: 'Of my operations, those that the server has no record of: it was restored from a backup',
        querystring: NoQuery,
        body: KnownRequest,
        response: { 200: KnownResponse, '4xx': ApiError, '5xx': ApiError },
      },
    },
    async (request) => {
      const { actor } = callerOf(request);
      const { ids } = request.body;
      const recorded = await database.read((db) => recordedOperations(db, ids).execute());
      const own = new Set(recorded.flatMap(({ id, author_id }) => (author_id === actor.id ? [id] : [])));
      return { unknown: ids.filter((id) => !own.has(id)), serverTime: clock().toISOString() };
    },
  );

  app.get(
    '/v1/events',
    {
      config: { access: 'session' },
      schema: {
        summary: 'Server-sent events: the position of the feed',
        querystring: NoQuery,
        response: {
          200: { description: 'position and heartbeat', content: { 'text/event-stream': { schema: z.string() } } },
          '4xx': ApiError,
          '5xx': ApiError,
        },
      },
    },
    async (request, reply) => {
      const { sessionId } = callerOf(request);
      const { epoch, seq } = await database.read(readPosition);
      reply.hijack();
      reply.raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
      services.streams.add(sessionId, reply.raw, { epoch, seq });
    },
  );

  app.get(
    '/v1/tickets/:id',
    {
      config: { access: 'session' },
      schema: {
        summary: 'One ticket with what the signed-in person may see of it',
        params: TicketParams,
        querystring: NoQuery,
        response: { 200: TicketView, '4xx': ApiError, '5xx': ApiError },
      },
    },
    async (request) => {
      const { actor } = callerOf(request);
      const lines = await database.read(async (db) => {
        const tickets = await visibleTickets(db, actor)
          .select(['id', 'doc', 'team_id', 'requester_id', 'beneficiary_id', 'opened_by'])
          .where('id', '=', request.params.id)
          .execute();
        return ticketLines(db, actor, tickets);
      });
      const docs = <T>(table: string) =>
        lines.flatMap((line) => (line.table === table && line.doc !== null ? [JSON.parse(line.doc) as T] : []));
      const [ticket] = docs<Ticket>('ticket');
      if (!ticket) throw new ApiFailure('not_found');
      return { ticket, entries: docs<Entry>('entry'), resolutions: docs<Resolution>('resolution') };
    },
  );

  app.get(
    '/v1/hash',
    {
      config: { access: 'session' },
      schema: {
        summary: 'The hash of everything that the signed-in person is sent',
        querystring: NoQuery,
        response: { 200: StateHash, '4xx': ApiError, '5xx': ApiError },
      },
    },
    async (request) => {
      const { actor } = callerOf(request);
      return database.read(async (db) => stateHash(db, await desk.in(db), actor.id));
    },
  );
}
