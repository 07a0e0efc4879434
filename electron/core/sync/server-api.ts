/** The server's API as core uses it: axios, the session's token, parsed answers, errors by kind. */
import type { Readable } from 'node:stream';
import axios, { type AxiosResponse } from 'axios';
import type { z } from 'zod';
import {
  FeedPage,
  Hello,
  KnownResponse,
  PROTOCOL_HEADER,
  PROTOCOL_VERSION,
  type PushOperation,
  PushResponse,
} from '#shared/contract/api.ts';
import type { ServerClock } from './server-clock.ts';
import { noAnswer, refusedBy, SyncError } from './sync-error.ts';
import type { TokenSource } from './tokens.ts';

/** Long enough for a slow line, short enough to be told that one is offline. */
const TIMEOUT_MS = 12_000;

interface RequestOptions {
  server: string;
  method: 'GET' | 'POST';
  path: string;
  token?: string;
  body?: unknown;
  signal?: AbortSignal;
}

function isLoopback(server: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(server).hostname);
}

function send(options: RequestOptions & { stream?: boolean }): Promise<AxiosResponse<unknown>> {
  const { server, method, path, token, body, signal, stream } = options;
  return axios.request({
    baseURL: server,
    url: path,
    method,
    data: body,
    ...(signal && { signal }),
    headers: {
      [PROTOCOL_HEADER]: String(PROTOCOL_VERSION),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    // A stream's own timeout would end it after that time; whoever reads it watches over it.
    timeout: stream ? 0 : TIMEOUT_MS,
    responseType: stream ? 'stream' : 'json',
    validateStatus: () => true,
    // A token never follows a redirection to somewhere else.
    maxRedirects: 0,
    maxContentLength: Number.POSITIVE_INFINITY,
    ...(isLoopback(server) && { proxy: false as const }),
  });
}

/** One request; throws a SyncError for anything but 2xx. Also for requests without a session. */
export async function request(options: RequestOptions): Promise<{ data: unknown }> {
  const response = await send(options).catch((error: unknown) => {
    throw noAnswer(error);
  });
  if (response.status >= 200 && response.status < 300) return { data: response.data };
  throw refusedBy(response.status, response.data, response.headers['retry-after']);
}

export class ServerApi {
  readonly server: string;
  #tokens: TokenSource;
  #clock: ServerClock;

  constructor(server: string, tokens: TokenSource, clock: ServerClock) {
    this.server = server;
    this.#tokens = tokens;
    this.#clock = clock;
  }

  /** Whether the server answers, without a session; also a sample of its time. */
  hello(): Promise<z.output<typeof Hello>> {
    return this.#timed(Hello, { server: this.server, method: 'GET', path: '/v1/hello' });
  }

  feed(cursor: string, limit: number): Promise<z.output<typeof FeedPage>> {
    const query = new URLSearchParams({ cursor, limit: String(limit) });
    return this.#timed(FeedPage, { ...this.#authorised(), method: 'GET', path: `/v1/feed?${query}` });
  }

  /** `epoch`: the one that this console knows, null while it knows none. @throws SyncError `resync` where the server has another */
  push(operations: PushOperation[], epoch: string | null): Promise<z.output<typeof PushResponse>> {
    const body = { operations, ...(epoch !== null && { epoch }) };
    return this.#timed(PushResponse, { ...this.#authorised(), method: 'POST', path: '/v1/operations', body });
  }

  /** Of these ids (500 at most), those that the server has no record of. */
  async unknown(ids: readonly string[]): Promise<string[]> {
    const request = { ...this.#authorised(), method: 'POST', path: '/v1/operations/known', body: { ids } } as const;
    return (await this.#timed(KnownResponse, request)).unknown;
  }

  /** A streamed answer; the caller destroys it. `signal` ends also the wait for its first byte. */
  async stream(path: string, signal: AbortSignal): Promise<Readable> {
    const response = await send({ ...this.#authorised(), method: 'GET', path, signal, stream: true }).catch((error: unknown) => {
      throw noAnswer(error);
    });
    const body = response.data as Readable;
    if (response.status === 200) return body;
    throw refusedBy(response.status, await readJson(body), response.headers['retry-after']);
  }

  #authorised(): { server: string; token: string } {
    const token = this.#tokens.current()?.token;
    if (!token) throw new SyncError('unauthorized', 'no access token');
    return { server: this.server, token };
  }

  async #timed<T extends z.ZodType<{ serverTime: string }>>(schema: T, options: RequestOptions): Promise<z.output<T>> {
    const sentAt = performance.now();
    const { data } = await request(options);
    const receivedAt = performance.now();
    const parsed = schema.safeParse(data);
    if (!parsed.success) throw new SyncError('bad_answer', `${options.path}: ${parsed.error.message}`);
    this.#clock.sample(parsed.data.serverTime, sentAt, receivedAt);
    return parsed.data;
  }
}

async function readJson(body: Readable): Promise<unknown> {
  let text = '';
  try {
    for await (const chunk of body) {
      text += String(chunk);
      if (text.length > 100_000) break;
    }
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
