import { ApiError } from '#shared/contract/api.ts';
import { QuarantineAction, QuarantineAnswer, QuarantineList, QuarantineParams, QuarantineView } from '#shared/contract/quarantine.ts';
import { callerOf } from '../http/access.ts';
import { ApiFailure } from '../http/api-failure.ts';
import type { Services } from '../http/services.ts';
import { NoQuery } from '../http/validation.ts';
import type { ZodApp } from '../http/zod-app.ts';
import { handleMail, listMails, viewMail } from '../mail/inbound/quarantine.ts';

const failures = { '4xx': ApiError, '5xx': ApiError };

export function quarantineRoutes(app: ZodApp, services: Services): void {
  app.get(
    '/v1/quarantine',
    {
      config: { access: 'technician' },
      schema: {
        summary: 'Mails that wait for a technician, the newest first',
        querystring: NoQuery,
        response: { 200: QuarantineList, ...failures },
      },
    },
    () => listMails(services),
  );
  app.get(
    '/v1/quarantine/:mailId',
    {
      config: { access: 'technician' },
      schema: {
        summary: 'One of them with its text',
        params: QuarantineParams,
        querystring: NoQuery,
        response: { 200: QuarantineView, ...failures },
      },
    },
    async (request) => found(await viewMail(services, callerOf(request).actor, request.params.mailId)),
  );
  app.post(
    '/v1/quarantine/:mailId',
    {
      config: { access: 'technician' },
      schema: {
        summary: 'Make a note or a ticket of it, or discard it; the first one wins',
        params: QuarantineParams,
        querystring: NoQuery,
        body: QuarantineAction,
        response: { 200: QuarantineAnswer, ...failures },
      },
    },
    async (request) => found(await handleMail(services, callerOf(request).actor, request.params.mailId, request.body)),
  );
}

function found<T>(value: T | undefined): T {
  if (value === undefined) throw new ApiFailure('not_found');
  return value;
}
