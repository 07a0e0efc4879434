/** One request and its answer, over HTTP. */
import type { Readable } from 'node:stream';
import axios from 'axios';
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '#shared/contract/api.ts';
import { noAnswer } from './sync-error.ts';

/** Long enough for a slow line, short enough to be told that one is offline. */
export const TIMEOUT_MS = 12_000;
/** For a piece of a file, which a slow line takes its time for. */
const PIECE_TIMEOUT_MS = 120_000;

export interface WireRequest {
  server: string;
  method: 'GET' | 'POST' | 'PUT';
  path: string;
  token?: string;
  /** JSON, or the bytes of a file. */
  body?: unknown;
  signal?: AbortSignal;
}
/** Any status. */
export interface WireAnswer<T> {
  status: number;
  data: T;
  /** The header, in seconds or as a date. */
  retryAfter: unknown;
}
export interface Transport {
  /** The answer is JSON; within 12 s, for bytes within two minutes. @throws SyncError `no_answer` */
  ask(request: WireRequest): Promise<WireAnswer<unknown>>;
  /** The caller destroys the body. `signal` ends also the wait for its first byte. @throws SyncError `no_answer` */
  stream(request: WireRequest): Promise<WireAnswer<Readable>>;
}

function isLoopback(server: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(server).hostname);
}

async function send<T>(options: WireRequest & { responseType: 'json' | 'stream'; timeout: number }): Promise<WireAnswer<T>> {
  const { server, method, path, token, body, signal, responseType, timeout } = options;
  try {
    const { status, data, headers } = await axios.request<T>({
      baseURL: server,
      url: path,
      method,
      data: body instanceof Uint8Array ? Buffer.from(body.buffer, body.byteOffset, body.length) : body,
      ...(signal && { signal }),
      headers: {
        [PROTOCOL_HEADER]: String(PROTOCOL_VERSION),
        ...(body instanceof Uint8Array && { 'content-type': 'application/octet-stream' }),
        // A POST without a body would be called a form.
        ...(body === undefined && { 'content-type': false as const }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      timeout,
      responseType,
      validateStatus: () => true,
      // A token never follows a redirection to somewhere else.
      maxRedirects: 0,
      maxContentLength: Number.POSITIVE_INFINITY,
      ...(isLoopback(server) && { proxy: false as const }),
    });
    return { status, data, retryAfter: headers['retry-after'] };
  } catch (error) {
    throw noAnswer(error);
  }
}

export const overHttp: Transport = {
  ask: (request) => send({ ...request, responseType: 'json', timeout: request.body instanceof Uint8Array ? PIECE_TIMEOUT_MS : TIMEOUT_MS }),
  // A stream's own timeout would end it after that time; whoever reads it watches over it.
  stream: (request) => send({ ...request, responseType: 'stream', timeout: 0 }),
};
