/** One request: sent, and its answer read by a schema. */
import type { z } from 'zod';
import { ApiError, PROTOCOL_HEADER, PROTOCOL_VERSION } from '#shared/contract/api.ts';
import type { Language } from '#shared/domain/model.ts';
import { type Answer, done, failed } from './answer.ts';

export interface Request {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  /** Sent as JSON; bytes as they are. */
  body?: unknown;
  headers?: Record<string, string>;
}

export interface Line {
  fetch: typeof fetch;
  /** In which the server words its errors. */
  language(): Language;
}

/** The answer's body by its schema; null for one that has none. */
export async function ask<S extends z.ZodType>(line: Line, schema: S, request: Request): Promise<Answer<z.output<S>>> {
  const response = await send(line, request);
  if (!response.ok) return response;
  const body = response.value.status === 204 ? null : await readJson(response.value);
  const parsed = schema.safeParse(body);
  return parsed.success ? done(parsed.data) : failed({ kind: 'unreadable' });
}

/** A response that says yes. */
export async function send(line: Line, { method = 'GET', path, body, headers = {} }: Request): Promise<Answer<Response>> {
  const isBytes = body instanceof Uint8Array || body instanceof Blob;
  const type = body === undefined ? {} : { 'content-type': isBytes ? 'application/octet-stream' : 'application/json' };
  let response: Response;
  try {
    response = await line.fetch(path, {
      method,
      headers: { 'accept-language': line.language(), [PROTOCOL_HEADER]: String(PROTOCOL_VERSION), ...type, ...headers },
      ...(body === undefined ? {} : { body: isBytes ? (body as BodyInit) : JSON.stringify(body) }),
      credentials: 'same-origin',
      cache: 'no-store',
    });
  } catch {
    return failed({ kind: 'unreachable' });
  }
  if (response.ok) return done(response);
  const error = ApiError.safeParse(await readJson(response));
  if (error.success) return failed({ kind: 'refused', error: error.data });
  // A proxy before the server speaks for itself while the server is away.
  return failed(response.status >= 500 ? { kind: 'unreachable' } : { kind: 'unreadable' });
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}
