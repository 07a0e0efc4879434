/** The requests that main makes itself: is it a Guichet server, sign in, refresh, sign out. Everything else is core's. */
import type { z } from 'zod';
import { ApiError, Hello, PROTOCOL_HEADER, PROTOCOL_VERSION, SessionTokens } from '#shared/contract/api.ts';
import type { HostFailure, HostResult } from '#shared/contract/host.ts';

const patience = 15_000; // ms
/** Signing out must not hold a person up when the server is gone. */
const revocationPatience = 5_000; // ms

interface Asked {
  method: 'GET' | 'POST' | 'DELETE';
  body?: unknown;
  accessToken?: string;
  patience?: number;
}
type Answered = { ok: true; status: number; body: unknown } | { ok: false; detail: string };

/** Whether a Guichet server answers there. Fails with `unreachable` or `not_guichet`. */
export async function greet(server: string): Promise<HostResult<Hello>> {
  const answer = await ask(server, '/v1/hello', { method: 'GET' });
  if (!answer.ok) return failed({ kind: 'unreachable', detail: answer.detail });
  const hello = Hello.safeParse(answer.body);
  return hello.success ? { ok: true, value: hello.data } : failed({ kind: 'not_guichet' });
}

export async function requestSession(server: string, login: string, password: string, device: string): Promise<HostResult<SessionTokens>> {
  const answer = await ask(server, '/v1/session', { method: 'POST', body: { login, password, device } });
  return tokensFrom(answer);
}

/** `refused`: the server does not know the token any more. Any other failure is temporary. */
export async function exchangeRefreshToken(server: string, refreshToken: string): Promise<SessionTokens | 'refused' | 'later'> {
  const answer = await ask(server, '/v1/session/refresh', { method: 'POST', body: { refreshToken } });
  if (answer.ok && (answer.status === 401 || answer.status === 403)) {
    // Only the server's own word ends a session, never the refusal of a proxy or a captive portal in between.
    return ApiError.safeParse(answer.body).success ? 'refused' : 'later';
  }
  const tokens = tokensFrom(answer);
  return tokens.ok ? tokens.value : 'later';
}

/** True when the server says that the session is over. */
export async function revokeSession(server: string, accessToken: string): Promise<boolean> {
  const answer = await ask(server, '/v1/session', { method: 'DELETE', accessToken, patience: revocationPatience });
  return answer.ok && (answer.status < 300 || answer.status === 401);
}

function tokensFrom(answer: Answered): HostResult<SessionTokens> {
  if (!answer.ok) return failed({ kind: 'unreachable', detail: answer.detail });
  if (answer.status >= 200 && answer.status < 300) {
    const tokens = SessionTokens.safeParse(answer.body);
    return tokens.success ? { ok: true, value: tokens.data } : failed({ kind: 'not_guichet' });
  }
  const error = ApiError.safeParse(answer.body);
  return failed(error.success ? failureOf(error.data) : { kind: 'unreachable', detail: `HTTP ${answer.status}` });
}

function failureOf(error: z.infer<typeof ApiError>): HostFailure {
  switch (error.error) {
    case 'wrong_credentials':
      return { kind: 'wrong_credentials', attemptsLeft: error.attemptsLeft ?? null };
    case 'too_many_attempts':
      return { kind: 'too_many_attempts', retryAfter: error.retryAfter ?? 60 };
    case 'unavailable':
    case 'internal':
      return { kind: 'unreachable', detail: error.message };
    default:
      return { kind: 'other', detail: error.message };
  }
}

async function ask(server: string, path: string, asked: Asked): Promise<Answered> {
  const headers: Record<string, string> = { accept: 'application/json', [PROTOCOL_HEADER]: String(PROTOCOL_VERSION) };
  if (asked.body !== undefined) headers['content-type'] = 'application/json';
  if (asked.accessToken !== undefined) headers.authorization = `Bearer ${asked.accessToken}`;
  try {
    const response = await fetch(server + path, {
      method: asked.method,
      headers,
      body: asked.body === undefined ? null : JSON.stringify(asked.body),
      // A redirect could carry a password or a token to another host.
      redirect: 'error',
      signal: AbortSignal.timeout(asked.patience ?? patience),
    });
    const text = await response.text();
    return { ok: true, status: response.status, body: jsonOf(text) };
  } catch (error) {
    return { ok: false, detail: reasonOf(error) };
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A short word such as ECONNREFUSED; never the request, which holds secrets. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code;
  return error instanceof Error && error.name === 'TimeoutError' ? 'ETIMEDOUT' : 'no answer';
}

function failed(failure: HostFailure): { ok: false; failure: HostFailure } {
  return { ok: false, failure };
}
