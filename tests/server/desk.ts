/** The small test desk (desk-content.ts) on a real server over real HTTP. */
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { BootstrapLine, FeedPage, PushOperation, PushOutcome, PushResponse, SessionTokens, TicketView } from '#shared/contract/api.ts';
import { buildServer, type GuichetServer } from '../../server/app.ts';
import type { Every } from '../../server/jobs/repeat.ts';
import { readSettings, type ServerSettings } from '../../server/settings.ts';
import { fillDesk, hashedPassword, openInput, operationOf, PASSWORD } from './desk-content.ts';
import { newStorage } from './storage.ts';

export interface Answer<T = unknown> {
  status: number;
  body: T;
  headers: Headers;
}

export interface TestDesk {
  server: GuichetServer;
  settings: ServerSettings;
  url: string;
  /** Any request, JSON or bytes in, JSON out. */
  call<T = unknown>(
    method: string,
    path: string,
    options?: { token?: string; body?: unknown; headers?: Record<string, string> },
  ): Promise<Answer<T>>;
  signIn(login: string): Promise<TestSession>;
  /** The same data with a new server, as after a restart; `meanwhile` happens while there is none. */
  restart(meanwhile?: () => void | Promise<void>): Promise<void>;
  /** The same with a server of another version. */
  replace(protocol: number): Promise<void>;
  close(): Promise<void>;
}
export interface DeskOptions {
  env?: Record<string, string>;
  clock?: () => Date;
  /** What its jobs are repeated by. */
  every?: Every;
  /** Of the API that the server speaks. */
  protocol?: number;
}

/** Starts a server on a free loopback port with data of its own; `close` removes both. */
export async function startDesk(options: DeskOptions = {}): Promise<TestDesk> {
  const storage = await newStorage();
  const { env, ...asServer } = options;
  const settings = readSettings({ PORT: '0', ...storage.env, LOG_LEVEL: 'silent', ALLOW_IMPORT: '1', ...env });
  let speaks = asServer;
  const build = () => buildServer(settings, speaks);
  let server = await build();
  const hash = await hashedPassword();
  await server.database.write((tx) => fillDesk(tx, hash));
  let url = await server.listen();
  const call = callsTo(() => url);
  return {
    get server() {
      return server;
    },
    settings,
    get url() {
      return url;
    },
    call,
    signIn: (login) => signIn(call, login),
    restart: async (meanwhile) => {
      await server.close();
      await meanwhile?.();
      server = await build();
      url = await server.listen();
    },
    replace: async (protocol) => {
      await server.close();
      speaks = { ...speaks, protocol };
      server = await build();
      url = await server.listen();
    },
    close: async () => {
      await server.close();
      await storage.remove();
    },
  };
}

/** Requests to whatever listens there. */
export function callsTo(url: () => string): TestDesk['call'] {
  return async <T>(
    method: string,
    path: string,
    { token, body, headers }: { token?: string; body?: unknown; headers?: Record<string, string> } = {},
  ) => {
    const response = await fetch(url() + path, {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': body instanceof Uint8Array ? 'application/octet-stream' : 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && {
        body: typeof body === 'string' || body instanceof Uint8Array ? (body as BodyInit) : JSON.stringify(body),
      }),
    });
    const text = await response.text();
    const json = response.headers.get('content-type')?.startsWith('application/json') === true;
    return { status: response.status, body: (json ? JSON.parse(text) : text) as T, headers: response.headers };
  };
}

export async function signIn(call: TestDesk['call'], login: string): Promise<TestSession> {
  const { status, body } = await call<Tokens>('POST', '/v1/session', { body: { login, password: PASSWORD, device: 'test' } });
  if (status !== 200) throw new Error(`sign-in of ${login} answered ${status}: ${JSON.stringify(body)}`);
  return new TestSession(call, body);
}

type Tokens = z.infer<typeof SessionTokens>;
type Applied = Extract<PushOutcome, { seq: number }>;

export class TestSession {
  tokens: Tokens;
  readonly #call: TestDesk['call'];
  constructor(call: TestDesk['call'], tokens: Tokens) {
    this.#call = call;
    this.tokens = tokens;
  }
  get id(): string {
    return this.tokens.person.id;
  }
  /** The same session, spoken for to another server. */
  at(call: TestDesk['call']): TestSession {
    return new TestSession(call, this.tokens);
  }
  call<T = unknown>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
    return this.#call<T>(method, path, { token: this.tokens.accessToken, ...(body !== undefined && { body }) });
  }
  /** Exchanges the refresh token, as a console does before its access token ends. */
  async refresh(): Promise<void> {
    const { refreshToken } = this.tokens;
    const { status, body } = await this.#call<Tokens>('POST', '/v1/session/refresh', { body: { refreshToken } });
    if (status !== 200) throw new Error(`refresh answered ${status}`);
    this.tokens = body;
  }
  /** Sends operations as they are; the outcomes in their order. */
  async push(...operations: PushOperation[]): Promise<PushOutcome[]> {
    const { status, body } = await this.call<z.infer<typeof PushResponse>>('POST', '/v1/operations', { operations });
    if (status !== 200) throw new Error(`push answered ${status}: ${JSON.stringify(body)}`);
    return body.outcomes;
  }
  /** One operation; its outcome. */
  async do(name: string, ticketId: string, input: Record<string, unknown> = {}, more: Partial<PushOperation> = {}): Promise<PushOutcome> {
    const [outcome] = await this.push(operationOf(name, ticketId, input, more));
    if (!outcome) throw new Error('no outcome');
    return outcome;
  }
  /** One operation that must apply. */
  async must(name: string, ticketId: string, input: Record<string, unknown> = {}, more: Partial<PushOperation> = {}): Promise<Applied> {
    const outcome = await this.do(name, ticketId, input, more);
    if (outcome.status === 'rejected') throw new Error(`${name} was rejected: ${JSON.stringify(outcome.refusal)}`);
    return outcome;
  }
  /** Opens a ticket of one's own; its id. */
  async open(more: Record<string, unknown> = {}): Promise<string> {
    const ticketId = randomUUID();
    await this.must('open', ticketId, openInput(this.id, more));
    return ticketId;
  }
  async ticket(id: string): Promise<z.infer<typeof TicketView>> {
    const { status, body } = await this.call<z.infer<typeof TicketView>>('GET', `/v1/tickets/${id}`);
    if (status !== 200) throw new Error(`ticket answered ${status}`);
    return body;
  }
  /** A whole bootstrap: its rows and the position to pull from. */
  async bootstrap(): Promise<{
    rows: { table: string; row: { id: string; revision: number } }[];
    position: string;
    total: number;
    pages: number;
  }> {
    const rows: { table: string; row: { id: string; revision: number } }[] = [];
    for (let page: string | null = '', pages = 1; ; pages += 1) {
      const answer: Answer<string> = await this.call('GET', `/v1/bootstrap${page ? `?page=${encodeURIComponent(page)}` : ''}`);
      const { status, body } = answer;
      if (status !== 200) throw new Error(`bootstrap answered ${status}: ${JSON.stringify(body)}`);
      const lines: z.infer<typeof BootstrapLine>[] = body
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
      const end = lines.pop();
      for (const line of lines) {
        if (line.kind === 'row') rows.push({ table: line.table, row: line.row as { id: string; revision: number } });
      }
      if (end?.kind !== 'end') throw new Error('a bootstrap page ends with its end');
      if (end.next === null) return { rows, position: end.position, total: end.total, pages };
      page = end.next;
    }
  }
  pull(cursor: string, limit = 500): Promise<Answer<z.infer<typeof FeedPage>>> {
    return this.call('GET', `/v1/feed?cursor=${encodeURIComponent(cursor)}&limit=${limit}`);
  }
}
