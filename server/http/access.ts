/** Who asks: read from the bearer token before anything else of a request is looked at. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { PROTOCOL_HEADER, servedProtocols } from '#shared/contract/api.ts';
import { isTechnician } from '#shared/domain/access.ts';
import type { Actor } from '#shared/domain/operation.ts';
import { authenticate, markUsed } from '../auth/sessions.ts';
import { actorOf } from '../feed/sight.ts';
import { ApiFailure } from './api-failure.ts';
import type { Services } from './services.ts';

/**
 * public: nobody in particular; session: whoever is signed in; technician: of whatever team, its leads too; admin: that role; importer: that
 * role, where imports are switched on.
 */
export type Access = 'public' | 'session' | 'technician' | 'admin' | 'importer';

export interface Caller {
  sessionId: string;
  actor: Actor;
  /** Of the database, when he asked. */
  epoch: string;
  storedSeen: number;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
    /** Also for consoles that are too old to be sent anything. */
    anyProtocol?: boolean;
    /** Its body is application/octet-stream. */
    takesBytes?: boolean;
  }
  interface FastifyRequest {
    caller: Caller | null;
  }
}

/** Every route but the public ones has one. */
export function callerOf(request: FastifyRequest): Caller {
  if (!request.caller) throw new ApiFailure('unauthorized');
  return request.caller;
}

export function checkAccess(app: FastifyInstance, services: Services): void {
  const served = servedProtocols(services.protocol);
  app.decorateRequest('caller', null);
  app.addHook('onRequest', async (request) => {
    const { access = 'public', anyProtocol = false } = request.routeOptions.config;
    if (access === 'importer' && !services.settings.allowImport) throw new ApiFailure('not_found');
    if (access === 'public') return;
    request.caller = await whoAsks(services, request);
    const protocol = request.headers[PROTOCOL_HEADER];
    if (!anyProtocol && protocol !== undefined && !served.includes(Number(protocol))) throw new ApiFailure('console_too_old');
    if (!isAllowed(access, request.caller.actor)) throw new ApiFailure('forbidden');
  });
}

function isAllowed(access: Access, actor: Actor): boolean {
  if (access === 'session') return true;
  return access === 'technician' ? isTechnician(actor) : actor.memberships.some((one) => one.role === access);
}

async function whoAsks({ database, desk, clock }: Services, request: FastifyRequest): Promise<Caller> {
  const token = /^Bearer ([A-Za-z0-9_-]{20,200})$/.exec(request.headers.authorization ?? '')?.[1];
  if (token === undefined) throw new ApiFailure('unauthorized');
  const found = await database.read(async (db) => {
    const session = await authenticate(db, token, clock());
    if (!session) return undefined;
    const people = await desk.in(db, session.position);
    return people.person(session.personId)?.active === true ? { session, actor: actorOf(people, session.personId) } : undefined;
  });
  if (!found) throw new ApiFailure('unauthorized');
  if (found.session.firstUse) await database.write((tx) => markUsed(tx, found.session.accessHash));
  const { sessionId, storedSeen, position } = found.session;
  return { sessionId, actor: found.actor, epoch: position.epoch, storedSeen };
}
