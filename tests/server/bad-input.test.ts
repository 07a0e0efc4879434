import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApiError } from '#shared/contract/api.ts';
import type { RouteInfo } from '../../server/app.ts';
import { startDesk, type TestDesk, type TestSession } from './desk.ts';
import { operationOf, people } from './desk-content.ts';
import { fingerprint } from './fingerprint.ts';
import { mayBeNull, samplesOf } from './request-samples.ts';

let desk: TestDesk;
let amira: TestSession;
let ines: TestSession;
let hugo: TestSession;
let ticketId: string;
let cursor: string;
beforeAll(async () => {
  // Without jobs: nothing is written but by requests.
  desk = await startDesk({ every: () => () => undefined });
  const farid = await desk.signIn('farid');
  ticketId = await farid.open();
  [amira, ines, hugo] = [await desk.signIn('amira'), await desk.signIn('ines'), await desk.signIn('hugo')];
  cursor = (await amira.bootstrap()).position;
  await ines.call('GET', '/v1/me');
  await hugo.call('GET', '/v1/me');
});
afterAll(() => desk.close());

/** Everything that is stored, row by row. */
async function dump(): Promise<string> {
  const { tables, hash } = await fingerprint(desk.server.database);
  expect(tables).toBeGreaterThan(15);
  return hash;
}

const known = { ticketId: () => ticketId, cursor: () => cursor, refreshToken: () => amira.tokens.refreshToken };
const { bodies, queries, badQueries } = samplesOf(known);

const name = (route: RouteInfo) => `${route.method} ${route.url}`;
const path = (route: RouteInfo) =>
  route.url
    .replace(':id', ticketId)
    .replace(':mailId', createHash('sha256').update('no mail').digest('hex'))
    .replace(':calendarId', 'always')
    .replace(':siteId', 'lyon');
const sessions = { session: () => amira, technician: () => amira, admin: () => hugo, importer: () => ines };
const tokenFor = ({ access }: RouteInfo) => (access === 'public' ? {} : { token: sessions[access]().tokens.accessToken });
const apiRoutes = () => desk.server.routes.filter(({ url }) => url.startsWith('/v1/') || url === '/healthz');
/** Its body is JSON. */
const takesBody = (route: RouteInfo) =>
  ['POST', 'PUT'].includes(route.method) && !takesBytes(route) && !/\/(finish|portal\/session\/refresh)$/.test(route.url);
/** Its body is the bytes of a file. */
const takesBytes = (route: RouteInfo) => name(route) === 'PUT /v1/uploads/:id';
/** A right body, where there is one. */
const rightBody = (route: RouteInfo) =>
  takesBytes(route) ? { body: new Uint8Array([1, 2, 3]) } : takesBody(route) ? { body: bodies[name(route)]?.() } : {};

/** A clear refusal: its status, a message, and nothing changed. */
async function refuses(
  status: number,
  error: ApiError['error'],
  send: () => Promise<{ status: number; body: unknown }>,
  what: string,
): Promise<ApiError> {
  const before = await dump();
  const answer = await send();
  expect({ status: answer.status, error: (answer.body as ApiError).error }, what).toEqual({ status, error });
  const { message } = answer.body as ApiError;
  expect(message.length, what).toBeGreaterThan(10);
  expect(message, what).not.toMatch(/\bat \/|\.ts\b|SQLITE|relation|undefined/);
  expect(await dump(), what).toBe(before);
  return answer.body as ApiError;
}

/** Every field of a value with a wrong type in its place; the fields of an operation's own `input` are the operation's to judge. */
function* wrongTypes(value: unknown, at: string[] = []): Generator<{ at: string; value: unknown }> {
  if (at.at(-1) !== 'input' && Array.isArray(value)) {
    for (const wrong of wrongTypes(value[0], [...at, '0'])) yield { at: wrong.at, value: [wrong.value, ...value.slice(1)] };
  } else if (at.at(-1) !== 'input' && typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      for (const wrong of wrongTypes(inner, [...at, key])) yield { at: wrong.at, value: { ...value, [key]: wrong.value } };
    }
    if (at.length > 0) yield { at: [...at, 'unexpected'].join('.'), value: { ...value, unexpected: 1 } };
  }
  if (at.length === 0) return;
  for (const wrong of [null, 17, {}, 'text', [], true]) {
    const same = Array.isArray(wrong) ? Array.isArray(value) : typeof wrong === typeof value && wrong !== null && !Array.isArray(value);
    if (!same) yield { at: at.join('.'), value: wrong };
  }
}

describe('every route', () => {
  test('has a sample here when it takes a body or a query', () => {
    expect(apiRoutes().length).toBeGreaterThan(10);
    expect(apiRoutes().filter(takesBody).map(name).sort()).toEqual(Object.keys(bodies).sort());
  });

  test('refuses whoever shows no session, or not a living one, before it looks at anything else', async () => {
    for (const route of apiRoutes().filter((one) => one.access !== 'public')) {
      for (const headers of [
        {},
        { authorization: 'Bearer ' },
        { authorization: `Bearer ${'x'.repeat(43)}` },
        { authorization: 'Basic YTpi' },
      ]) {
        const body = takesBody(route) ? { body: { nonsense: true }, headers } : { headers };
        await refuses(401, 'unauthorized', () => desk.call(route.method, path(route), body), `${name(route)} ${JSON.stringify(headers)}`);
      }
    }
  });

  test('refuses unknown fields in its query', async () => {
    for (const route of apiRoutes()) {
      const query = [queries[name(route)]?.(), 'unexpected=1'].filter(Boolean).join('&');
      const body = rightBody(route);
      const told = await refuses(
        400,
        'invalid_input',
        () => desk.call(route.method, `${path(route)}?${query}`, { ...tokenFor(route), ...body }),
        name(route),
      );
      expect(
        told.problems?.map((problem) => problem.path),
        name(route),
      ).toEqual(['unexpected']);
    }
  });

  test('refuses wrong values in its query and its path', async () => {
    for (const route of apiRoutes()) {
      for (const query of badQueries[name(route)]?.() ?? []) {
        await refuses(
          400,
          'invalid_input',
          () => desk.call(route.method, `${path(route)}?${query}`, { ...tokenFor(route), ...rightBody(route) }),
          `${name(route)} ${query}`,
        );
      }
      if (!route.url.includes(':id')) continue;
      for (const id of ['1', 'not-a-uuid', '%27%3B--', `${ticketId}0`]) {
        await refuses(
          400,
          'invalid_input',
          () =>
            desk.call(route.method, `${route.url.replace(':id', id)}?${queries[name(route)]?.() ?? ''}`, {
              ...tokenFor(route),
              ...rightBody(route),
            }),
          `${name(route)} ${id}`,
        );
      }
    }
  });

  test('refuses every field of its body with a wrong type, a missing one and an unknown one, and names it', async () => {
    for (const route of apiRoutes().filter(takesBody)) {
      const sample = bodies[name(route)]?.() ?? {};
      const send = (body: unknown) => () => desk.call(route.method, path(route), { ...tokenFor(route), body });
      let tried = 0;
      for (const { at, value } of wrongTypes(sample)) {
        if (mayBeNull.includes(at) && JSON.stringify(value).includes(`"${at.split('.').at(-1)}":null`)) continue;
        const told = await refuses(400, 'invalid_input', send(value), `${name(route)} ${at} = ${JSON.stringify(value)}`);
        expect(
          told.problems?.some((problem) => problem.path.startsWith(at)),
          `${name(route)} ${at}: ${JSON.stringify(told.problems)}`,
        ).toBe(true);
        tried += 1;
      }
      expect(tried).toBeGreaterThan(3);
      for (const key of Object.keys(sample).filter((one) => one !== 'skipTouched')) {
        const { [key]: _left, ...rest } = sample;
        const told = await refuses(400, 'invalid_input', send(rest), `${name(route)} without ${key}`);
        expect(told.problems?.map((problem) => problem.path)).toEqual([key]);
      }
      const told = await refuses(400, 'invalid_input', send({ ...sample, unexpected: 1 }), `${name(route)} unexpected`);
      expect(told.problems?.map((problem) => problem.path)).toEqual(['unexpected']);
    }
  });

  test('refuses bodies that are no JSON objects', async () => {
    for (const route of apiRoutes().filter(takesBody)) {
      for (const body of [
        '',
        '{',
        'null',
        '[]',
        '"text"',
        '5',
        '{"__proto__":{"admin":true}}',
        '{"constructor":{"prototype":{"admin":true}}}',
      ]) {
        const send = () =>
          desk.call(route.method, path(route), { ...tokenFor(route), body, headers: { 'content-type': 'application/json' } });
        await refuses(400, 'invalid_input', send, `${name(route)} ${body}`);
      }
      for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/xml']) {
        const send = () => desk.call(route.method, path(route), { ...tokenFor(route), body: 'a=b', headers: { 'content-type': type } });
        await refuses(400, 'invalid_input', send, `${name(route)} ${type}`);
      }
    }
  });

  test('that takes the bytes of a file refuses anything else', async () => {
    for (const route of apiRoutes().filter(takesBytes)) {
      const address = `${path(route)}?${queries[name(route)]?.()}`;
      for (const type of ['application/json', 'text/plain', 'multipart/form-data; boundary=x']) {
        const told = await refuses(
          400,
          'invalid_input',
          () => desk.call(route.method, address, { ...tokenFor(route), body: '{}', headers: { 'content-type': type } }),
          `${name(route)} ${type}`,
        );
        expect(told.message).toContain('application/octet-stream');
      }
      await refuses(
        400,
        'invalid_input',
        () => desk.call(route.method, address, { ...tokenFor(route), body: new Uint8Array() }),
        'no bytes',
      );
      await refuses(400, 'invalid_input', () => desk.call(route.method, address, tokenFor(route)), 'no body');
    }
  });

  test('refuses an oversized body, and says how much it takes', async () => {
    for (const route of apiRoutes().filter((one) => takesBody(one) || takesBytes(one))) {
      const told = await refuses(413, 'too_large', () => announceBody(route), name(route));
      expect(told.message).toContain(String(route.bodyLimit / 1024));
    }
  });

  test('that takes no body refuses one', async () => {
    for (const route of apiRoutes().filter((one) => one.method !== 'GET' && !takesBody(one) && !takesBytes(one))) {
      await refuses(
        400,
        'invalid_input',
        () => desk.call(route.method, path(route), { ...tokenFor(route), body: { extra: 1 } }),
        name(route),
      );
    }
  });
});

/** Says that a body one byte too long will come; the server answers without waiting for it. */
function announceBody(route: RouteInfo): Promise<{ status: number; body: unknown }> {
  return new Promise((done, fail) => {
    const { token } = tokenFor(route) as { token?: string };
    const sent = request(desk.url + path(route), {
      method: route.method,
      headers: {
        'content-type': takesBytes(route) ? 'application/octet-stream' : 'application/json',
        'content-length': route.bodyLimit + 1,
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
    });
    sent.on('error', fail);
    sent.on('response', async (response) => {
      let text = '';
      for await (const chunk of response) text += chunk;
      done({ status: response.statusCode ?? 0, body: JSON.parse(text) });
      sent.destroy();
    });
    sent.flushHeaders();
  });
}

describe('rights', () => {
  test('what is an administrator’s, an importer’s or a technician’s is nobody else’s', async () => {
    const guarded = apiRoutes().filter((route) => route.access !== 'public' && route.access !== 'session');
    expect(guarded.map(name).filter((one) => one.includes('/v1/admin/') || one.includes('/v1/import'))).toHaveLength(5);
    expect(apiRoutes().filter((route) => route.url.startsWith('/v1/admin/') && route.access !== 'admin')).toEqual([]);
    const quarantine = guarded.filter(({ access }) => access === 'technician').map(name);
    expect(quarantine).toEqual(['GET /v1/quarantine', 'GET /v1/quarantine/:mailId', 'POST /v1/quarantine/:mailId']);
    const technicians = ['amira', 'bruno', 'chloe', 'david', 'emma', 'leo'];
    const roles: Record<string, RouteInfo['access']> = {
      hugo: 'admin',
      ines: 'importer',
      ...Object.fromEntries(technicians.map((login) => [login, 'technician'])),
    };
    for (const login of Object.keys(people)) {
      const { tokens } = await desk.signIn(login);
      const token = tokens.accessToken;
      await desk.call('GET', '/v1/me', { token });
      for (const route of guarded.filter(({ access }) => access !== roles[login])) {
        const send = () => desk.call(route.method, path(route), { token, ...rightBody(route) });
        await refuses(403, 'forbidden', send, `${name(route)} for ${login}`);
      }
    }
  });

  test('import is for importers, and only where it is switched on', async () => {
    const body = bodies['POST /v1/import']?.();
    const closed = await startDesk({ env: { ALLOW_IMPORT: '0' } });
    try {
      const importer = await closed.signIn('ines');
      expect(await importer.call('POST', '/v1/import', body)).toMatchObject({ status: 404, body: { error: 'not_found' } });
    } finally {
      await closed.close();
    }
  });

  test('an input that is nested without end is refused, and nothing of the request is done', async () => {
    const [good, deep] = ['a', 'b'].map((text) => operationOf('note', ticketId, { text, visibility: 'public' }));
    for (const levels of [17, 5_000, 100_000]) {
      const nested = `${'['.repeat(levels)}${']'.repeat(levels)}`;
      const body = JSON.stringify({ operations: [good, deep] }).replace('"text":"b"', `"text":${nested}`);
      const { problems } = await refuses(
        400,
        'invalid_input',
        () => desk.call('POST', '/v1/operations', { token: amira.tokens.accessToken, body }),
        `${levels} levels`,
      );
      expect(problems?.map((problem) => problem.path)).toEqual(['operations.1.input']);
    }
  });

  test.each(['/v1/tickets/%ff', `/v1/tickets/${'a'.repeat(5_000)}`, '/%c0%ae%c0%ae/'])(
    'an address that no route is looked up for is told like any other: %s',
    async (address) => {
      const answer = await amira.call<ApiError>('GET', address);
      expect({ status: answer.status, body: answer.body }).toEqual({
        status: 404,
        body: { error: 'not_found', message: 'There is no such address on this server.' },
      });
    },
  );

  test('an address that does not exist is told in the language asked for', async () => {
    const french = await desk.call<ApiError>('GET', '/v2/nothing', { headers: { 'accept-language': 'fr' } });
    expect(french).toMatchObject({ status: 404, body: { error: 'not_found', message: 'Cette adresse n’existe pas sur ce serveur.' } });
  });

  test('a console of another protocol is told to update, and may still push', async () => {
    const headers = { 'guichet-protocol': '0' };
    const token = amira.tokens.accessToken;
    expect(await desk.call('GET', '/v1/bootstrap', { token, headers })).toMatchObject({ status: 426, body: { error: 'console_too_old' } });
    const pushed = await desk.call('POST', '/v1/operations', { token, headers, body: bodies['POST /v1/operations']?.() });
    expect(pushed).toMatchObject({ status: 200, body: { outcomes: [{ status: 'applied' }] } });
  });

  test('the API describes itself', async () => {
    const { status, body } = await desk.call<{ paths: Record<string, unknown> }>('GET', '/docs/json');
    expect(status).toBe(200);
    const described = Object.keys(body.paths).map((one) => one.replace(/\{(\w+)\}/, ':$1'));
    expect(described.sort()).toEqual([...new Set(apiRoutes().map((route) => route.url))].sort());
    expect((await desk.call('GET', '/docs')).status).toBe(200);
  });
});
