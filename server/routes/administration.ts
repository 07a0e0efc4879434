import { CalendarChange, CalendarParams, PolicyChange, ServiceLevels, SiteChange, SiteParams } from '#shared/contract/administration.ts';
import { ApiError } from '#shared/contract/api.ts';
import { Calendar, Policy, Site } from '#shared/domain/model.ts';
import type { Changed } from '../administration/change-measures.ts';
import { readServiceLevels, writeCalendar, writePolicy, writeSite } from '../administration/service-levels.ts';
import { callerOf } from '../http/access.ts';
import { ApiFailure } from '../http/api-failure.ts';
import type { Services } from '../http/services.ts';
import { NoQuery } from '../http/validation.ts';
import type { ZodApp } from '../http/zod-app.ts';

const failures = { '4xx': ApiError, '5xx': ApiError };

export function administrationRoutes(app: ZodApp, services: Services): void {
  app.get(
    '/v1/admin/service-levels',
    {
      config: { access: 'admin' },
      schema: {
        summary: 'Calendars, the sites that use them, and the policy',
        querystring: NoQuery,
        response: { 200: ServiceLevels, ...failures },
      },
    },
    () => readServiceLevels(services),
  );
  app.put(
    '/v1/admin/calendars/:calendarId',
    {
      config: { access: 'admin' },
      schema: {
        summary: 'Write or make a calendar; running tickets are measured anew in the same step',
        params: CalendarParams,
        querystring: NoQuery,
        body: CalendarChange,
        response: { 200: Calendar, ...failures },
      },
    },
    async (request) => rowOf(await writeCalendar(services, callerOf(request).actor.id, request.params.calendarId, request.body)),
  );
  app.put(
    '/v1/admin/sites/:siteId',
    {
      config: { access: 'admin' },
      schema: {
        summary: 'Write the calendar and the closures of a site; running tickets are measured anew in the same step',
        params: SiteParams,
        querystring: NoQuery,
        body: SiteChange,
        response: { 200: Site, ...failures },
      },
    },
    async (request) => rowOf(await writeSite(services, callerOf(request).actor.id, request.params.siteId, request.body)),
  );
  app.put(
    '/v1/admin/policy',
    {
      config: { access: 'admin' },
      schema: {
        summary: 'Write targets and alert rules; running tickets are measured anew in the same step',
        querystring: NoQuery,
        body: PolicyChange,
        response: { 200: Policy, ...failures },
      },
    },
    async (request) => rowOf(await writePolicy(services, callerOf(request).actor.id, request.body)),
  );
}

function rowOf<Row>(changed: Changed<Row>): Row {
  if (changed.ok) return changed.row;
  switch (changed.why.kind) {
    case 'not_found':
    case 'stale':
      throw new ApiFailure(changed.why.kind);
    case 'invalid':
      throw new ApiFailure('invalid_input', { problems: changed.why.problems });
  }
}
