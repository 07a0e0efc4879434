/** A small test desk on a real server over real HTTP: three teams, technicians, leads, requesters, an admin, an importer. */
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { BootstrapLine, FeedPage, PushOperation, PushOutcome, PushResponse, SessionTokens, TicketView } from '#shared/contract/api.ts';
import type { Membership } from '#shared/domain/model.ts';
import { buildServer, type GuichetServer } from '../../server/app.ts';
import { hashPassword } from '../../server/auth/password.ts';
import type { WriteTx } from '../../server/db/database.ts';
import {
  putCalendar,
  putCategory,
  putClosingCode,
  putCredential,
  putMembership,
  putPerson,
  putPolicy,
  putRoute,
  putService,
  putSite,
  putTeam,
} from '../../server/db/directory.ts';
import { readSettings, type ServerSettings } from '../../server/settings.ts';
import { newStorage } from './storage.ts';

export const PASSWORD = 'correct horse battery';
let passwordHash: Promise<string> | undefined;
/** Made once a test file: it takes its time. */
export function hashedPassword(): Promise<string> {
  passwordHash ??= hashPassword(PASSWORD);
  return passwordHash;
}

type Roles = readonly (readonly [Membership['role'], string | null])[];
/** login → roles. Amira and Bruno share the pool of "network"; David and Emma are "workplace"; Farid and Gina only ask. */
export const people: Record<string, { name: string; language: 'fr' | 'en'; roles: Roles }> = {
  amira: { name: 'Amira Benali', language: 'fr', roles: [['technician', 'network']] },
  bruno: { name: 'Bruno Keller', language: 'fr', roles: [['technician', 'network']] },
  chloe: { name: 'Chloé Martin', language: 'fr', roles: [['lead', 'network']] },
  david: { name: 'David Owen', language: 'en', roles: [['technician', 'workplace']] },
  emma: { name: 'Emma Laurent', language: 'fr', roles: [['lead', 'workplace']] },
  leo: { name: 'Léo Petit', language: 'fr', roles: [['technician', 'dispatch']] },
  farid: { name: 'Farid Saïdi', language: 'fr', roles: [] },
  gina: { name: 'Gina Roberts', language: 'en', roles: [] },
  hugo: { name: 'Hugo Admin', language: 'fr', roles: [['admin', null]] },
  ines: { name: 'Inès Import', language: 'fr', roles: [['importer', null]] },
};

/** Opens around the clock, so that no test depends on the hour it runs at. */
const allDay: [[string, string]] = [['00:00', '24:00']];

/** The desk's directory and its accounts, all with the password whose hash is given. */
export async function fillDesk(tx: WriteTx, hash: string): Promise<void> {
  await putService(tx, { id: 'service', name: 'MyService', defaultCountry: 'FR' });
  for (const [id, fr, en] of [
    ['dispatch', 'Aiguillage', 'Dispatch'],
    ['network', 'Réseau', 'Network'],
    ['workplace', 'Poste de travail', 'Workplace'],
  ] as const)
    await putTeam(tx, { id, names: { fr, en } });
  const hours = { mon: allDay, tue: allDay, wed: allDay, thu: allDay, fri: allDay, sat: allDay, sun: allDay };
  await putCalendar(tx, {
    id: 'always',
    name: 'Always',
    schedule: { timeZone: 'Europe/Paris', hours, holidays: [] },
    isDefault: true,
  });
  await putSite(tx, { id: 'lyon', name: 'Lyon', calendarId: null });
  await putSite(tx, { id: 'nantes', name: 'Nantes', calendarId: 'always' });
  await putCategory(tx, { id: 'wifi', names: { fr: 'Wi-Fi', en: 'Wi-Fi' } });
  await putCategory(tx, { id: 'laptop', names: { fr: 'Portable', en: 'Laptop' } });
  await putCategory(tx, { id: 'other', names: { fr: 'Autre', en: 'Other' } });
  await putClosingCode(tx, { id: 'solved', names: { fr: 'Résolu', en: 'Solved' } });
  await putRoute(tx, { id: 'route-1', position: 1, categoryId: 'wifi', siteId: null, teamId: 'network' });
  await putRoute(tx, { id: 'route-2', position: 2, categoryId: 'laptop', siteId: null, teamId: 'workplace' });
  const targets = { takeCharge: 30, contact: 60, resolution: 480 };
  const byUrgency = { low: targets, medium: targets, high: targets };
  await putPolicy(tx, { id: 'policy', targets: { incident: byUrgency, request: byUrgency } });
  for (const [id, { name, language, roles }] of Object.entries(people)) {
    await putPerson(tx, {
      id,
      name,
      email: `${id}@example.org`,
      phone: { typed: '01 99 00 12 34', e164: '+33199001234' },
      siteId: 'lyon',
      place: 'B 12',
      language,
      active: true,
    });
    for (const [role, teamId] of roles) await putMembership(tx, { id: `${id}-${role}-${teamId ?? 'all'}`, personId: id, teamId, role });
    await putCredential(tx, { personId: id, login: id, passwordHash: hash });
  }
}

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

/** An operation as a console makes it. */
export function operationOf(
  name: string,
  ticketId: string,
  input: Record<string, unknown> = {},
  more: Partial<PushOperation> = {},
): PushOperation {
  const now = new Date().toISOString();
  return { id: randomUUID(), name, ticketId, input, madeAt: now, occurredAt: now, offline: false, after: [], ...more };
}

/** What `open` needs; "wifi" goes to the team network, "laptop" to workplace, "other" to dispatch. */
export function openInput(personId: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    kind: 'incident',
    title: 'No network on the second floor',
    description: 'Since this morning.',
    requesterId: personId,
    beneficiaryId: personId,
    phone: '01 99 00 12 34',
    place: 'B 12',
    siteId: 'lyon',
    categoryId: 'wifi',
    importance: 'team',
    relevance: 'hindered',
    duringCall: false,
    channel: 'portal',
    ...more,
  };
}

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
