import { ApiError, ImportRequest, ImportResponse } from '#shared/contract/api.ts';
import { callerOf } from '../http/access.ts';
import type { Services } from '../http/services.ts';
import { NoQuery } from '../http/validation.ts';
import type { ZodApp } from '../http/zod-app.ts';
import { importOperations } from '../operations/import.ts';

const IMPORT_BODY = 16 * 1024 * 1024;

export function importRoutes(app: ZodApp, services: Services): void {
  app.post(
    '/v1/import',
    {
      config: { access: 'importer' },
      bodyLimit: IMPORT_BODY,
      schema: {
        summary: 'Run operations at given instants for given people (only where the server allows it)',
        querystring: NoQuery,
        body: ImportRequest,
        response: { 200: ImportResponse, '4xx': ApiError, '5xx': ApiError },
      },
    },
    async (request) => {
      const { actor } = callerOf(request);
      return { outcomes: await importOperations(services, actor.id, request.body.operations, request.body.skipTouched) };
    },
  );
}
