/** A small real server that hands out sessions, so that what main does with tokens can be seen from outside. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Seen {
  method: string;
  path: string;
  body: unknown;
  authorization: string | undefined;
}
export interface TokenServer {
  url: string;
  seen: Seen[];
  /** Answers to the next exchanges in place of the usual one. */
  refusals: { status: number; body: string }[];
  /** Awaited before an exchange is answered. */
  hold: Promise<void>;
  /** Called when an exchange has been answered with this successor, before the answer leaves. */
  onSuccessor: (refreshToken: string) => void;
  close(): Promise<void>;
}

const json = { 'content-type': 'application/json' };

export async function startTokenServer(): Promise<TokenServer> {
  let next = 1;
  const server = createServer((request, response) => {
    void (async () => {
      const text = await read(request);
      const path = request.url ?? '';
      desk.seen.push({ method: request.method ?? '', path, body: text && JSON.parse(text), authorization: request.headers.authorization });
      if (path === '/v1/hello') {
        response
          .writeHead(200, json)
          .end(JSON.stringify({ service: 'Test desk', serverVersion: '1', protocols: [1], serverTime: instant(0) }));
      } else if (request.method === 'DELETE') {
        response.writeHead(204).end();
      } else if (path === '/v1/session' && JSON.parse(text).password !== 'right') {
        response.writeHead(401, json).end(JSON.stringify({ error: 'wrong_credentials', message: 'no', attemptsLeft: 4 }));
      } else {
        if (path === '/v1/session/refresh') await desk.hold;
        const refusal = path === '/v1/session/refresh' ? desk.refusals.shift() : undefined;
        if (refusal) {
          response.writeHead(refusal.status, json).end(refusal.body);
          return;
        }
        const number = next++;
        desk.onSuccessor(`refresh-${number}`);
        response.writeHead(200, json).end(JSON.stringify(tokens(number)));
      }
    })();
  });
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
  const desk: TokenServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen: [],
    refusals: [],
    hold: Promise.resolve(),
    onSuccessor: () => undefined,
    close: () =>
      new Promise((settle) => {
        server.closeAllConnections();
        server.close(() => settle());
      }),
  };
  return desk;
}

function tokens(number: number) {
  return {
    accessToken: `access-${number}`,
    accessExpiresAt: instant(600_000),
    refreshToken: `refresh-${number}`,
    person: {
      id: 'p1',
      name: 'Amira Benali',
      email: null,
      phone: null,
      siteId: null,
      place: '',
      language: 'fr',
      active: true,
      revision: 1,
    },
    memberships: [],
    serverTime: instant(0),
  };
}

/** `fromNow` in ms. */
function instant(fromNow: number): string {
  return new Date(Date.now() + fromNow).toISOString();
}

async function read(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request) text += part;
  return text;
}
