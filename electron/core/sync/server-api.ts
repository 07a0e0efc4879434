/** The server's API as core uses it: the session's token, parsed answers, errors by kind. */
import type { Readable } from 'node:stream';
import type { z } from 'zod';
import {
  FeedPage,
  Hello,
  KnownResponse,
  PresenceAnswer,
  type PushOperation,
  PushResponse,
  type UploadRequest,
  UploadState,
} from '#shared/contract/api.ts';
import { type QuarantineAction, QuarantineAnswer, QuarantineList, QuarantineView } from '#shared/contract/quarantine.ts';
import { type Machine, thisMachine } from '../machine.ts';
import type { ServerClock } from './server-clock.ts';
import { refusedBy, SyncError } from './sync-error.ts';
import type { TokenSource } from './tokens.ts';
import type { Transport, WireRequest } from './transport.ts';

/** One request; throws a SyncError for anything but 2xx. Also for requests without a session. */
export async function request(transport: Transport, options: WireRequest): Promise<{ data: unknown }> {
  const { status, data, retryAfter } = await transport.ask(options);
  if (status >= 200 && status < 300) return { data };
  throw refusedBy(status, data, retryAfter);
}

export class ServerApi {
  readonly server: string;
  #tokens: TokenSource;
  #clock: ServerClock;
  #machine: Machine;

  constructor(server: string, tokens: TokenSource, clock: ServerClock, machine = thisMachine) {
    this.server = server;
    this.#tokens = tokens;
    this.#clock = clock;
    this.#machine = machine;
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

  /** Says that this console is here, on this ticket, and asks who else is. */
  presence({ ticket, call }: { ticket: string | null; call: boolean }): Promise<z.output<typeof PresenceAnswer>> {
    const query = new URLSearchParams({ ...(ticket !== null && { ticket }), ...(call && { call: '1' }) });
    return this.#timed(PresenceAnswer, { ...this.#authorised(), method: 'GET', path: `/v1/presence?${query}` });
  }

  /** Mails that wait for somebody to deal with them. */
  waitingMails(): Promise<QuarantineList> {
    return this.#timed(QuarantineList, { ...this.#authorised(), method: 'GET', path: '/v1/quarantine' });
  }
  waitingMail(id: string): Promise<QuarantineView> {
    return this.#asked(QuarantineView, { ...this.#authorised(), method: 'GET', path: `/v1/quarantine/${id}` });
  }
  handleMail(id: string, action: QuarantineAction): Promise<QuarantineAnswer> {
    return this.#asked(QuarantineAnswer, { ...this.#authorised(), method: 'POST', path: `/v1/quarantine/${id}`, body: action });
  }

  /** Announces a file, or asks how far it is. */
  announceUpload(upload: z.output<typeof UploadRequest>, signal: AbortSignal): Promise<UploadState> {
    return this.#timed(UploadState, { ...this.#authorised(), method: 'POST', path: '/v1/uploads', body: upload, signal });
  }
  /** The bytes from `offset` on; answered once they are on the server's disk. */
  sendPiece(id: string, offset: number, bytes: Uint8Array, signal: AbortSignal): Promise<UploadState> {
    const path = `/v1/uploads/${id}?offset=${offset}`;
    return this.#timed(UploadState, { ...this.#authorised(), method: 'PUT', path, body: bytes, signal });
  }
  finishUpload(id: string, signal: AbortSignal): Promise<UploadState> {
    return this.#timed(UploadState, { ...this.#authorised(), method: 'POST', path: `/v1/uploads/${id}/finish`, signal });
  }

  /** A streamed answer; the caller destroys it. `signal` ends also the wait for its first byte. */
  async stream(path: string, signal: AbortSignal): Promise<Readable> {
    const { status, data, retryAfter } = await this.#machine.transport.stream({ ...this.#authorised(), method: 'GET', path, signal });
    if (status === 200) return data;
    throw refusedBy(status, await readJson(data), retryAfter);
  }

  #authorised(): { server: string; token: string } {
    const token = this.#tokens.current()?.token;
    if (!token) throw new SyncError('unauthorized', 'no access token');
    return { server: this.server, token };
  }

  async #timed<T extends z.ZodType<{ serverTime: string }>>(schema: T, options: WireRequest): Promise<z.output<T>> {
    const sentAt = this.#machine.monotonic();
    const answer = await this.#asked(schema, options);
    this.#clock.sample(answer.serverTime, sentAt, this.#machine.monotonic());
    return answer;
  }

  async #asked<T extends z.ZodType>(schema: T, options: WireRequest): Promise<z.output<T>> {
    const { data } = await request(this.#machine.transport, options);
    const parsed = schema.safeParse(data);
    if (!parsed.success) throw new SyncError('bad_answer', `${options.path}: ${parsed.error.message}`);
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
