import { ApiError, PresenceAnswer, PresenceQuery } from '#shared/contract/api.ts';
import { isTechnician } from '#shared/domain/access.ts';
import { callerOf } from '../http/access.ts';
import type { Services } from '../http/services.ts';
import type { ZodApp } from '../http/zod-app.ts';
import { countMails } from '../mail/inbound/quarantine.ts';
import { notePresence } from '../presence/present.ts';

export function presenceRoutes(app: ZodApp, services: Services): void {
  app.get(
    '/v1/presence',
    {
      config: { access: 'session' },
      schema: {
        summary: 'Who of my teams is here, and on which ticket; asking says that I am, for a minute',
        querystring: PresenceQuery,
        response: { 200: PresenceAnswer, '4xx': ApiError, '5xx': ApiError },
      },
    },
    async (request) => {
      const caller = callerOf(request);
      const people = await notePresence(services, caller, request.query);
      const waitingMails = isTechnician(caller.actor) ? await services.database.read(countMails) : undefined;
      return { people, ...(waitingMails !== undefined && { waitingMails }), serverTime: services.clock().toISOString() };
    },
  );
}
