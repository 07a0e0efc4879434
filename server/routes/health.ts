import { z } from 'zod';
import { ApiError } from '#shared/contract/api.ts';
import { readPosition } from '../db/database.ts';
import type { Services } from '../http/services.ts';
import { NoQuery } from '../http/validation.ts';
import type { ZodApp } from '../http/zod-app.ts';

export function healthRoutes(app: ZodApp, services: Services): void {
  app.get(
    '/healthz',
    {
      config: { access: 'public' },
      logLevel: 'warn',
      schema: {
        summary: 'Whether the server answers and reads its database',
        querystring: NoQuery,
        response: { 200: z.strictObject({ status: z.literal('ok') }), '4xx': ApiError, '5xx': ApiError },
      },
    },
    async () => {
      await services.database.read(readPosition);
      return { status: 'ok' as const };
    },
  );
}
