import { afterAll, beforeAll, expect, test } from 'vitest';
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '#shared/contract/api.ts';
import { startDesk, type TestDesk, type TestSession } from './desk.ts';
import { operationOf } from './desk-content.ts';

let desk: TestDesk;
let amira: TestSession;
/** A server two versions on: it serves 3 and 2. */
beforeAll(async () => {
  desk = await startDesk({ protocol: 3 });
  amira = await desk.signIn('amira');
});
afterAll(() => desk.close());

const ask = (method: string, path: string, protocol: string, body?: unknown) =>
  desk.call<{ error?: string; message?: string }>(method, path, {
    token: amira.tokens.accessToken,
    headers: { [PROTOCOL_HEADER]: protocol, 'accept-language': 'fr' },
    ...(body !== undefined && { body }),
  });

test('a server says which versions it speaks: its own and the one before', async () => {
  expect((await desk.call('GET', '/v1/hello')).body).toMatchObject({ protocols: [2, 3] });
  const first = await startDesk();
  expect((await first.call('GET', '/v1/hello')).body).toMatchObject({
    protocols: [PROTOCOL_VERSION - 1, PROTOCOL_VERSION].filter((one) => one > 0),
  });
  await first.close();
});

test.each(['2', '3'])('a console of version %s is served', async (protocol) => {
  for (const path of ['/v1/bootstrap', '/v1/me', '/v1/hash', '/v1/presence'])
    expect((await ask('GET', path, protocol)).status, path).toBe(200);
});

test.each(['1', '0', '4', '-1', 'two', ''])(
  'one of version "%s" is told to update, and may still push and ask what is known',
  async (protocol) => {
    for (const path of ['/v1/bootstrap', '/v1/feed?cursor=a:1:b', '/v1/events', '/v1/me', '/v1/hash', '/v1/presence'])
      expect(await ask('GET', path, protocol), path).toMatchObject({
        status: 426,
        body: { error: 'console_too_old', message: 'Cette console est trop ancienne : mettez-la à jour.' },
      });
    const farid = await desk.signIn('farid');
    const id = await farid.open();
    const operation = operationOf('claim', id);
    expect(await ask('POST', '/v1/operations', protocol, { operations: [operation] })).toMatchObject({
      status: 200,
      body: { outcomes: [{ status: 'applied' }] },
    });
    expect(await ask('POST', '/v1/operations/known', protocol, { ids: [operation.id] })).toMatchObject({
      status: 200,
      body: { unknown: [] },
    });
  },
);
