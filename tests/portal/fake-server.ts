/** Answers as the server would, by method and path; writes down what it was asked. */
import type { ApiError, PushOperation } from '#shared/contract/api.ts';
import type { PortalDesk, PortalSession } from '#shared/contract/portal.ts';
import type { Line } from '../../portal/api/http.ts';

export interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  body: unknown;
  headers: Headers;
}
/** 'cut': the line breaks before an answer comes. */
type Reply = { status: number; body?: unknown } | 'cut';
type Route = (asked: Asked) => Reply | Promise<Reply>;

export const fine = (body: unknown): Reply => ({ status: 200, body });
export const refused = (status: number, error: ApiError['error'], more: Partial<ApiError> = {}): Reply => ({
  status,
  body: { error, message: `server says ${error}`, ...more },
});

export class FakeServer {
  readonly asked: Asked[] = [];
  readonly routes: Record<string, Route>;

  constructor(routes: Record<string, Route> = {}) {
    this.routes = routes;
  }

  readonly fetch: typeof fetch = async (input, init = {}) => {
    const url = new URL(String(input), 'https://desk.example');
    const method = init.method ?? 'GET';
    const body = typeof init.body === 'string' ? JSON.parse(init.body) : init.body;
    const asked = { method, path: url.pathname, query: url.searchParams, body, headers: new Headers(init.headers) };
    this.asked.push(asked);
    const route =
      this.routes[`${method} ${url.pathname}`] ?? this.routes[`${method} ${url.pathname.replace(/\/[\w-]{36}(?=\/|$)/, '/:id')}`];
    const reply = route ? await route(asked) : refused(404, 'not_found');
    if (reply === 'cut') throw new TypeError('Failed to fetch');
    return new Response(reply.body === undefined ? null : JSON.stringify(reply.body), { status: reply.status });
  };

  get line(): Line {
    return { fetch: this.fetch, language: () => 'fr' };
  }
  bodies(key: string): unknown[] {
    return this.asked.filter(({ method, path }) => `${method} ${path}` === key).map(({ body }) => body);
  }
}

export const NOW = '2026-05-04T12:00:00.000Z';
/** Whatever was pushed is done. */
export function applied(body: unknown) {
  const { operations } = body as { operations: PushOperation[] };
  return fine({ outcomes: operations.map(({ id }) => ({ id, status: 'applied', seq: 1, revision: 1 })), serverTime: NOW });
}
export function sessionOf(id: string, token: string): PortalSession {
  return {
    accessToken: token,
    accessExpiresAt: '2026-05-04T12:10:00.000Z',
    person: { id, name: id === 'antoine' ? 'Antoine Besson' : id, language: 'fr' },
    serverTime: NOW,
  };
}

export const desk: PortalDesk = {
  service: 'MyService',
  person: {
    id: 'antoine',
    name: 'Antoine Besson',
    language: 'fr',
    phone: { typed: '04 65 71 12 09', e164: '+33465711209' },
    siteId: 'lyon',
    place: 'B 215',
  },
  sites: [
    { id: 'lyon', name: 'Lyon-Gerland' },
    { id: 'nice', name: 'Nice-Arénas' },
  ],
  categories: [
    { id: 'reseau', names: { fr: 'Réseau', en: 'Network' } },
    { id: 'poste', names: { fr: 'Poste de travail', en: 'Workplace' } },
  ],
  defaultCountry: 'FR',
  maxFileBytes: 5 * 1024 * 1024,
};
